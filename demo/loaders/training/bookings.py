import random
from dataclasses import dataclass, field
from datetime import time, timedelta
from itertools import islice

from django.db import connection

from demo.loaders.training.answers import leave_answers_open
from demo.loaders.training.calendar import at, leave_year, slots
from demo.sign_ins import SIGN_INS
from organisation.models import StaffMember
from training.models import Booking
from training.states import PLACE_HOLDING_STATES, BookingState, EndReason, SessionState

HALF_DAYS_PROMISED = 10
# One coming session in so many is full, and how many days Sam Okafor has of the five.
FULL_ONE_IN = 9
# So many coming sessions have exactly one place left.
LAST_PLACES = 2
# So many half days at most is whoever signs in given here, so that these and what other loaders add fit.
HALF_DAYS_OF_WHO_SIGNS_IN = 3
SAM = "social.worker@example.org"
DAYS_OF_SAM = 3
DAYS_ATTENDED_BY_SAM = 2


@dataclass
class Diary:
    """What each person has in the demo, so that nobody is in two places or far beyond five days."""

    chance: random.Random
    busy: dict = field(default_factory=dict)
    half_days: dict = field(default_factory=dict)
    counted: dict = field(default_factory=dict)
    limits: dict = field(default_factory=dict)

    def slots(self, session):
        if session.pk not in self.half_days:
            self.half_days[session.pk] = slots(session)
        return self.half_days[session.pk]

    def is_free(self, member, session):
        return member.started_on <= session.starts_on and not (
            self.busy.get(member.user_id, set()) & self.slots(session)
        )

    def fits(self, member, session):
        user = member.user_id
        if not self.is_free(member, session) or not session.course.counts_towards_five:
            return self.is_free(member, session)
        limit = self.limits.setdefault(user, self.chance.randint(1, HALF_DAYS_PROMISED))
        return self.counted.get(user, 0) + session.half_days <= limit

    def keep_free(self, member, session):
        self.busy.setdefault(member.user_id, set()).update(self.slots(session))

    def put(self, member, session):
        user = member.user_id
        self.keep_free(member, session)
        if session.course.counts_towards_five:
            self.counted[user] = self.counted.get(user, 0) + session.half_days


def load_bookings(today, sessions, chance):
    """Fill past sessions with attendance and coming ones with bookings, some full with people waiting."""
    diary = Diary(chance)
    staff = StaffMember.objects.select_related("user").order_by("pk")
    members = {member.user.email: member for member in staff}
    by_user = {member.user_id: member for member in staff}
    for session in sessions:
        if session.trainer_id in by_user:
            diary.keep_free(by_user[session.trainer_id], session)
    sam = members.pop(SAM)
    bookings = book_sam(sam, sessions, today, diary)
    held = {booking.session_id for booking in bookings}
    visitors = [members[email] for _, email in SIGN_INS if email in members]
    last_places = find_last_places(sessions, today, held, visitors, diary)
    cancel_one(sessions, today, held | {row.pk for row in last_places})
    for visitor in visitors:  # So that whoever signs in can have one, within their five days.
        diary.limits[visitor.user_id] = HALF_DAYS_OF_WHO_SIGNS_IN
        for session in last_places:
            diary.keep_free(visitor, session)
    waiting, sam_waits = 0, False
    for number, session in enumerate(sessions):
        wanted = places_to_fill(session, number, today, chance)
        if session in last_places:
            wanted = session.capacity - 1
        people = chance.sample(list(members.values()), len(members))
        must_fill = session.state == SessionState.CANCELLED or wanted >= session.capacity - 1
        coming = [
            member
            for member in people
            if diary.is_free(member, session)
            and (diary.fits(member, session) or (must_fill and member not in visitors))
        ]
        coming = coming[: wanted - (session.pk in held)]
        for member in coming:
            diary.put(member, session)
            bookings.append(booking_of(member, session, state_of(session, today, chance)))
        if wanted == session.capacity and session.starts_on > today:
            others = (row for row in people if row not in coming)
            queue = [row for row in others if row.user_id != session.trainer_id][: 2 + waiting % 3]
            if not sam_waits and session.pk not in held and diary.is_free(sam, session):
                queue, sam_waits = [*queue, sam], True
            bookings += [wait_of(member, session, queue.index(member) + 1) for member in queue]
            waiting += 1
    bookings += changes_of_mind(sessions, bookings, members, today, chance)
    number_places(bookings)
    date_bookings(bookings, today, chance)
    Booking.objects.bulk_create(bookings)
    tell_the_planner()
    leave_answers_open(today, sam, diary)


def tell_the_planner():
    """Have Postgres count what was just stored: it plans what follows for the tables as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE accounts_user, organisation_staffmember, training_course, training_session, training_booking"
        )


def book_sam(sam, sessions, today, diary):
    """Give Sam exactly three of the five days, and one piece of mandatory training on top."""
    first, last = leave_year(today)
    days = [
        session
        for session in sessions
        if first <= session.starts_on <= last
        and session.half_days == 2
        and session.course.counts_towards_five
    ]
    past = [session for session in days if session.starts_on < today - timedelta(days=7)]
    ahead = [session for session in days if session.starts_on > today + timedelta(days=14)]
    wanted = DAYS_ATTENDED_BY_SAM if ahead else DAYS_OF_SAM
    chosen = put_while_free(sam, past[::-1], wanted, diary)[::-1]
    chosen += put_while_free(sam, ahead, DAYS_OF_SAM - len(chosen), diary)
    mandatory = [
        session
        for session in sessions
        if session.course.is_mandatory and session.starts_on < today - timedelta(days=7)
    ]
    # What must be done every year is due again before long.
    mandatory.sort(key=lambda row: (row.course.refresher_months, row.starts_at))
    chosen += put_while_free(sam, mandatory, 1, diary)
    return [
        booking_of(
            sam,
            session,
            BookingState.ATTENDED if session.starts_on < today else BookingState.BOOKED,
        )
        for session in chosen
    ]


def put_while_free(member, sessions, number, diary):
    """Put the first so many of some sessions, none at the time of another, and return them."""
    found = []
    for session in sessions:
        if len(found) < number and diary.is_free(member, session):
            diary.put(member, session)
            found.append(session)
    return found


def find_last_places(sessions, today, held, visitors, diary):
    """Days of training some weeks ahead that Sam could take, and whoever else can sign in."""
    days = (
        session
        for number, session in enumerate(sessions)
        if session.starts_on > today + timedelta(days=16)
        and session.half_days == 2
        and session.course.counts_towards_five
        and number % FULL_ONE_IN
        and session.pk not in held
        and all(diary.is_free(visitor, session) for visitor in visitors)
    )
    return list(islice(days, LAST_PLACES))


def cancel_one(sessions, today, kept):
    """The trainer of one coming session is ill."""
    soon = today + timedelta(days=10)
    session = next(row for row in sessions if row.starts_on > soon and row.pk not in kept)
    session.state = SessionState.CANCELLED
    session.save(update_fields=["state"])


def places_to_fill(session, number, today, chance):
    """How many come. One coming session in nine is full; no other has just one place left."""
    if session.starts_on <= today:
        return round(session.capacity * chance.uniform(0.35, 0.85))
    if number % FULL_ONE_IN == 0 and session.state == SessionState.PLANNED:
        return session.capacity
    return min(round(session.capacity * chance.uniform(0.15, 0.75)), session.capacity - 2)


def state_of(session, today, chance):
    if session.state == SessionState.CANCELLED:
        return BookingState.CANCELLED_BY_SERVICE
    if session.starts_on > today - timedelta(days=5):
        return BookingState.BOOKED  # Still to come, or the trainer has not marked it yet.
    throw = chance.random()
    if throw < 0.06:
        return BookingState.NO_SHOW
    if throw < 0.1 and session.half_days > 1:
        return BookingState.PARTLY_ATTENDED
    return BookingState.ATTENDED


def booking_of(member, session, state):
    half_days = {
        BookingState.ATTENDED: session.half_days,
        BookingState.PARTLY_ATTENDED: session.half_days - 1,
        BookingState.NO_SHOW: 0,
    }
    return Booking(
        session=session,
        person=member.user,
        made_by=member.user,
        state=state,
        during=session.during,
        half_days_attended=half_days.get(state),
    )


def wait_of(member, session, position):
    """A wait that began at a place in the order. One in three would rather not be named."""
    booking = booking_of(member, session, BookingState.WAITING)
    booking.joined_at_position = position
    booking.may_be_named = position % 3 != 2
    return booking


def changes_of_mind(sessions, bookings, members, today, chance):
    """One person in some coming sessions had a place and gave it back."""
    on = {(booking.session_id, booking.person_id) for booking in bookings}
    gone = []
    for session in [row for row in sessions if row.starts_on > today][::4]:
        member = chance.choice(list(members.values()))
        if (session.pk, member.user_id) not in on:
            gone.append(booking_of(member, session, BookingState.CANCELLED_BY_PERSON))
    return gone


def number_places(bookings):
    numbers = {}
    for booking in bookings:
        if booking.state in PLACE_HOLDING_STATES:
            numbers[booking.session_id] = numbers.get(booking.session_id, 0) + 1
            booking.place_number = numbers[booking.session_id]


def date_bookings(bookings, today, chance):
    """Nobody booked later than today, and nobody after the session."""
    for booking in bookings:
        latest = min(booking.session.starts_on, today)
        booking.made_at = at(latest - timedelta(days=chance.randint(2, 50)), time(12, 15))
        if booking.state == BookingState.WAITING:
            booking.waiting_since = booking.made_at
        if booking.is_over:
            booking.ended_at = booking.made_at + timedelta(days=1)
            cancelled = booking.state == BookingState.CANCELLED_BY_SERVICE
            booking.end_reason = (
                EndReason.SESSION_CANCELLED if cancelled else EndReason.CHANGED_PLANS
            )
