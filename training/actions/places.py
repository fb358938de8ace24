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
from django.db import connection
from django.utils import timezone

from accounts.models import User
from organisation.queries import read_standing
from training.exceptions import (
    ClashesWith,
    ClashesWithOutsideCourse,
    FormUsedBefore,
    LeadsIt,
    LeadsThen,
    RoundRunning,
    SessionCancelled,
    SessionStarted,
)
from training.models import Booking, Course, OutsideCourse, Presence, Session
from training.rules import can_book_for, may_have_places
from training.states import (
    CURRENT_BOOKING_STATES,
    ENDED_BY_MANAGER,
    OUTSIDE_TIME_TAKEN,
    PLACE_HOLDING_STATES,
    BookingState,
    SessionState,
)

NEARLY = timedelta(minutes=settings.SIGN_IN_OPENS_MINUTES)


def _columns(model, alias):
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


def _read(model, values):
    return model.from_db("default", [f.attname for f in model._meta.concrete_fields], values)


# Plain SQL in this module, because it is run for every booking, and building it each time took several
# times as long as running it (bin/bench booking).
LOCKED_SESSIONS = f"""
    SELECT {_columns(Session, "session")}, {_columns(Course, "course")}
    FROM training_session session JOIN training_course course ON course.id = session.course_id
    WHERE session.id = ANY(%s)
    ORDER BY session.id FOR NO KEY UPDATE OF session
"""  # noqa: S608 (the models' own columns)
LOCKED_PEOPLE = """
    SELECT person.* FROM accounts_user person
    WHERE person.id IN (
        SELECT unnest(%(people)s::bigint[])
        UNION SELECT person_id FROM training_booking
        WHERE session_id = ANY(%(sessions)s) AND state = %(waiting)s
    )
    ORDER BY person.id FOR NO KEY UPDATE
"""


def lock_sessions(keys):
    """Lock sessions and return {key: session with its course}."""
    with connection.cursor() as cursor:
        cursor.execute(LOCKED_SESSIONS, [list(keys)])
        rows = cursor.fetchall()
    parted = len(Session._meta.concrete_fields)
    locked = {}
    for row in rows:
        session = _read(Session, row[:parted])
        session.course = _read(Course, row[parted:])
        locked[session.pk] = session
    return locked


def lock_session(session):
    """Lock a session, of which the caller may know the key alone. Raises Session.DoesNotExist."""
    locked = lock_sessions([session.pk])
    if session.pk not in locked:
        raise Session.DoesNotExist
    return locked[session.pk]


def lock_people(sessions, *people):
    """Lock some people, and everybody who waits for one of the sessions, and return them by key."""
    wanted = {
        "people": [person.pk for person in people],
        "sessions": [session.pk for session in sessions],
        "waiting": BookingState.WAITING.value,
    }
    locked = list(User.objects.raw(LOCKED_PEOPLE, wanted))
    read_standing(locked)
    return {user.pk: user for user in locked}


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
    if session.trainer_id == person.pk:
        raise LeadsIt(person)


# The numbers of a session's places that are held, with NULL for whoever waits.
NUMBERS = """
    ARRAY(SELECT place_number FROM training_booking
          WHERE session_id = %(session)s AND state = ANY(%(of_the_session)s))
"""
THEIRS = f"""
    SELECT ARRAY(SELECT id FROM training_booking
                 WHERE person_id = %(person)s AND during && %(during)s AND state = ANY(%(current)s)
                    OR one_time_key = %(key)s),
           EXISTS (SELECT FROM training_outsidecourse
                   WHERE person_id = %(person)s AND state = ANY(%(takes_time)s)
                     AND starts_at < upper(%(during)s) AND ends_at > lower(%(during)s)),
           (SELECT id FROM training_session led
            WHERE trainer_id = %(person)s AND state = %(planned)s AND during && %(during)s
            LIMIT 1),
           EXISTS (SELECT FROM training_booking
                   WHERE session_id = %(session)s AND person_id = %(person)s
                     AND state = %(declined)s AND end_reason = ANY(%(managers_reasons)s)),
           {NUMBERS}
"""  # noqa: S608 (the module's own words)
OF_THE_SESSION = [*PLACE_HOLDING_STATES, BookingState.WAITING]


class OwnBookings:
    """What a person has at the time of a session, and what their form's key made before.

    `places` are those of the session; `was_declined` says that the manager said no to it before. All is
    read at once; hardly ever does a person have anything.
    """

    def __init__(self, session, person, one_time_key=None):
        self.session, self.person = session, person
        row = _row(
            THEIRS,
            session=session.pk,
            person=person.pk,
            during=session.during,
            key=one_time_key,
            current=_values(CURRENT_BOOKING_STATES),
            takes_time=_values(OUTSIDE_TIME_TAKEN),
            planned=SessionState.PLANNED.value,
            declined=BookingState.DECLINED.value,
            managers_reasons=_values(ENDED_BY_MANAGER),
            of_the_session=_values(OF_THE_SESSION),
        )
        keys, self._has_outside_course, self._leads, self.was_declined, numbers = row
        self.places = Places(session, numbers)
        found = list(Booking.objects.filter(pk__in=keys)) if keys else []
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
        """Raise ClashesWith or LeadsThen when the person is elsewhere, or leads a session, in its half days."""
        for booking in self._elsewhere:
            raise ClashesWith(booking)
        if self._leads:
            led = Session.objects.select_related("course").get(pk=self._leads)
            raise LeadsThen(led, self.person)
        if self._has_outside_course:
            during = self.session.during
            outside = OutsideCourse.objects.taking_time(during.lower, during.upper)
            raise ClashesWithOutsideCourse(outside.filter(person=self.person)[0])


def refuse_clash(session, person):
    OwnBookings(session, person).refuse_clash()


def current_booking(session, person):
    return OwnBookings(session, person).current


class Places:
    """Which numbered places of a session are free, the smallest first, and whether anybody waits."""

    def __init__(self, session, numbers=None):
        """`numbers` are what NUMBERS says, where somebody has read it since taking the locks."""
        if numbers is None:
            asked = {"session": session.pk, "of_the_session": _values(OF_THE_SESSION)}
            [numbers] = _row(f"SELECT {NUMBERS}", **asked)
        self.somebody_waits = None in numbers
        held = set(numbers) - {None}
        free = (number for number in range(1, session.capacity + 1) if number not in held)
        self.free = list(islice(free, max(session.capacity - len(held), 0)))

    @property
    def first_free(self):
        """The smallest number that nobody holds, or None when as many are held as there are places."""
        return next(iter(self.free), None)


def _row(sql, **facts):
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return cursor.fetchone()


def _values(states):
    return [state.value for state in states]


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
