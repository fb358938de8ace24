from django.contrib import admin
from django.utils import timezone

from organisation.models import (
    CoverMinimum,
    District,
    Grade,
    GradeRange,
    Outcode,
    PathwayStep,
    Place,
    Post,
    Role,
    Team,
    TeamFacts,
)
from organisation.queries import teams_whose_manager_left


@admin.register(District)
class DistrictAdmin(admin.ModelAdmin):
    list_display = ["name", "area", "code"]
    prepopulated_fields = {"slug": ["name"]}


class TeamFactsInline(admin.StackedInline):
    """What adverts of the team tell about working in it."""

    model = TeamFacts
    raw_id_fields = ["owner"]
    extra = 0


class CoverMinimumInline(admin.StackedInline):
    """How many qualified people the team needs at work in each half day."""

    model = CoverMinimum
    extra = 0


class TeamNeedsFilter(admin.SimpleListFilter):
    title = "what it needs"
    parameter_name = "needs"

    def lookups(self, request, model_admin):
        return [("manager", "A manager who works here")]

    def queryset(self, request, teams):
        if self.value() == "manager":
            return teams.filter(pk__in=teams_whose_manager_left(timezone.localdate()))
        return teams


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    inlines = [CoverMinimumInline, TeamFactsInline]
    list_display = ["name", "kind", "district", "manager", "covering_team"]
    list_filter = ["kind", "district", TeamNeedsFilter]
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


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    list_display = ["name", "district"]
    search_fields = ["name"]


@admin.register(Outcode)
class OutcodeAdmin(admin.ModelAdmin):
    list_display = ["code", "name"]
    search_fields = ["code", "name"]
