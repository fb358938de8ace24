"""What every way of giving and freeing places shares: the locks, the places, who stands in the way.

Locks are always taken in this order, so that no two of us wait for each other: sessions by their key,
then people by theirs, in one statement each. The lock on a session keeps two people from its last
place; the one on a person keeps one person from two places in one half day. Both still let others
refer to the rows.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from training.exceptions import (
    ClashesWith,
    FormUsedBefore,
    SessionCancelled,
    SessionStarted,
)
from training.models import Booking, Presence, Session
from training.rules import can_book_for, may_have_places
from training.states import PLACE_HOLDING_STATES, BookingState, SessionState

NEARLY = timedelta(minutes=settings.SIGN_IN_OPENS_MINUTES)


def lock_sessions(keys):
    """Lock sessions and return {key: session with its course}."""
    locked = Session.objects.select_for_update(no_key=True, of=["self"]).select_related("course")
    return {session.pk: session for session in locked.filter(pk__in=keys).order_by("pk")}


def lock_session(session):
    return lock_sessions([session.pk])[session.pk]


def lock_people(sessions, *people):
    """Lock some people, and everybody who waits for one of the sessions, and return them by key."""
    waiting = Booking.objects.filter(session__in=sessions, state=BookingState.WAITING)
    wanted = User.objects.filter(pk__in=waiting.values("person")) | User.objects.filter(
        pk__in=[person.pk for person in people]
    )
    return {user.pk: user for user in wanted.select_for_update(no_key=True).order_by("pk")}


def lock_session_and_person(session, person):
    """Lock a session, then a person and whoever waits for the session. Returns the two of them."""
    session = lock_session(session)
    return session, lock_people([session], person)[person.pk]


def lock_booking(booking):
    """Lock a booking whose session the caller has locked, and return it fresh."""
    locked = Booking.objects.select_for_update(no_key=True, of=["self"])
    return locked.select_related("person", "session__course").get(pk=booking.pk)


def made_with(one_time_key, session, person):
    """Return what this person made with a key for this session before, or None.

    Raises FormUsedBefore when the key made something else, or something that is over.
    """
    if one_time_key is None:
        return None
    made = Booking.objects.filter(one_time_key=one_time_key)
    made = made.select_related("session__course", "person").first()
    if made is None:
        return None
    if (made.session, made.person) != (session, person) or made.is_over:
        raise FormUsedBefore
    return made


def refuse_unless_open(session, person, by):
    """Raise what stands in the way of `by` giving `person` a place or a wait, if anything does."""
    if not may_have_places(person) or not can_book_for(by, person):
        raise PermissionDenied("You cannot book this place.")
    if session.state == SessionState.CANCELLED:
        raise SessionCancelled
    if session.has_started(timezone.now()):
        raise SessionStarted


def refuse_clash(session, person):
    """Raise ClashesWith when the person has a place elsewhere in one of the session's half days."""
    clash = (
        Booking.objects.holding_a_place()
        .filter(person=person, during__overlap=session.during)
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
    return next(iter(free_place_numbers(session)), None)


def free_place_numbers(session):
    """Return the numbers that nobody holds, the smallest first, as many as there are free places."""
    held = set(
        Booking.objects.filter(session=session, state__in=PLACE_HOLDING_STATES).values_list(
            "place_number", flat=True
        )
    )
    free = [number for number in range(1, session.capacity + 1) if number not in held]
    return free[: max(session.capacity - len(held), 0)]


def new_booking(session, person, by, one_time_key):
    return Booking(
        session=session,
        person=person,
        made_by=by,
        during=session.during,
        one_time_key=one_time_key or uuid.uuid4(),
    )


def end_booking(booking, state, *, why, at, words=""):
    """Give up a booking, with its place if it has one, for the state `state`. The caller saves it.

    `why` is an EndReason, `words` what the person or the manager said, `at` the moment.
    """
    if booking.session.starts_at - NEARLY < at:  # Nobody has signed in before.
        Presence.objects.filter(booking=booking).delete()
    booking.move_to(state)
    booking.place_number = booking.answer_by = None
    booking.half_days_attended = None
    booking.end_reason, booking.reason, booking.ended_at = why, words, at
