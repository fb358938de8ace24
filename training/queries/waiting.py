"""What somebody who waits is told: their place in the order, their chance, why they were passed over."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from training.models import Booking, SkippedOffer
from training.queries.order import waiting_in_published_orders
from training.states import PLACE_HOLDING_STATES, EndReason

# Chances are told from the sessions of so many days past, and from so many people or more.
CHANCE_FROM = timedelta(days=730)
FEWEST_CASES = 10


@dataclass(frozen=True)
class Chance:
    """How many of those who began to wait at a place in the order got in."""

    got_in: int = 0
    cases: int = 0

    @property
    def is_known(self):
        return self.cases >= FEWEST_CASES

    @property
    def percent(self):
        return round(100 * self.got_in / self.cases)


@dataclass(frozen=True)
class Wait:
    """Where somebody stands on a waiting list: `position` of `length`, with the chance from there."""

    position: int
    length: int
    chance: Chance


def waits_of(bookings, at):
    """Return {booking key: Wait} for some waiting bookings. Six queries however many they are.

    The chance at a position is that of people who began to wait there, over 24 months of the same
    course, and waited until a place was offered to them or the session began. Who stopped waiting
    and sessions that were cancelled tell nothing about it.
    """
    bookings = [booking for booking in bookings if booking.is_waiting]
    if not bookings:
        return {}
    queues = waiting_in_published_orders({booking.session_id for booking in bookings}, at)
    chances = _chances({booking.session.course_id for booking in bookings}, at)
    waits = {}
    for booking in bookings:
        keys = [row.pk for row in queues.get(booking.session_id, [])]
        if booking.pk in keys:
            position = keys.index(booking.pk) + 1
            chance = chances.get((booking.session.course_id, position), Chance())
            waits[booking.pk] = Wait(position, len(keys), chance)
    return waits


def _chances(course_keys, at):
    """Return {(course key, position): Chance} from what happened to earlier waits."""
    got_in = Q(offered_at__isnull=False) | Q(state__in=sorted(PLACE_HOLDING_STATES))
    in_vain = Q(end_reason=EndReason.NO_PLACE)
    rows = (
        Booking.objects.filter(
            got_in | in_vain,
            session__course__in=course_keys,
            session__starts_at__lte=at,
            session__starts_at__gte=at - CHANCE_FROM,
            joined_at_position__isnull=False,
        )
        .order_by()
        .values_list("session__course", "joined_at_position")
        .annotate(cases=Count("pk"), lucky=Count("pk", filter=got_in))
    )
    return {(course, place): Chance(lucky, cases) for course, place, cases, lucky in rows}


def passed_over(bookings):
    """Return {booking key: its SkippedOffers, the latest first} for some bookings."""
    found = {}
    for skip in SkippedOffer.objects.filter(booking__in=bookings):
        found.setdefault(skip.booking_id, []).append(skip)
    return found


def named_waiting(session):
    """Return the bookings of those who wait for a session and may be named, who waits longest first."""
    waiting = Booking.objects.waiting_in_order().filter(session=session, may_be_named=True)
    return waiting.select_related("person")
