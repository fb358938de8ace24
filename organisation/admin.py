from django import forms
from django.contrib import admin

from organisation.actions import add_staff_member, change_staff_member
from organisation.actions.staff import ManagerCycle, refuse_manager_cycle
from organisation.models import (
    District,
    Grade,
    GradeRange,
    Outcode,
    PathwayStep,
    Place,
    Post,
    Role,
    StaffMember,
    Team,
    TeamFacts,
)


@admin.register(District)
class DistrictAdmin(admin.ModelAdmin):
    list_display = ["name", "area", "code"]
    prepopulated_fields = {"slug": ["name"]}


class TeamFactsInline(admin.StackedInline):
    """What adverts of the team tell about working in it."""

    model = TeamFacts
    raw_id_fields = ["owner"]
    extra = 0


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    inlines = [TeamFactsInline]
    list_display = ["name", "kind", "district", "manager", "covering_team"]
    list_filter = ["kind", "district"]
    list_select_related = ["district", "manager__user", "covering_team"]
    search_fields = ["name"]
    raw_id_fields = ["manager"]
    prepopulated_fields = {"slug": ["name"]}


class GradeRangeInline(admin.TabularInline):
    model = GradeRange
    extra = 0


@admin.register(Grade)
class GradeAdmin(admin.ModelAdmin):
    list_display = ["letter"]
    inlines = [GradeRangeInline]


class PathwayStepInline(admin.TabularInline):
    model = PathwayStep
    fk_name = "from_role"
    extra = 0


@admin.register(Role)
class RoleAdmin(admin.ModelAdmin):
    list_display = ["name", "family", "grade", "needs_registration"]
    list_filter = ["family", "needs_registration"]
    list_select_related = ["grade"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [PathwayStepInline]


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    list_display = [
        "number",
        "role",
        "team",
        "hub",
        "holder",
        "funding_ends_on",
        "made_permanent_on",
    ]
    list_filter = [
        "team__district",
        ("funding_ends_on", admin.EmptyFieldListFilter),
        ("holder", admin.EmptyFieldListFilter),
        ("hub", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["role", "team", "hub", "holder__user"]
    search_fields = ["number", "role__name", "team__name"]
    raw_id_fields = ["holder"]


class StaffMemberForm(forms.ModelForm):
    class Meta:
        model = StaffMember
        fields = [
            "user",
            "employee_number",
            "role",
            "team",
            "line_manager",
            "weekly_hours",
            "started_on",
            "left_on",
            "registration_number",
        ]

    def clean_line_manager(self):
        manager = self.cleaned_data["line_manager"]
        try:
            refuse_manager_cycle(self.instance if self.instance.pk else None, manager)
        except ManagerCycle as error:
            raise forms.ValidationError(str(error)) from error
        return manager


@admin.register(StaffMember)
class StaffMemberAdmin(admin.ModelAdmin):
    form = StaffMemberForm
    list_display = [
        "user",
        "employee_number",
        "role",
        "team",
        "line_manager",
        "left_on",
    ]
    list_filter = ["team__district", "role__family"]
    list_select_related = ["user", "role", "team", "line_manager__user"]
    search_fields = ["user__full_name", "user__email", "employee_number"]
    raw_id_fields = ["user", "line_manager"]

    def has_delete_permission(self, request, obj=None):
        return False  # Leavers get a last day; what they did stays.

    def save_model(self, request, member, form, change):
        fields = {name: form.cleaned_data[name] for name in form.cleaned_data}
        if change:
            changes = {name: fields[name] for name in form.changed_data}
            if changes:
                change_staff_member(member=member, by=request.user, **changes)
        else:
            member.pk = add_staff_member(by=request.user, **fields).pk


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    list_display = ["name", "district"]
    search_fields = ["name"]


@admin.register(Outcode)
class OutcodeAdmin(admin.ModelAdmin):
    list_display = ["code", "name"]
    search_fields = ["code", "name"]
