from django.contrib import admin

from training.actions import decline_nomination, enrol_nomination
from training.admin.acting import CallsActions, ReasonForm
from training.models import Nomination


@admin.register(Nomination)
class NominationAdmin(CallsActions, admin.ModelAdmin):
    """Nominations to decide: enrolling for a session books a place, as on the site."""

    action_form = ReasonForm
    list_display = ["nominee", "what_for", "nominated_by", "state", "made_at"]
    list_filter = ["state", "made_at", ("intake", admin.RelatedOnlyFieldListFilter)]
    list_select_related = [
        "nominee",
        "nominated_by",
        "session__course",
        "intake__version",
    ]
    search_fields = ["nominee__full_name", "nominee__email", "nominated_by__full_name"]
    actions = ["enrol_selected", "decline_selected"]

    @admin.display(description="for")
    def what_for(self, nomination):
        return str(nomination.target)

    def has_add_permission(self, request):
        return False  # Managers nominate on the site.

    def has_change_permission(self, request, obj=None):
        return False

    def has_decide_permission(self, request):
        return request.user.has_perm("training.decide_nomination")

    @admin.action(description="Enrol the selected nominations", permissions=["decide"])
    def enrol_selected(self, request, nominations):
        self.for_each(
            request,
            nominations,
            lambda row: enrol_nomination(nomination=row, by=request.user),
            "enrolled; the person, the manager and the mailbox are told",
        )

    @admin.action(description="Decline the selected nominations", permissions=["decide"])
    def decline_selected(self, request, nominations):
        reason = self.reason_given(request)
        if reason:
            self.for_each(
                request,
                nominations,
                lambda row: decline_nomination(nomination=row, by=request.user, reason=reason),
                "declined; the person, the manager and the mailbox are told",
            )
