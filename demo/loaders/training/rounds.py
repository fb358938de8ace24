"""Two fair rounds for a course that everybody wants: one takes requests, one has given its places."""

from datetime import time, timedelta
from decimal import Decimal

from django.conf import settings

from accounts.models import User
from demo.loaders.training.calendar import at, working_day
from demo.sign_ins import SIGN_INS
from organisation.models import StaffMember
from training.actions.rounds import keep_positions
from training.models import (
    Approval,
    Booking,
    Course,
    CourseFormat,
    FairRound,
    RoundLine,
    Session,
    Topic,
)
from training.queries import drawn_lines, hash_of
from training.states import BookingState, RoundOutcome, RoundState

TITLE = "Forensic interviewing of young children"
# Whoever looks round the demo with this sign-in has a line of their own.
HAS_A_LINE = "social.worker@example.org"
PLACES, ASKED, ASKING = 4, 9, 5


def load_rounds(today):
    """Load a round that closes in five days, and one that gave its places yesterday."""
    course = Course.objects.create(
        title=TITLE,
        slug="forensic-interviewing-of-young-children",
        topic=Topic.SAFEGUARDING,
        summary="A day with two trainers, so only a few can come.",
        description="You practise with actors, and two trainers tell you what they see.",
        format=CourseFormat.IN_PERSON,
        days=Decimal("1.0"),
        counts_towards_five=False,
        approval=Approval.NEVER,
    )
    open_round = announced(course, today + timedelta(days=60), today - timedelta(days=2))
    sam = User.objects.get(email=HAS_A_LINE)
    given = announced(course, free_day(sam, today + timedelta(days=25)), today - timedelta(days=8))
    people = people_to_ask(open_round.session, given.session)
    for person in people[ASKED - 1 : ASKED - 1 + ASKING]:
        asked(open_round, person)
    give([asked(given, person) for person in people[:ASKED]], given)


def free_day(person, day):
    """The first working day from `day` on on which somebody has nothing."""
    day = working_day(day)
    while Booking.objects.current().filter(
        person=person, during__overlap=(at(day, time(0)), at(day, time(23)))
    ):
        day = working_day(day + timedelta(days=1))
    return day


def people_to_ask(*sessions):
    """The member of staff of the demo's sign-in first, then people with nothing at those times."""
    staff = StaffMember.objects.filter(role__needs_registration=True, left_on=None)
    staff = staff.exclude(user__email__in=[email for _, email in SIGN_INS])
    for session in sessions:
        busy = Booking.objects.current().filter(during__overlap=session.during)
        staff = staff.exclude(user__in=busy.values("person"))
    members = staff.select_related("user").order_by("pk")[: ASKED + ASKING]
    return [User.objects.get(email=HAS_A_LINE), *[member.user for member in members]]


def announced(course, on, opened):
    """A round of a week from nine o'clock on the day `opened`, for a session on a working day."""
    day = working_day(on)
    opens_at, closes_at = at(opened, time(9)), at(opened + timedelta(days=7), time(17))
    session = Session.objects.create(
        course=course,
        starts_at=at(day, time(9, 30)),
        ends_at=at(day, time(16, 30)),
        half_days=2,
        place_name="Winchester, Castle Hill training rooms",
        capacity=PLACES,
        requests_open_at=opens_at,
        requests_close_at=closes_at,
    )
    session.refresh_from_db(fields=["during"])
    seed = hash_of(f"{TITLE} {day}")
    return FairRound.objects.create(
        session=session,
        opens_at=opens_at,
        closes_at=closes_at,
        announced_at=opens_at - timedelta(days=1),
        announced_by=User.objects.get(email="officer@example.org"),
        points=settings.FAIR_ROUND_POINTS,
        seed=seed,
        seed_hash=hash_of(seed),
    )


def asked(fair_round, person):
    return Booking.objects.create(
        session=fair_round.session,
        person=person,
        made_by=person,
        state=BookingState.REQUESTED,
        during=fair_round.session.during,
        made_at=fair_round.opens_at + timedelta(hours=3),
    )


def give(bookings, fair_round):
    """Give the places of a round by its points and its draw, without the letters."""
    session, ended = fair_round.session, fair_round.closes_at + timedelta(minutes=1)
    lines = drawn_lines(bookings, fair_round)
    for line in lines:
        has_a_place = line.rank <= session.capacity
        line.outcome = RoundOutcome.PLACE if has_a_place else RoundOutcome.WAITING
        state = BookingState.BOOKED if has_a_place else BookingState.WAITING
        line.booking.place_number = line.rank if has_a_place else None
        line.booking.waiting_since = None if has_a_place else ended
        line.booking.state = state
        line.booking.save()
    RoundLine.objects.bulk_create(lines)
    Session.objects.filter(pk=session.pk).update(requests_open_at=None, requests_close_at=None)
    fair_round.state, fair_round.places = RoundState.SETTLED, session.capacity
    fair_round.ended_at = ended
    fair_round.save()
    keep_positions(session)
