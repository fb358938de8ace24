"""What waits for a manager, on a Monday morning in 2030."""

from datetime import UTC, datetime, timedelta

from tests.factories.training import BookingFactory, SessionFactory
from training.states import BookingState

MONDAY = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


def booking_of(member, state=BookingState.HELD, days=21, **fields):
    session = SessionFactory(starts_at=MONDAY + timedelta(days=days))
    until = MONDAY + timedelta(days=2)
    return BookingFactory(
        session=session, person=member.user, state=state, answer_by=until, **fields
    )
