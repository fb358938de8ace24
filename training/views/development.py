from django.shortcuts import redirect, render
from django.utils import timezone

from training.models import Booking, CourseInterest, Nomination
from training.queries import (
    bookings_to_evaluate,
    bookings_to_sign_in_to,
    cpd_year,
    elsewhere_of,
    five_days,
    intakes_to_join,
    mandatory_with_expiry,
    suggestions_for,
    tell_where_they_stand,
    tell_who_has_signed_in,
)
from training.views.access import who_books_only
from training.views.bookings import ended_lately


@who_books_only
def my_development(request):
    """Show a member of staff where they stand. Who returns to social work goes on to the courses."""
    if not request.user.has_role("staff"):
        return redirect("training:course-list")
    person, now, today = request.user, timezone.now(), timezone.localdate()
    mandatory = mandatory_with_expiry(person.staff_member, now)
    elsewhere, bookings = elsewhere_of(person, now), _bookings_ahead(person, now)
    context = {
        "five_days": five_days(person, today),
        **bookings,
        "next": _in_order(bookings["coming"], elsewhere.coming),
        "ended": ended_lately(person, now),
        "elsewhere": elsewhere,
        "nominations": Nomination.objects.awaiting_decision().filter(nominee=person).with_targets(),
        "interests": CourseInterest.objects.untold().filter(person=person).select_related("course"),
        **_at_and_after(person, now, today),
        "mandatory": mandatory,
        "suggestions": suggestions_for(person.staff_member, now, mandatory),
        "intakes": list(intakes_to_join(today, role=person.staff_member.role_id)),
    }
    return render(request, "training/my_development.html", context)


def _bookings_ahead(person, now):
    """What is next, and what waits for whom: for the person, for the manager, for a free place."""
    mine = Booking.objects.current().filter(person=person, session__starts_at__gt=now)
    ahead = tell_where_they_stand(mine.select_related("session__course"), now)
    return {
        "coming": [row for row in ahead if row.is_booked],
        "to_answer": [row for row in ahead if row.is_offered or row.swap_in],
        "held": [row for row in ahead if row.is_held],
        "asked": [row for row in ahead if row.is_requested],
        "waiting": [row for row in ahead if row.is_waiting and not row.swap_in],
    }


def _in_order(bookings, outside):
    """What is next as (booking, None) and (None, outside course), the soonest first."""
    rows = [(row.session.starts_at, row, None) for row in bookings]
    rows += [(row.starts_at, None, row) for row in outside]
    return [pair for _, *pair in sorted(rows, key=lambda row: row[0])]


def _at_and_after(person, now, today):
    """What can be signed in to now, what to say about what was attended, and CPD while it is due.

    The countdown is for who needs registration, from the first day of the regulator's window to its last.
    """
    year = None
    if person.staff_member.role.needs_registration:
        year = cpd_year(person, today)
    return {
        "on_now": tell_who_has_signed_in(bookings_to_sign_in_to(person, now), now),
        "to_evaluate": list(bookings_to_evaluate(now).filter(person=person)),
        "cpd": year if year and year.is_window else None,
        "runs_sessions": person.sessions_led.exists(),
    }
