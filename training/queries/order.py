"""The published order of the waiting lists: who is offered a free place before whom."""

from datetime import timedelta

from django.db.models import Count, Q

from training.models import Booking
from training.queries.five_days import five_days_of
from training.states import ENDED_BY_SERVICE, BookingState

# Endings by the service count in the order for a year.
SERVICE_ENDINGS_COUNT = timedelta(days=365)


def waiting_in_published_order(session, at):
    """Return the bookings that wait for a session, the next to be offered a place first.

    First come those with most of the five days still neither attended nor booked, where the course
    counts towards them; then those from whom the service took a booking most often in a year; then
    who has waited longest. Each has `days_left` and `service_endings`. Five queries.
    """
    waiting = list(
        Booking.objects.waiting_in_order()
        .filter(session=session)
        .select_related("session__course", "person")
    )
    if not waiting:
        return []
    people = [booking.person for booking in waiting]
    promises = {}
    if session.course.counts_towards_five:
        promises = five_days_of(people, session.starts_on)
    endings = _service_endings(people, at)
    for booking in waiting:
        promise = promises.get(booking.person_id)
        booking.days_left = promise.left if promise else 0
        booking.service_endings = endings.get(booking.person_id, 0)
    return sorted(
        waiting,
        key=lambda row: (-row.days_left, -row.service_endings, row.waiting_since, row.pk),
    )


def _service_endings(people, at):
    """Return {user id: how many bookings the service ended} in the year before `at`."""
    ended = Q(
        state__in=[BookingState.CANCELLED_BY_SERVICE, BookingState.DECLINED],
        end_reason__in=sorted(ENDED_BY_SERVICE),
        ended_at__gte=at - SERVICE_ENDINGS_COUNT,
    )
    rows = Booking.objects.filter(ended, person__in=people).order_by().values_list("person")
    return dict(rows.annotate(number=Count("pk")))
