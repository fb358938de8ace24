"""What each booking of a person means for them now, read at once for all of them."""

from training.models import Booking, SwapProposal
from training.queries.approvers import approvers_of
from training.queries.waiting import passed_over, waits_of
from training.states import BookingState


def tell_where_they_stand(bookings, at):
    """Give one person's bookings what their pages say about each, and return them.

    `wait` and `times_passed_over` of one that waits, `deciders` (names) of one that is held, `swap_out` and
    `swap_in`: the open proposal of a swap to give it away, or to get a place for it; `colleague_waits`
    when somebody who waits may be named.
    """
    bookings = list(bookings)
    waits = waits_of(bookings, at)
    skips = passed_over([booking for booking in bookings if booking.is_waiting])
    deciders = _deciders(bookings, at)
    given, received = _open_swaps(bookings, at)
    named = Booking.objects.filter(state=BookingState.WAITING, may_be_named=True)
    waited_for = set(
        named.filter(session__in=[row.session_id for row in bookings if row.is_booked]).values_list(
            "session", flat=True
        )
    )
    for booking in bookings:
        booking.wait = waits.get(booking.pk)
        booking.times_passed_over = skips.get(booking.pk, [])
        booking.deciders = deciders if booking.state == BookingState.HELD else []
        booking.colleague_waits = booking.session_id in waited_for
        booking.swap_out = given.get(booking.pk)
        booking.swap_in = received.get(booking.pk)
    return bookings


def _deciders(bookings, at):
    """Return the names of those who may decide what is held; they are the same for all of a person's."""
    held = [booking for booking in bookings if booking.state == BookingState.HELD]
    if not held:
        return []
    late = any(booking.escalated_at for booking in held)
    return [user.full_name for user in approvers_of(held[0].person, at, late=late)]


def _open_swaps(bookings, at):
    proposals = SwapProposal.objects.open(at).with_people()
    keys = [booking.pk for booking in bookings]
    given = {row.booking_id: row for row in proposals.filter(booking__in=keys)}
    received = {row.waiting_id: row for row in proposals.filter(waiting__in=keys)}
    return given, received
