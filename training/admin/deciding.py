"""Nominations for one thing decided together: everybody in rank order on one page."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from design_system.numbers import whole_number
from training.actions import decline_nomination, enrol_nomination
from training.admin.acting import REFUSALS
from training.models import Intake, Session
from training.queries import five_days_of, nominations_by_target
from training.rules import can_decide_nomination

ENROL, PAST_THE_ORDER, DECLINE = "enrol", "past", "decline"
LINES = forms.Textarea(attrs={"rows": 2, "cols": 40})


class DecisionForm(forms.Form):
    """What becomes of one nomination. Nothing chosen leaves it for later."""

    decision = forms.ChoiceField(
        label="Decision",
        required=False,
        choices=[
            ("", "Leave it for now"),
            (ENROL, "Enrol, or put on the waiting list when it is full"),
            (PAST_THE_ORDER, "Enrol past the waiting list, with a reason that is kept"),
            (DECLINE, "Decline, with a reason that they are told"),
        ],
    )
    reason = forms.CharField(label="Reason", required=False, max_length=500, widget=LINES)
    cover_reason = forms.CharField(
        label="Reason to go below safe cover, where the team would",
        required=False,
        max_length=500,
        widget=LINES,
    )

    def __init__(self, *args, nomination, **kwargs):
        super().__init__(*args, prefix=f"n{nomination.pk}", **kwargs)
        self.nomination = nomination
        if nomination.intake_id:  # An intake has no list to go past, and asks nothing of the cover.
            choices = self.fields["decision"].choices
            self.fields["decision"].choices = [row for row in choices if row[0] != PAST_THE_ORDER]
            del self.fields["cover_reason"]

    def clean(self):
        given = super().clean()
        needs_reason = given.get("decision") in {PAST_THE_ORDER, DECLINE}
        if needs_reason and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Give the reason.")
        return given

    def act(self, by):
        """Do what was decided. Returns whether anything was."""
        given = self.cleaned_data
        row, decision, reason = self.nomination, given["decision"], given["reason"]
        if decision == DECLINE:
            decline_nomination(nomination=row, by=by, reason=reason)
        elif decision:
            enrol_nomination(
                nomination=row,
                by=by,
                cover_reason=given.get("cover_reason", ""),
                past_the_order=reason if decision == PAST_THE_ORDER else "",
            )
        return bool(decision)


class DecidesTogether:
    """The pages of the admin on which officers decide all nominations for one thing."""

    def decide_together_view(self, request):
        if not self.has_decide_permission(request):
            raise PermissionDenied
        target = _target(request.GET)
        if target is None:
            return self._targets(request)
        rows = _rows(target, request.user)
        forms_by_rank = [row.form(request) for row in rows if row.may_decide]
        if request.method == "POST" and all(form.is_valid() for form in forms_by_rank):
            self._say_who_is_gone(request, forms_by_rank)
            if self._act(request, forms_by_rank):
                return redirect(request.get_full_path())
            rows = [row for row in rows if not getattr(row, "is_done", False)]
        return self._page(request, "Decide nominations", target=target, rows=rows)

    def _targets(self, request):
        targets = nominations_by_target()
        return self._page(request, "Decide nominations together", targets=targets)

    def _page(self, request, title, **facts):
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return render(request, "training/admin/nominations_decide.html", context | facts)

    def _act(self, request, forms_by_rank):
        """Decide each in rank order, in a transaction of its own. Returns whether none was refused."""
        done, refused = 0, 0
        for form in forms_by_rank:
            try:
                decided = form.act(request.user)
            except REFUSALS as refusal:
                form.add_error(None, str(refusal))
                refused += 1
            else:
                form.row.is_done = decided
                done += decided
        if done:
            words = f"{done} decided. The person, the manager and the mailbox are told."
            self.message_user(request, words, messages.SUCCESS)
        if refused:
            words = f"{refused} could not be decided. The reason is beside each."
            self.message_user(request, words, messages.WARNING)
        return not refused

    def _say_who_is_gone(self, request, forms_by_rank):
        """Say it when somebody was marked here whom somebody else has decided meanwhile."""
        shown = {f"{form.prefix}-decision" for form in forms_by_rank}
        marked = {key for key, value in request.POST.items() if key.endswith("-decision") and value}
        if marked - shown:
            words = "Somebody else has decided one of these meanwhile. Nothing changed for it."
            self.message_user(request, words, messages.WARNING)


class Row:
    """A nomination on the page, with the person's five days and, unless it is about the officer, a form."""

    def __init__(self, nomination, promise, officer):
        self.nomination = nomination
        self.promise = promise
        self.may_decide = can_decide_nomination(officer, nomination)

    def form(self, request):
        data = request.POST if request.method == "POST" else None
        self.decision = DecisionForm(data, nomination=self.nomination)
        self.decision.row = self
        return self.decision


def _target(query):
    for name, rows in (
        ("session", Session.objects.select_related("course").with_places()),
        ("intake", Intake.objects.select_related("version")),
    ):
        if name in query:
            return get_object_or_404(rows, pk=whole_number(query[name]))
    return None


def _rows(target, officer):
    awaiting = target.nominations.awaiting_decision().with_targets().in_rank_order()
    nominations = list(awaiting)
    people = [row.nominee for row in nominations]
    on = target.starts_on if isinstance(target, Session) else timezone.localdate()
    promises = five_days_of(people, on) if people else {}
    return [Row(row, promises.get(row.nominee_id), officer) for row in nominations]
