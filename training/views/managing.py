from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import role_required
from training.actions import approve_booking, decline_booking, offer_dates
from training.decision_forms import APPROVE, DECLINE, ApproveForm, DeclineForm
from training.exceptions import AnotherDateNeeded, BelowSafeCover, DatesNotOffered, DecidedAlready
from training.queries import (
    bookings_near,
    cover_for,
    cover_of_teams_led,
    dates_offered_lately,
    dates_to_suggest,
    five_days,
    number_of_dates_to_offer,
    people_managed_by,
    team_standing,
    waiting_for,
)
from training.queries.team import COVER_SHOWN
from training.rules import can_decide_booking, can_see_offer
from training.states import BookingState
from training.views.access import staff_only

NOT_YOURS = "This is not yours to decide now. The person has another manager, or theirs is at work."
OFFER_OVER = "This offer has ended."
FORMS = ("approve_form", "decline_form")


@staff_only
def waiting_for_me(request):
    """List everything that waits for the person as a manager."""
    waiting = waiting_for(request.user, timezone.now())
    return render(request, "training/waiting_for_me.html", {"waiting": waiting})


@staff_only
def booking_decide(request, pk):
    """Show one booking that waits, with the cover beside it, and decide it when told to."""
    now = timezone.now()
    booking = get_object_or_404(bookings_near(request.user), pk=pk)
    nothing = why_not_to_decide(request.user, booking, now)
    if nothing:
        messages.warning(request, nothing)
        return redirect("training:waiting-for-me")
    page = cover_beside(booking) | {
        "promise": five_days(booking.person, booking.session.starts_on),
    }
    if booking.state != BookingState.OFFERED:
        page |= decision_forms(request, booking, page["is_short"], now)
    form = next((page[name] for name in FORMS if name in page and page[name].is_bound), None)
    if form and form.is_valid() and decide(request, booking, form):
        return redirect("training:waiting-for-me")
    context = {"booking": booking, "form": form, **page}
    return render(request, "training/booking_decide.html", context)


def cover_beside(booking):
    """Return who of the person's team is at work in each half day of the session if they go."""
    cover = cover_for(booking.person, [booking.session])
    half_days = cover.during(booking.session, booking.person) if cover else []
    return {
        "cover": cover,
        "half_days": half_days,
        "is_short": any(row.falls_short for row in half_days),
    }


def why_not_to_decide(user, booking, at):
    """Return in words why there is nothing for the manager to see or decide now, or nothing."""
    over = booking.answer_by is None or booking.answer_by <= at
    if booking.state == BookingState.OFFERED:
        seen = can_see_offer(user, booking, timezone.localdate(at))
        return OFFER_OVER if over else ("" if seen else NOT_YOURS)
    if over or booking.state not in {BookingState.HELD, BookingState.BOOKED}:
        return str(DecidedAlready(booking))
    return "" if can_decide_booking(user, booking, at) else NOT_YOURS


def decision_forms(request, booking, is_short, at):
    """Return the forms of the page by name; the one that was sent has what was sent."""
    sent = {request.POST.get("decision"): request.POST} if request.method == "POST" else {}
    objects = booking.state == BookingState.BOOKED
    dates = dates_to_suggest(booking, at)
    forms = {"decline_form": DeclineForm(sent.get(DECLINE), dates=dates, objects=objects)}
    if not objects:
        forms["approve_form"] = ApproveForm(sent.get(APPROVE), is_short=is_short)
    return forms


def decide(request, booking, form):
    """Carry out what the form says, and say whether the booking is settled by it or by somebody else."""
    act = approve if isinstance(form, ApproveForm) else decline
    try:
        messages.success(request, act(booking, form, request.user))
    except (AnotherDateNeeded, BelowSafeCover) as refusal:
        messages.warning(request, str(refusal))
        return False
    except DecidedAlready as refusal:
        messages.warning(request, str(refusal))
    except PermissionDenied:
        messages.warning(request, NOT_YOURS)
    return True


def approve(booking, form, user):
    why = form.cleaned_data.get("cover_reason", "")
    approve_booking(booking=booking, by=user, cover_reason=why)
    return f"Approved. We have written to {booking.person.full_name}."


def decline(booking, form, user):
    why = form.cleaned_data["reason"]
    decline_booking(booking=booking, by=user, reason=why, suggested_session=form.suggested)
    return f"Declined. We have told {booking.person.full_name} why."


@role_required("line_manager")
def team(request):
    """List the people a manager has: the five days of each, where they stand, and the team's cover."""
    now, today = timezone.now(), timezone.localdate()
    rows = team_standing(request.user, today)
    context = {
        "today": today,
        "rows": with_dates(rows, now),
        "teams": [
            (cover.team, cover.days(today, today + COVER_SHOWN))
            for cover in cover_of_teams_led(request.user, today)
        ],
    }
    return render(request, "training/team.html", context)


def with_dates(rows, at):
    """Return each row with the day on which dates were sent lately, else how many would be sent now."""
    offered = dates_offered_lately([row.member.user for row in rows], at)
    days = {key: timezone.localdate(moment) for key, moment in offered.items()}
    short = [row for row in rows if row.promise.left and row.member.user_id not in days]
    numbers = number_of_dates_to_offer({row.member.user: row.promise for row in short}, at)
    keys = [row.member.user_id for row in rows]
    return [(row, days.get(key), numbers.get(key)) for row, key in zip(rows, keys, strict=True)]


@role_required("line_manager")
def team_offer_dates(request, pk):
    """Send a member of the team dates that suit them."""
    if request.method != "POST":  # After signing in, the browser comes back without the form.
        return redirect("training:team")
    member = get_object_or_404(people_managed_by(request.user, timezone.localdate()), pk=pk)
    try:
        sessions = offer_dates(person=member.user, by=request.user)
    except DatesNotOffered as refusal:
        messages.warning(request, str(refusal))
    else:
        number = f"{len(sessions)} date{'' if len(sessions) == 1 else 's'}"
        messages.success(request, f"We have sent {member.user.full_name} {number}.")
    return redirect("training:team")
