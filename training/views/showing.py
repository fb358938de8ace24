"""What may be done with a booking, for the pages that show it: the same rules guard the actions."""

from training.forms import BookPlaceForm
from training.queries import keys_of_signed_in, my_bookings_by_session, tell_who_has_signed_in
from training.rules import (
    can_book,
    can_cancel_booking,
    can_propose_swap,
    can_say_called_away,
)


def prepare(bookings, user, at):
    """Give each booking what its buttons need."""
    there = keys_of_signed_in(bookings, at)
    held = my_bookings_by_session(
        user, [row.suggested_session_id for row in bookings if row.suggested_session_id]
    )
    for booking in tell_who_has_signed_in(bookings, at):
        is_there = booking.pk in there
        booking.may_be_cancelled = not is_there and can_cancel_booking(user, booking, at)
        booking.may_be_called_away = not is_there and can_say_called_away(user, booking, at)
        booking.may_be_swapped = can_propose_swap(user, booking, at)
        booking.instead = None
        other = booking.suggested_session
        if other and other.pk not in held and can_book(user, other, at):
            booking.instead = BookPlaceForm(session=other, words=f"Book {other.when} instead")
    return bookings
