import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from accounts import audit
from accounts.models import User
from training import emails
from training.exceptions import (
    AlreadyBooked,
    BookingCancelledAlready,
    BookingCannotBeCancelled,
    ClashesWith,
    FormUsedBefore,
    PlacesLeft,
    SessionCancelled,
    SessionFull,
    SessionStarted,
)
from training.models import Booking, Session
from training.rules import can_book_for, can_cancel_booking
from training.states import (
    PLACE_HOLDING_STATES,
    BookingEvent,
    BookingState,
    SessionState,
)


@transaction.atomic
def book_place(*, session, person, by, one_time_key=None):
    """Book a place on a session for a member of staff and return the booking.

    Somebody waiting for this session is booked with the same row. With a `one_time_key` that this
    person has used for this session before, returns what it made. Sends a confirmation with a
    calendar file. Raises PermissionDenied, SessionStarted, SessionCancelled, AlreadyBooked,
    ClashesWith, SessionFull, and FormUsedBefore when the key made something else.
    """
    session, person = lock_session_and_person(session, person)
    repeated = made_with(one_time_key, session, person)
    if repeated:
        return repeated
    booking = take_place(session=session, person=person, by=by, one_time_key=one_time_key)
    emails.place_booked(booking)
    return booking


@transaction.atomic
def join_waiting_list(*, session, person, by, one_time_key=None):
    """Remember that a person wants a place on a full session, and return the waiting booking.

    They get an e-mail when a place comes up. Raises PermissionDenied, SessionStarted,
    SessionCancelled, AlreadyBooked, PlacesLeft when a place can be booked at once, and
    FormUsedBefore when the key made something else.
    """
    session, person = lock_session_and_person(session, person)
    repeated = made_with(one_time_key, session, person)
    if repeated:
        return repeated
    refuse_unless_open(session, person, by)
    current = current_booking(session, person)
    if current:
        raise AlreadyBooked(current)
    if free_place_number(session):
        raise PlacesLeft
    booking = new_booking(session, person, by, one_time_key)
    booking.state = BookingState.WAITING
    booking.waiting_since = timezone.now()
    booking.save()
    audit.record(BookingEvent.WAITING_LIST_JOINED, booking, by=by)
    return booking


@transaction.atomic
def cancel_booking(*, booking, by):
    """Cancel a place, or stop waiting for one, and return the booking.

    The person gets an e-mail that takes the entry out of their calendar, and everybody waiting is
    told of the free place. Raises BookingCannotBeCancelled after the cut-off or when it is
    over, and BookingCancelledAlready.
    """
    session, _ = lock_session_and_person(booking.session, booking.person)
    booking = Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    booking.session = session
    if booking.is_cancelled:
        raise BookingCancelledAlready
    if not can_cancel_booking(by, booking, timezone.now()):
        raise BookingCannotBeCancelled
    had_a_place = booking.holds_a_place
    booking.move_to(BookingState.CANCELLED_BY_PERSON)
    booking.place_number = None
    booking.save(update_fields=["state", "place_number"])
    audit.record(BookingEvent.BOOKING_CANCELLED, booking, by=by, had_a_place=had_a_place)
    emails.booking_cancelled(booking, had_a_place=had_a_place)
    if had_a_place and free_place_number(session):
        emails.place_came_up(waiting_for(session), freed=booking)
    return booking


def take_place(*, session, person, by, one_time_key=None):
    """Give a person the smallest free place of a session that the caller has locked. No e-mail."""
    refuse_unless_open(session, person, by)
    current = current_booking(session, person)
    if current and not current.is_waiting:
        raise AlreadyBooked(current)
    refuse_clash(session, person)
    number = free_place_number(session)
    if number is None:
        raise SessionFull(session)
    booking = current or new_booking(session, person, by, one_time_key)
    booking.one_time_key = one_time_key or booking.one_time_key
    if current:
        booking.move_to(BookingState.BOOKED)
    else:
        booking.state = BookingState.BOOKED
    booking.place_number = number
    booking.save()
    audit.record(BookingEvent.PLACE_BOOKED, booking, by=by, place_number=number)
    return booking


def lock_session_and_person(session, person):
    """Lock the session, then the person: always in this order, so that two bookings cannot deadlock.

    The lock on the session keeps two people from its last place; the one on the person keeps one
    person from two places at once. Both still let others refer to the rows.
    """
    locked = Session.objects.select_for_update(no_key=True, of=["self"])
    session = locked.select_related("course").get(pk=session.pk)
    return session, User.objects.select_for_update(no_key=True).get(pk=person.pk)


def made_with(one_time_key, session, person):
    """Return what this person made with a key for this session before, or None.

    Raises FormUsedBefore when the key made something else, or something that is over.
    """
    made = Booking.objects.filter(one_time_key=one_time_key).select_related("session__course")
    if one_time_key is None or not made.exists():
        return None
    booking = made.current().filter(session=session, person=person).first()
    if booking is None:
        raise FormUsedBefore
    return booking


def refuse_unless_open(session, person, by):
    if not person.has_role("staff") or not can_book_for(by, person):
        raise PermissionDenied("You cannot book this place.")
    if session.state == SessionState.CANCELLED:
        raise SessionCancelled
    if session.has_started(timezone.now()):
        raise SessionStarted


def refuse_clash(session, person):
    clash = (
        Booking.objects.holding_a_place()
        .filter(person=person, during__overlap=times_of(session))
        .exclude(session=session)
        .select_related("session__course")
        .first()
    )
    if clash:
        raise ClashesWith(clash.session, person)


def current_booking(session, person):
    return (
        Booking.objects.current()
        .filter(session=session, person=person)
        .select_related("session__course", "person")
        .first()
    )


def free_place_number(session):
    """Return the smallest number that nobody holds, or None when as many are held as there are places."""
    held = set(
        Booking.objects.filter(session=session, state__in=PLACE_HOLDING_STATES).values_list(
            "place_number", flat=True
        )
    )
    if len(held) >= session.capacity:
        return None
    return next(number for number in range(1, session.capacity + 1) if number not in held)


def waiting_for(session):
    """Return the people waiting for a session in order."""
    return list(
        Booking.objects.waiting_in_order()
        .filter(session=session)
        .select_related("session__course", "person")
    )


def new_booking(session, person, by, one_time_key):
    return Booking(
        session=session,
        person=person,
        made_by=by,
        during=times_of(session),
        one_time_key=one_time_key or uuid.uuid4(),
    )


def times_of(session):
    return DateTimeTZRange(session.starts_at, session.ends_at)
