from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from training.actions import decline_nomination, enrol_nomination, withdraw_nomination
from training.admin.acting import REFUSALS, CallsActions, ReasonForm
from training.admin.deciding import DecidesTogether
from training.models import Nomination
from training.rules import can_decide_nomination

TOLD = "the person, the manager and the mailbox are told"


class EnrolForm(forms.Form):
    """Sending it is the answer. The reason is asked for below safe cover, and kept."""

    past_the_order = forms.CharField(
        label="Reason to go past the waiting list, if you must",
        help_text="Leave it empty and the person waits where the session is full.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    cover_reason = forms.CharField(
        label="Reason to go below safe cover, where the team would",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label="Reason they are told",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Give the reason that people are told."},
    )


@admin.register(Nomination)
class NominationAdmin(DecidesTogether, CallsActions, admin.ModelAdmin):
    """Nominations to decide: enrolling for a session books a place or a wait, as on the site."""

    action_form = ReasonForm
    list_display = ["nominee", "what_for", "nominated_by", "rank", "state", "made_at"]
    list_filter = ["state", "made_at", ("intake", admin.RelatedOnlyFieldListFilter)]
    list_select_related = [
        "nominee",
        "nominated_by",
        "session__course",
        "intake__version",
    ]
    search_fields = ["nominee__full_name", "nominee__email", "nominated_by__full_name"]
    actions = ["enrol_selected", "decline_selected", "withdraw_selected"]
    change_list_template = "training/admin/nomination_list.html"
    change_form_template = "training/admin/nomination_change.html"

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
            nominations.in_rank_order(),
            lambda row: enrol_nomination(nomination=row, by=request.user),
            f"enrolled or on the waiting list; {TOLD}",
        )

    @admin.action(description="Decline the selected nominations", permissions=["decide"])
    def decline_selected(self, request, nominations):
        reason = self.reason_given(request)
        if reason:
            self.for_each(
                request,
                nominations,
                lambda row: decline_nomination(nomination=row, by=request.user, reason=reason),
                f"declined; {TOLD}",
            )

    @admin.action(description="Take the selected nominations back", permissions=["decide"])
    def withdraw_selected(self, request, nominations):
        self.for_each(
            request,
            nominations,
            lambda row: withdraw_nomination(nomination=row, by=request.user),
            f"taken back; {TOLD}",
        )

    def changelist_view(self, request, extra_context=None):
        extra = {"can_decide_together": self.has_decide_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **extra})

    def get_urls(self):
        together = self.admin_site.admin_view(self.decide_together_view)
        pages = [("enrol", self.enrol_view), ("decline", self.decline_view)]
        return (
            [
                path("decide/", together, name="training_nomination_decide"),
            ]
            + [
                path(
                    f"<int:pk>/{word}/",
                    self.admin_site.admin_view(view),
                    name=f"training_nomination_{word}",
                )
                for word, view in pages
            ]
            + super().get_urls()
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        nomination = self.get_object(request, object_id)
        can_decide = nomination is not None and can_decide_nomination(request.user, nomination)
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "can_decide": can_decide}
        )

    def enrol_view(self, request, pk):
        return self._decide_view(request, pk, "Enrol", EnrolForm, enrol_nomination)

    def decline_view(self, request, pk):
        return self._decide_view(request, pk, "Decline", DeclineForm, decline_nomination)

    def _decide_view(self, request, pk, word, form_class, action):
        """One page: what is decided about whom, and for a refusal why."""
        if not self.has_decide_permission(request):
            raise PermissionDenied
        nomination = get_object_or_404(Nomination.objects.with_targets(), pk=pk)
        form = form_class(request.POST if request.method == "POST" else None)
        if nomination.intake_id:  # Only a session has a list to go past, and asks for cover.
            form.fields = {name: form.fields[name] for name in {"reason"} & form.fields.keys()}
        if form.is_valid():
            self._decide(request, nomination, action, form.cleaned_data)
            return redirect("admin:training_nomination_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{word} {nomination}",
            "opts": self.opts,
            "original": nomination,
            "can_decide": can_decide_nomination(request.user, nomination),
            "word": word,
            "form": form,
        }
        return render(request, "training/admin/nomination_decide.html", context)

    def _decide(self, request, nomination, action, answers):
        try:
            decided = action(nomination=nomination, by=request.user, **answers)
        except REFUSALS as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
        else:
            words = f"{nomination}: {decided.get_state_display().lower()}; {TOLD}."
            self.message_user(request, words, messages.SUCCESS)
