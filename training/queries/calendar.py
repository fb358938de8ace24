from datetime import timedelta

from django.db.models import Q

from training.models import Booking, OutsideCourse
from training.states import ATTENDANCE_STATES, BookingState, EndReason, OutsideState

# What has ended stays in a calendar as cancelled for so long, and what is past for so long.
CANCELLED_SHOWN = timedelta(days=60)
PAST_SHOWN = timedelta(days=366)
# Endings of what never was in a calendar.
NEVER_SHOWN = [EndReason.OFFER_DECLINED, EndReason.NO_PLACE, EndReason.NOT_DRAWN]


def bookings_for_calendar(person, at):
    """Return the bookings of a person's calendar: held, booked and attended, and lately cancelled."""
    states = {BookingState.HELD, BookingState.BOOKED, *ATTENDANCE_STATES}
    had_a_place = Q(waiting_since__isnull=True) | Q(offered_at__isnull=False)
    ended = Q(ended_at__gte=at - CANCELLED_SHOWN) & had_a_place & ~Q(end_reason__in=NEVER_SHOWN)
    return (
        Booking.objects.filter(person=person, session__ends_at__gte=at - PAST_SHOWN)
        .filter(Q(state__in=sorted(states)) | ended)
        .select_related("session__course")
        .order_by("session__starts_at", "pk")
    )


def outside_courses_for_calendar(person, at):
    """Return the outside courses of a person's calendar: approved and attended."""
    states = [OutsideState.APPROVED, OutsideState.ATTENDED]
    found = OutsideCourse.objects.filter(person=person, state__in=states)
    return found.filter(ends_at__gte=at - PAST_SHOWN).order_by("starts_at", "pk")
