from django import forms
from django.contrib import admin
from django.utils import timezone

from organisation.actions import add_staff_member, change_staff_member
from organisation.actions.staff import ManagerCycle, refuse_manager_cycle
from organisation.admin.working_time import (
    DONE_WITH,
    AbsenceInline,
    OpeningBalanceInline,
    WorkingPatternInline,
)
from organisation.models import StaffMember
from organisation.queries import staff_whose_manager_left


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


class NeedsFilter(admin.SimpleListFilter):
    title = "what they need"
    parameter_name = "needs"

    def lookups(self, request, model_admin):
        return [("manager", "A manager who works here")]

    def queryset(self, request, staff):
        if self.value() == "manager":
            return staff.filter(pk__in=staff_whose_manager_left(timezone.localdate()))
        return staff


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
    list_filter = ["team__district", "role__family", NeedsFilter]
    inlines = [WorkingPatternInline, AbsenceInline, OpeningBalanceInline]
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

    def save_formset(self, request, form, formset, change):
        """Keep each pattern, absence and balance through its action, and so in the audit."""
        formset.save(commit=False)
        keep, remove = DONE_WITH[formset.model]
        for row in formset.deleted_objects:
            remove(row, request.user)
        for row in [*formset.new_objects, *(row for row, _ in formset.changed_objects)]:
            keep(row, request.user)
