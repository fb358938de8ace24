from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from training import emails
from training.actions.attendance import refuse_who_signed_in
from training.actions.offers import offer_free_places
from training.actions.places import (
    OwnBookings,
    Places,
    current_booking,
    end_booking,
    lock_booking,
    lock_people,
    lock_session_and_person,
    lock_sessions,
    new_booking,
    refuse_unless_open,
)
from training.actions.safe_cover import keep_cover_override, refuse_below_cover
from training.actions.settling import settle
from training.exceptions import (
    AlreadyBooked,
    BookingCancelledAlready,
    BookingCannotBeCancelled,
    PlacesLeft,
    SessionFull,
)
from training.models import Booking, Override
from training.models.bookings import OverrideKind
from training.queries import waiting_in_published_order
from training.rules import can_cancel_booking, can_go_past_the_order, can_say_called_away
from training.states import BookingEvent, BookingState, EndReason

SIGNED_IN = (
    "This place was signed in for, so what was attended counts. The rest needs no cancelling."
)


@transaction.atomic
def book_place(*, session, person, by, one_time_key=None, cover_reason=""):
    """Book a place on a session and return the booking: booked, or held for the manager's approval.

    Somebody waiting for this session is booked with the same row, and who waits before others is
    offered what is free first. With a `one_time_key` that this person has used for this session
    before, returns what it made. Sends a confirmation with a calendar file, and tells the manager.
    Who books for somebody else and leaves their team below its minimum gives a `cover_reason`, which is
    kept as an override. Raises PermissionDenied, SessionStarted, SessionCancelled, AlreadyBooked,
    ClashesWith, SessionFull, BelowSafeCover without that reason, and FormUsedBefore when the key made
    something else.
    """
    session, person = lock_session_and_person(session, person)
    own = OwnBookings(session, person, one_time_key)
    if own.repeated:
        return own.repeated
    return take_place(
        session=session,
        person=person,
        by=by,
        one_time_key=one_time_key,
        cover_reason=cover_reason,
        own=own,
    )


@transaction.atomic
def book_past_the_order(*, session, person, by, reason, **of_the_place):
    """Book a place for somebody whom the order of the waiting list does not put first.

    A place is added when all are held; the reason is kept as an override. `of_the_place` is what
    `take_place` is told besides. Raises PermissionDenied and what `book_place` raises.
    """
    if not can_go_past_the_order(by):
        raise PermissionDenied("You cannot go past the waiting list.")
    session, person = lock_session_and_person(session, person)
    refuse_unless_open(session, person, by)
    if Places(session).first_free is None:
        session.capacity += 1
        session.save(update_fields=["capacity"])
    booking = take_place(session=session, person=person, by=by, in_order=False, **of_the_place)
    Override.objects.create(booking=booking, kind=OverrideKind.ORDER, reason=reason, made_by=by)
    return booking


@transaction.atomic
def join_waiting_list(*, session, person, by, may_be_named=False, one_time_key=None):
    """Remember that a person wants a place on a full session, and return the waiting booking.

    They are offered a place when one comes free and it is their turn. With `may_be_named`, those who
    have a place read the name and can swap. Raises PermissionDenied, SessionStarted,
    SessionCancelled, AlreadyBooked, PlacesLeft when a place can be booked at once, and FormUsedBefore
    when the key made something else.
    """
    session, person = lock_session_and_person(session, person)
    own = OwnBookings(session, person, one_time_key)
    if own.repeated:
        return own.repeated
    refuse_unless_open(session, person, by)
    if own.current:
        raise AlreadyBooked(own.current)
    offer_free_places(session)
    if Places(session).first_free:
        raise PlacesLeft
    return put_on_list(session, person, by, may_be_named=may_be_named, one_time_key=one_time_key)


def put_on_list(session, person, by, *, may_be_named=False, one_time_key=None):
    """Let a person wait for a full session that the caller has locked, and return the booking.

    Whoever waits already goes on waiting. What is free was offered before.
    """
    current = current_booking(session, person)
    if current and current.is_waiting:
        return current
    booking = new_booking(session, person, by, one_time_key)
    booking.state = BookingState.WAITING
    booking.waiting_since = timezone.now()
    booking.may_be_named = may_be_named
    booking.save()
    order = [row.pk for row in waiting_in_published_order(session, booking.waiting_since)]
    booking.joined_at_position = order.index(booking.pk) + 1
    booking.save(update_fields=["joined_at_position"])
    audit.record(BookingEvent.WAITING_LIST_JOINED, booking, by=by)
    return booking


@transaction.atomic
def cancel_booking(*, booking, by):
    """Cancel a place, stop waiting for one, or take a request in a fair round back, and return the booking.

    The person gets an e-mail that takes the entry out of their calendar, and the next who waits is
    offered the place. Raises BookingCannotBeCancelled after the cut-off or when it is over, and
    BookingCancelledAlready.
    """
    sessions = lock_sessions_freed_by(booking)
    booking = lock_booking(booking)
    if booking.is_cancelled:
        raise BookingCancelledAlready
    if not can_cancel_booking(by, booking, timezone.now()):
        raise BookingCannotBeCancelled
    refuse_who_signed_in(booking, BookingCannotBeCancelled(SIGNED_IN))
    had_a_place, had_asked = booking.holds_a_place, booking.is_requested
    end_booking(
        booking, BookingState.CANCELLED_BY_PERSON, why=EndReason.CHANGED_PLANS, at=timezone.now()
    )
    booking.save()
    audit.record(BookingEvent.BOOKING_CANCELLED, booking, by=by, had_a_place=had_a_place)
    emails.booking_cancelled(booking, had_a_place=had_a_place, had_asked=had_asked)
    offer_what_was_freed(sessions)
    return booking


@transaction.atomic
def say_called_away(*, booking, by, why):
    """Give a place back because of an emergency at work (court, duty), after the cut-off too.

    It counts as cancelled by the service: the day is the person's again, and they move up the order
    of every waiting list. `why` is a short text that the manager is told. The person gets an e-mail
    with the next dates. Raises BookingCannotBeCancelled and BookingCancelledAlready.
    """
    sessions = lock_sessions_freed_by(booking)
    booking = lock_booking(booking)
    if booking.is_cancelled:
        raise BookingCancelledAlready
    if not can_say_called_away(by, booking, timezone.now()):
        raise BookingCannotBeCancelled
    refuse_who_signed_in(booking, BookingCannotBeCancelled(SIGNED_IN))
    end_booking(
        booking,
        BookingState.CANCELLED_BY_SERVICE,
        why=EndReason.WORK_EMERGENCY,
        at=timezone.now(),
        words=why,
    )
    booking.save()
    audit.record(BookingEvent.CALLED_AWAY, booking, by=by)
    emails.called_away(booking)
    offer_what_was_freed(sessions)
    return booking


def take_place(
    *,
    session,
    person,
    by,
    one_time_key=None,
    in_order=True,
    tells=True,
    cover_reason="",
    cover_reason_by=None,
    own=None,
):
    """Give a person the smallest free place of a session that the caller has locked, as has them.

    While somebody eligible waits, what is free is offered to them first, unless not `in_order`. What
    others give asks for safe cover or a `cover_reason`, which is `cover_reason_by` somebody, else `by`.
    `own` are the person's OwnBookings where the caller has read them since taking the locks.
    """
    refuse_unless_open(session, person, by)
    own = own or OwnBookings(session, person)
    current, places = own.current, own.places
    if current and not current.is_waiting:
        raise AlreadyBooked(current)
    if in_order and places.free and places.somebody_waits:
        offer_free_places(session)
        current, places = current and lock_booking(current), Places(session)
    if current and current.state == BookingState.OFFERED:
        number = current.place_number
    else:
        own.refuse_clash()
        number = places.first_free
    if number is None:
        raise SessionFull(session)
    others = by.pk != person.pk
    below = refuse_below_cover(session, person, cover_reason) if others else []
    booking = current or new_booking(session, person, by, one_time_key)
    booking.session, booking.person = session, person
    booking.one_time_key = one_time_key or booking.one_time_key
    booking.place_number = number
    settle(booking, by=by, tells=tells, was_declined=own.was_declined)
    keep_cover_override(booking, below, cover_reason, cover_reason_by or by)
    return booking


def lock_sessions_freed_by(booking):
    """Lock the session of a booking, and those the person waits for that the place stood in the way of.

    Whoever waits for one of them is locked too. Returns the sessions.
    """
    in_the_way = Booking.objects.filter(
        person=booking.person_id, state=BookingState.WAITING, during__overlap=booking.during
    )
    keys = {booking.session_id, *in_the_way.values_list("session", flat=True)}
    sessions = lock_sessions(keys)
    lock_people(sessions.values())
    return list(sessions.values())


def offer_what_was_freed(sessions):
    for session in sessions:
        offer_free_places(session)
