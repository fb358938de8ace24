from django.shortcuts import render
from django.utils import timezone

from training.models import Booking, CourseInterest, Nomination
from training.queries import (
    bookings_to_evaluate,
    cpd_year,
    elsewhere_of,
    five_days,
    intakes_to_join,
    mandatory_with_expiry,
    sessions_to_sign_in_to,
    suggestions_for,
    tell_where_they_stand,
)
from training.views.access import staff_only


@staff_only
def my_development(request):
    person, now, today = request.user, timezone.now(), timezone.localdate()
    mandatory = mandatory_with_expiry(person.staff_member, now)
    context = {
        "five_days": five_days(person, today),
        **_bookings_ahead(person, now),
        "elsewhere": elsewhere_of(person, now),
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


def _at_and_after(person, now, today):
    """What can be signed in to now, what to say about what was attended, and CPD while it is due.

    The countdown is for who needs registration, from the first day of the regulator's window to its last.
    """
    year = None
    if person.staff_member.role.needs_registration:
        year = cpd_year(person, today)
    return {
        "on_now": sessions_to_sign_in_to(person, now),
        "to_evaluate": list(bookings_to_evaluate(now).filter(person=person)),
        "cpd": year if year and year.is_window else None,
        "runs_sessions": person.sessions_led.exists(),
    }
