"""The published order of the waiting lists: who is offered a free place before whom."""

from datetime import timedelta

from django.db.models import Count, F, Q

from training.models import Booking
from training.queries.five_days import five_days_of
from training.states import ENDED_BY_SERVICE, BookingState

# Endings by the service count in the order for a year.
SERVICE_ENDINGS_COUNT = timedelta(days=365)


def waiting_in_published_order(session, at):
    """Return the bookings that wait for a session, the next to be offered a place first.

    First come those whom a fair round of the session put on the list, by their ranks in it. Then come
    those with most of the five days still neither attended nor booked, where the course counts
    towards them; then those from whom the service took a booking most often in a year; then
    who has waited longest. Each has `round_rank`, `days_left` and `service_endings`. Five queries.
    """
    return waiting_in_published_orders([session.pk], at).get(session.pk, [])


def waiting_in_published_orders(session_keys, at):
    """Return {session key: what `waiting_in_published_order` returns}, for those that anybody waits for.

    Five queries for any number of sessions in one year of the five days, three more for each other.
    """
    waiting = list(
        Booking.objects.waiting_in_order()
        .filter(session__in=session_keys)
        .annotate(round_rank=F("round_line__rank"))
        .select_related("session__course", "person")
    )
    if not waiting:
        return {}
    promises = _Promises(waiting)
    endings = service_endings_of([booking.person for booking in waiting], at)
    queues = {}
    for booking in waiting:
        booking.days_left = promises.left(booking)
        booking.service_endings = endings.get(booking.person_id, 0)
        queues.setdefault(booking.session_id, []).append(booking)
    for queue in queues.values():
        queue.sort(key=_place_in_the_order)
    return queues


def _place_in_the_order(booking):
    was_drawn = booking.round_rank is not None
    published = (-booking.days_left, -booking.service_endings, booking.waiting_since, booking.pk)
    return (0, booking.round_rank, *published) if was_drawn else (1, 0, *published)


class _Promises:
    """The five days of those who wait for what counts towards them, in the year of each session."""

    def __init__(self, waiting):
        counting = [row for row in waiting if row.session.course.counts_towards_five]
        people = [row.person for row in counting]
        self.years = []
        for on in sorted({row.session.starts_on for row in counting}):
            if not any(first <= on <= last for first, last, _ in self.years):
                standing = five_days_of(people, on)
                promise = next(iter(standing.values()))
                self.years.append((promise.first_day, promise.last_day, standing))

    def left(self, booking):
        if not booking.session.course.counts_towards_five:
            return 0
        on = booking.session.starts_on
        standing = next(row for first, last, row in self.years if first <= on <= last)
        return standing[booking.person_id].left


def service_endings_of(people, at):
    """Return {user id: how many bookings the service ended} in the year before `at`."""
    ended = Q(
        state__in=[BookingState.CANCELLED_BY_SERVICE, BookingState.DECLINED],
        end_reason__in=sorted(ENDED_BY_SERVICE),
        ended_at__gte=at - SERVICE_ENDINGS_COUNT,
    )
    rows = Booking.objects.filter(ended, person__in=people).order_by().values_list("person")
    return dict(rows.annotate(number=Count("pk")))
