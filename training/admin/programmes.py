from django.contrib import admin
from django.db.models import Count, F, Q

from training.models import Intake, ProgrammePhase, ProgrammeVersion
from training.states import NominationState


class ProgrammePhaseInline(admin.TabularInline):
    model = ProgrammePhase
    extra = 0


@admin.register(ProgrammeVersion)
class ProgrammeVersionAdmin(admin.ModelAdmin):
    list_display = ["name", "scheme", "length_months", "starts_on", "ends_on"]
    list_filter = ["scheme"]
    inlines = [ProgrammePhaseInline]


@admin.register(Intake)
class IntakeAdmin(admin.ModelAdmin):
    list_display = ["version", "starts_on", "closes_on", "places", "left"]
    list_filter = ["version__scheme", "starts_on"]
    list_select_related = ["version"]

    def get_queryset(self, request):
        enrolled = Count("nominations", filter=Q(nominations__state=NominationState.ENROLLED))
        return super().get_queryset(request).annotate(places_left=F("places") - enrolled)

    @admin.display(description="places left")
    def left(self, intake):
        return intake.places_left
