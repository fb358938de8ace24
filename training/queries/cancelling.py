"""Who is told what when a session is cancelled."""

from dataclasses import dataclass

from training.models import Booking, Session
from training.queries.courses import next_dates_of
from training.states import BookingState, NominationState


@dataclass(frozen=True)
class Preview:
    """A session to be cancelled: its bookings that end, the dates people are told, what else hangs on it."""

    session: Session
    bookings: list
    dates: list
    nominations: int

    @property
    def with_a_place(self):
        return sum(booking.holds_a_place for booking in self.bookings)


def who_is_told(session, at):
    """Return the Preview of cancelling a session. Three queries.

    It lists the bookings that `cancel_session` ends, those with a place first, then by name.
    """
    current = (
        Booking.objects.current()
        .filter(session=session)
        .select_related("person")
        .order_by("person__full_name", "pk")
    )
    ending = [row for row in current if row.can_become(BookingState.CANCELLED_BY_SERVICE)]
    return Preview(
        session=session,
        bookings=sorted(ending, key=lambda row: not row.holds_a_place),
        dates=next_dates_of(session, at),
        nominations=session.nominations.filter(state=NominationState.AWAITING_DECISION).count(),
    )
