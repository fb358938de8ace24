"""Deciding about an outside course in the admin: two answers on one page, and the words of both kept."""

from django.contrib import messages
from django.utils import timezone

from training.actions import approve_outside_course, decline_outside_course
from training.admin.acting import REFUSALS
from training.exceptions import AskingRefused, BelowSafeCover
from training.forms import ApproveOutsideForm, DeclineAskedForm
from training.models import AllowancePolicy, BudgetLine
from training.queries import cover_for
from training.states import OutsideState

REFUSED = (*REFUSALS, AskingRefused, BelowSafeCover)
APPROVE, DECLINE = "approve", "decline"


def answer_forms(outside, sent):
    """Return the form that approves and the one that declines: the one that was pressed is bound.

    Both stand in one form of the page, so the other begins with what was typed into it.
    """
    answer = sent.get("decision")
    lines = BudgetLine.objects.with_committed().of_years(timezone.localdate(), outside.starts_on)
    policy = AllowancePolicy.objects.in_force(outside.starts_on)
    counts = policy is not None and policy.outside_courses_count
    typed = {**sent.dict(), "counts": "counts" in sent} if sent else {}
    approve = ApproveOutsideForm(
        sent if answer == APPROVE else None,
        lines=lines,
        is_free=not outside.cost_pence,
        initial=typed or {"counts": counts},
    )
    return approve, DeclineAskedForm(sent if answer == DECLINE else None, initial=typed)


def carry_out(request, outside, approve, decline):
    """Carry out the answer that was sent, if one was; say whether the page is done with."""
    form = approve if approve.is_bound else decline
    if not form.is_valid():
        return False
    act = approve_outside_course if form is approve else decline_outside_course
    try:
        decided = act(outside=outside, by=request.user, **form.cleaned_data)
    except REFUSED as refusal:
        messages.warning(request, str(refusal))
        outside.refresh_from_db()  # Somebody may have decided meanwhile.
        return False
    words = f"{outside.title}: {decided.get_state_display().lower()}. All three are told by e-mail."
    messages.success(request, words)
    return True


def why_not_now(user, outside):
    """Return why a user cannot decide now, with the decision that stands where there is one."""
    if outside.state == OutsideState.ASKED:
        return "It is not your turn yet: the manager has not decided."
    if outside.state == OutsideState.WITH_WORKFORCE:
        return "This is about you, so somebody else decides."
    by = outside.workforce_by or outside.manager_by
    at = outside.workforce_at or outside.manager_at
    state = outside.get_state_display().lower()
    if outside.state in {OutsideState.WITHDRAWN, OutsideState.LAPSED} or not (by and at):
        stands = f"There is nothing to decide any more: {state}."
    else:
        when = timezone.localtime(at)
        who = "You" if by == user else by.full_name
        stands = f"This is decided: {state}. {who} decided on {when:%-d %B %Y} at {when:%H:%M}."
    return f"{stands} The reason given: {outside.end_reason}" if outside.end_reason else stands


def half_days_short(outside):
    """Return the half days in which the team would have too few people without the person."""
    cover = cover_for(outside.person, [outside])
    return cover.short_without(outside.person, outside) if cover else []
