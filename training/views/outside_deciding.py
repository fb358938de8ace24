"""What managers decide about outside courses and about what was attended elsewhere, on the page it opens."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from training.actions import (
    confirm_attended,
    decline_attended,
    decline_outside_course,
    pass_on_outside_course,
    question_attended,
)
from training.decision_forms import APPROVE, ApproveForm
from training.exceptions import (
    AskedAndDecided,
    AskingRefused,
    AttendedRefused,
    BelowSafeCover,
)
from training.forms import ConfirmForm, DeclineAskedForm, QuestionForm
from training.forms.outside_deciding import CONFIRM, DECLINE, QUESTION
from training.queries import attended_near, cover_for, five_days, outside_near, recorded_between
from training.rules import can_confirm_attended, can_decide_outside
from training.states import AttendedState, OutsideState
from training.views.access import staff_only
from training.views.managing import NOT_YOURS

TOLD = "We have written to {name}."


@staff_only
def outside_decide(request, pk):
    """Show an outside course that waits for a manager, with the cover beside it, and decide when told to."""
    outside = get_object_or_404(outside_near(request.user), pk=pk)
    nothing = _why_not_outside(request.user, outside)
    if nothing:
        messages.warning(request, nothing)
        return redirect("training:waiting-for-me")
    page = _cover_beside(outside)
    sent = _sent(request)
    forms = {
        "approve_form": ApproveForm(sent.get(APPROVE), is_short=page["is_short"]),
        "decline_form": DeclineAskedForm(sent.get(DECLINE)),
    }
    if _decide_outside(request, outside, forms):
        return redirect("training:waiting-for-me")
    promise = five_days(outside.person, outside.starts_on)
    context = {"outside": outside, "promise": promise, "form": _bound(forms), **forms, **page}
    return render(request, "training/outside_decide.html", context)


@staff_only
def attended_decide(request, pk):
    """Show what somebody has attended elsewhere, and confirm it, ask about it or decline it when told to."""
    attended = get_object_or_404(attended_near(request.user), pk=pk)
    nothing = _why_not_attended(request.user, attended)
    if nothing:
        messages.warning(request, nothing)
        return redirect("training:waiting-for-me")
    sent = _sent(request)
    forms = {
        "confirm_form": ConfirmForm(sent.get(CONFIRM)),
        "question_form": QuestionForm(sent.get(QUESTION)),
        "decline_form": DeclineAskedForm(sent.get(DECLINE), words="Do not confirm"),
    }
    if _decide_attended(request, attended, forms):
        return redirect("training:waiting-for-me")
    context = {"attended": attended, "form": _bound(forms), **forms, **_beside(attended)}
    return render(request, "training/attended_decide.html", context)


def _beside(attended):
    """What else the person has in those days, and where they stand in that year."""
    last = attended.by_day[-1][0]
    return {
        "recorded": recorded_between(attended.person, attended.on, last, but=attended),
        "promise": five_days(attended.person, attended.on),
    }


def _sent(request):
    return {request.POST.get("decision"): request.POST} if request.method == "POST" else {}


def _bound(forms):
    return next((form for form in forms.values() if form.is_bound), None)


def _cover_beside(outside):
    cover = cover_for(outside.person, [outside])
    half_days = cover.during(outside, outside.person) if cover else []
    return {
        "cover": cover,
        "half_days": half_days,
        "is_short": any(row.falls_short for row in half_days),
    }


def _why_not_outside(user, outside):
    """Return in words why there is nothing for the manager to decide now, or nothing."""
    now = timezone.now()
    if outside.state != OutsideState.ASKED or outside.has_started(now):
        return str(AskedAndDecided(outside))
    return "" if can_decide_outside(user, outside, now) else NOT_YOURS


def _why_not_attended(user, attended):
    if attended.state != AttendedState.ASKED:
        return str(AskedAndDecided(attended))
    return "" if can_confirm_attended(user, attended, timezone.now()) else NOT_YOURS


def _decide_outside(request, outside, forms):
    """Carry out what was sent, if anything; say whether the page is done with."""
    form = _bound(forms)
    if form is None or not form.is_valid():
        return False
    if form is forms["approve_form"]:
        why = form.cleaned_data.get("cover_reason", "")
        words = "You said yes. Workforce development decides next."
        return _carry_out(
            request, words, lambda: _pass_on(outside, request.user, why), outside.person
        )
    reason = form.cleaned_data["reason"]
    return _carry_out(
        request,
        "Declined.",
        lambda: decline_outside_course(outside=outside, by=request.user, reason=reason),
        outside.person,
    )


def _pass_on(outside, user, why):
    pass_on_outside_course(outside=outside, by=user, cover_reason=why)


def _decide_attended(request, attended, forms):
    form = _bound(forms)
    if form is None or not form.is_valid():
        return False
    act, words, given = {
        forms["confirm_form"]: (confirm_attended, "Confirmed.", {}),
        forms["question_form"]: (question_attended, "Asked.", form.cleaned_data),
        forms["decline_form"]: (decline_attended, "Not confirmed.", form.cleaned_data),
    }[form]
    return _carry_out(
        request,
        words,
        lambda: act(attended=attended, by=request.user, **given),
        attended.person,
    )


def _carry_out(request, words, act, person):
    """Do it and say so, or why not; say whether the row is settled by it or by somebody else."""
    try:
        act()
    except (BelowSafeCover, AttendedRefused) as refusal:
        messages.warning(request, str(refusal))
        return False
    except AskingRefused as refusal:
        messages.warning(request, str(refusal))
    except PermissionDenied:
        messages.warning(request, NOT_YOURS)
    else:
        messages.success(request, f"{words} {TOLD.format(name=person.full_name)}")
    return True
