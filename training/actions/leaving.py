"""What people who have left leave behind: their places, the sessions they led."""

import logging

from django.db import Error, transaction
from django.utils import timezone

from accounts import audit
from training import emails, session_emails
from training.actions.bookings import lock_sessions_freed_by, offer_what_was_freed
from training.actions.places import end_booking, lock_booking
from training.models import Booking
from training.queries.deciding import sessions_without_their_trainer
from training.rules import may_have_places
from training.states import (
    BookingEvent,
    BookingState,
    EndReason,
)

log = logging.getLogger(__name__)


def end_bookings_of_leavers(*, at):
    """End the places and waits to come of everybody who has left by the moment `at`. Safe to repeat.

    Each has a transaction of its own; one that fails is logged and left for the next run.
    """
    for booking in Booking.objects.to_come_of_leavers(at).order_by("pk"):
        try:
            end_booking_of_leaver(booking=booking)
        except Error:
            log.exception("Could not end booking %s of somebody who left", booking.pk)


@transaction.atomic
def end_booking_of_leaver(*, booking):
    """End a place or a wait of somebody who may not have places any more, and offer on what is free.

    They are told, and their calendar loses the entry. It is left alone when the session has begun, or
    when the person may still have places: they came back, or return to social work. Returns the booking.
    """
    sessions = lock_sessions_freed_by(booking)
    booking = lock_booking(booking)
    now = timezone.now()
    is_open = booking.can_become(BookingState.CANCELLED_BY_SERVICE)
    if not is_open or booking.session.has_started(now) or may_have_places(booking.person):
        return booking
    had_a_place = booking.holds_a_place
    end_booking(booking, BookingState.CANCELLED_BY_SERVICE, why=EndReason.LEFT, at=now)
    booking.save()
    audit.record(BookingEvent.BOOKING_CANCELLED, booking, by=None, had_a_place=had_a_place)
    emails.booking_ended_by_leaving(booking, had_a_place=had_a_place)
    offer_what_was_freed(sessions)
    return booking


def tell_of_sessions_without_their_trainer(*, at):
    """Tell the officers' mailbox of each session to come whose trainer has left: once for each trainer."""
    for session in sessions_without_their_trainer(at):
        with transaction.atomic():
            session_emails.session_without_trainer(session)
