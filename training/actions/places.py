"""What every way of giving and freeing places shares: the locks, the places, who stands in the way.

Locks are always taken in this order, so that no two of us wait for each other: sessions by their key,
then people by theirs, in one statement each. The lock on a session keeps two people from its last
place; the one on a person keeps one person from two places in one half day. Both still let others
refer to the rows.
"""

import uuid
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from organisation.queries import with_standing
from training.exceptions import (
    ClashesWith,
    ClashesWithOutsideCourse,
    FormUsedBefore,
    RoundRunning,
    SessionCancelled,
    SessionStarted,
)
from training.models import Booking, OutsideCourse, Presence, Session
from training.rules import can_book_for, may_have_places
from training.states import (
    CURRENT_BOOKING_STATES,
    PLACE_HOLDING_STATES,
    BookingState,
    SessionState,
)

NEARLY = timedelta(minutes=settings.SIGN_IN_OPENS_MINUTES)


def lock_sessions(keys):
    """Lock sessions and return {key: session with its course}."""
    locked = Session.objects.select_for_update(no_key=True, of=["self"]).select_related("course")
    return {session.pk: session for session in locked.filter(pk__in=keys).order_by("pk")}


def lock_session(session):
    """Lock a session, of which the caller may know the key alone. Raises Session.DoesNotExist."""
    locked = lock_sessions([session.pk])
    if session.pk not in locked:
        raise Session.DoesNotExist
    return locked[session.pk]


def lock_people(sessions, *people):
    """Lock some people, and everybody who waits for one of the sessions, and return them by key."""
    waiting = Booking.objects.filter(session__in=sessions, state=BookingState.WAITING)
    wanted = User.objects.filter(pk__in=waiting.values("person")) | User.objects.filter(
        pk__in=[person.pk for person in people]
    )
    locked = with_standing(wanted).select_for_update(no_key=True, of=["self"])
    return {user.pk: user for user in locked.order_by("pk")}


def lock_session_and_person(session, person):
    """Lock a session, then a person and whoever waits for the session. Returns the two of them."""
    session = lock_session(session)
    return session, lock_people([session], person)[person.pk]


def lock_booking(booking):
    """Lock a booking whose session the caller has locked, and return it fresh."""
    locked = Booking.objects.select_for_update(no_key=True, of=["self"])
    return locked.select_related("person", "session__course").get(pk=booking.pk)


def refuse_unless_open(session, person, by):
    """Raise what stands in the way of `by` giving `person` a place or a wait, if anything does."""
    refuse_unless_ahead(session, person, by)
    if session.is_in_round:
        raise RoundRunning(session)


def refuse_unless_ahead(session, person, by):
    """Raise what stands in the way of anything of `person` on the session, whether in a round or not."""
    if not may_have_places(person) or not can_book_for(by, person):
        raise PermissionDenied("You cannot book this place.")
    if session.state == SessionState.CANCELLED:
        raise SessionCancelled
    if session.has_started(timezone.now()):
        raise SessionStarted


class OwnBookings:
    """What a person has at the time of a session, read at once, and what their form's key made before."""

    def __init__(self, session, person, one_time_key=None):
        self.session, self.person = session, person
        theirs = Q(person=person, during__overlap=session.during, state__in=CURRENT_BOOKING_STATES)
        if one_time_key:
            theirs |= Q(one_time_key=one_time_key)
        found = list(Booking.objects.filter(theirs))  # Hardly ever more than none.
        self.made = next((row for row in found if row.one_time_key == one_time_key), None)
        self.current = next((row for row in found if self._is_of_the_session(row)), None)
        self._elsewhere = [
            row
            for row in found
            if row.person_id == person.pk and row.session_id != session.pk and row.holds_a_place
        ]

    def _is_of_the_session(self, booking):
        is_theirs = (booking.session_id, booking.person_id) == (self.session.pk, self.person.pk)
        return is_theirs and not booking.is_over

    @property
    def repeated(self):
        """What the person's form made before, or None.

        Raises FormUsedBefore when its key made something else, or something that is over.
        """
        if self.made and not self._is_of_the_session(self.made):
            raise FormUsedBefore
        return self.made

    def refuse_clash(self):
        """Raise ClashesWith when the person has a place elsewhere, or an outside course, in its half days."""
        for booking in self._elsewhere:
            raise ClashesWith(booking.session, self.person)
        during = self.session.during
        outside = OutsideCourse.objects.taking_time(during.lower, during.upper)
        for course in outside.filter(person=self.person)[:1]:
            raise ClashesWithOutsideCourse(course, self.person)


def refuse_clash(session, person):
    OwnBookings(session, person).refuse_clash()


def current_booking(session, person):
    return OwnBookings(session, person).current


class Places:
    """Which numbered places of a session are free, the smallest first, and whether anybody waits."""

    def __init__(self, session):
        # Whoever holds a place has its number, and whoever waits has none.
        numbers = set(
            Booking.objects.filter(
                session=session, state__in=[*PLACE_HOLDING_STATES, BookingState.WAITING]
            )
            .order_by()
            .values_list("place_number", flat=True)
        )
        self.somebody_waits = None in numbers
        held = numbers - {None}
        free = (number for number in range(1, session.capacity + 1) if number not in held)
        self.free = list(islice(free, max(session.capacity - len(held), 0)))

    @property
    def first_free(self):
        """The smallest number that nobody holds, or None when as many are held as there are places."""
        return next(iter(self.free), None)


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
