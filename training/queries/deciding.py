"""Sessions with a minimum number: which are to be decided, and what stands for each."""

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils import timezone

from training.models import Booking, Session
from training.states import BookingState


@dataclass(frozen=True)
class Stands:
    """How many have booked a session, are held for approval, have an offer and wait."""

    booked: int
    held: int
    offered: int
    waiting: int

    @property
    def others_in_words(self):
        """The others in words: "1 held for approval, 2 offered a place"; nothing when there are none."""
        parts = [
            (self.held, "held for approval"),
            (self.offered, "offered a place"),
            (self.waiting, "waiting"),
        ]
        return ", ".join(f"{number} {words}" for number, words in parts if number)


def sessions_to_decide(at):
    """Return planned sessions whose decision date has come with fewer booked than they need.

    Each has `number_booked`. What somebody said goes ahead is left out, and what has begun. When
    enough have booked there is nothing to decide; should they be too few again, there is.
    """
    booked = Count("bookings", filter=Q(bookings__state=BookingState.BOOKED))
    return (
        Session.objects.planned()
        .filter(
            minimum_people__isnull=False,
            decide_on__lte=timezone.localdate(at),
            starts_at__gt=at,
            goes_ahead_at__isnull=True,
        )
        .annotate(number_booked=booked)
        .filter(number_booked__lt=F("minimum_people"))
        .select_related("course")
        .order_by("starts_at", "pk")
    )


def what_stands(session):
    """Return the Stands of a session. One query."""
    rows = Booking.objects.filter(session=session).order_by().values_list("state")
    numbers = dict(rows.annotate(number=Count("pk")))
    states = [
        BookingState.BOOKED,
        BookingState.HELD,
        BookingState.OFFERED,
        BookingState.WAITING,
    ]
    return Stands(*(numbers.get(state, 0) for state in states))


def sessions_without_their_trainer(at):
    """Return planned sessions to come whose trainer has left, the soonest first."""
    return (
        Session.objects.upcoming(at)
        .filter(trainer__staff_member__left_on__lt=timezone.localdate(at))
        .select_related("course", "trainer")
    )
