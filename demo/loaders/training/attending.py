"""A session that is on today, who signed in to past ones, what they said, and the beginnings of a CPD record."""

from datetime import time, timedelta
from decimal import Decimal

from accounts.models import User
from demo.loaders.training.calendar import at, busy_at
from training.models import (
    Booking,
    Course,
    CourseFormat,
    CPDKind,
    CPDPiece,
    Evaluation,
    PeerRole,
    Presence,
    Session,
    Topic,
    Way,
)
from training.models.attendance import parts_of
from training.states import WAS_THERE, BookingState

SAM, TRAINER, OFFICER = "social.worker@example.org", "trainer@example.org", "officer@example.org"
COMES_TODAY = [SAM, "graduate@example.org", "educator@example.org", "panel@example.org"]
SAID = [
    (5, "I will ask the child first, before I read the file.", "More time for the role play."),
    (4, "I write my plan with the family at the table.", ""),
    (4, "Start each visit with what goes well.", "A bigger room."),
    (3, "", "Send the reading a week earlier."),
    (5, "I will ring the school on the same day.", ""),
    (4, "I will use the three questions in supervision.", "Keep the actors!"),
]


def load(today):
    """Load what people see before, during and after a session."""
    open_a_session_today(today)
    for booking in Booking.objects.filter(state__in=WAS_THERE).select_related("session"):
        note_half_days(booking)
    say_how_it_was(today)
    begin_a_record(today)


def open_a_session_today(today):
    """A drop-in that goes on all day, so that its code can be shown and typed at any time."""
    course = Course.objects.create(
        title="Drop-in: ask workforce development",
        slug="drop-in-ask-workforce-development",
        topic=Topic.THE_JOB,
        summary="Come with any question about your development.",
        description="Come and go as you like. Somebody is there all day.",
        format=CourseFormat.ONLINE,
        counts_towards_five=False,
        is_offered=False,
        days=Decimal("1"),
    )
    begins, ends = at(today, time(0, 1)), at(today, time(23, 59))
    session = Session.objects.create(
        course=course,
        starts_at=begins,
        ends_at=ends,
        half_days=2,
        online_link="https://meet.example.org/drop-in",
        capacity=20,
    )
    session.refresh_from_db()
    free = User.objects.exclude(pk__in=busy_at(session))
    session.trainer = free.filter(email=TRAINER).first() or User.objects.get(email=OFFICER)
    session.save(update_fields=["trainer"])
    people = free.filter(email__in=COMES_TODAY)
    for number, person in enumerate(people.order_by("pk"), start=1):
        Booking.objects.create(
            session=session,
            person=person,
            made_by=person,
            state=BookingState.BOOKED,
            place_number=number,
            during=session.during,
        )


def note_half_days(booking):
    """Note the half days that somebody attended, as if they had signed in as each began."""
    parts = parts_of(booking.session)[: booking.half_days_attended]
    Presence.objects.bulk_create(
        Presence(
            booking=booking,
            on=part.half_day.on,
            half=part.half_day.half,
            way=Way.CODE,
            at=max(part.opens_at, booking.session.starts_at),
            noted_by=booking.person,
        )
        for part in parts
    )


def say_how_it_was(today):
    """Enough people have answered about one session of the trainer's, too few about another."""
    past = Session.objects.planned().filter(trainer__email=TRAINER, ends_at__lt=at(today, time(0)))
    answers = [SAID, SAID[:2]]
    for session in past.order_by("-starts_at"):
        there = session.bookings.filter(state__in=WAS_THERE).exclude(person__email=SAM)
        if answers and there.count() >= len(answers[0]):
            for booking, said in zip(there.order_by("pk"), answers.pop(0), strict=False):
                given = session.ends_at + timedelta(days=1)
                useful, differently, change = said
                Evaluation.objects.create(
                    booking=booking,
                    useful=useful,
                    do_differently=differently,
                    to_change=change,
                    given_at=given,
                    changed_at=given,
                )


def begin_a_record(today):
    """Sam has one complete piece of this registration year, and has not discussed any with a peer."""
    sam = User.objects.get(email=SAM)
    day = today - timedelta(days=9)
    CPDPiece.objects.create(
        person=sam,
        kind=CPDKind.READING,
        done_on=day,
        title="A report on how children say what they need",
        about="I read a national report on listening to children under five. Most of my families "
        "have one.",
        learned="Small children tell more in play than in answers. I asked too many questions.",
        impact="I now bring paper and pens, and write down what the child does as well as says.",
        changed_at=at(day, time(16)),
    )
    CPDPiece.objects.create(
        person=sam,
        kind=CPDKind.SUPERVISION,
        done_on=today - timedelta(days=3),
        title="Supervision about a hard first visit",
        about="We went through a first visit that had gone wrong.",
        peer_role=PeerRole.SUPERVISOR,
        peer_on=today - timedelta(days=3),
        changed_at=at(today - timedelta(days=3), time(12)),
    )
