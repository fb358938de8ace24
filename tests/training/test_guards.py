"""The invariants, what is left of an erased person, and the demo that must keep both."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from accounts.models import User
from accounts.registries import invariants, privacy
from demo.loaders import organisation
from demo.loaders import training as demo_training
from notifications.models import Message
from tests.factories.training import (
    BookingFactory,
    IntakeFactory,
    NominationFactory,
    SessionFactory,
    officer,
)
from training import invariants as of_training
from training.models import (
    Booking,
    Course,
    Intake,
    Nomination,
    Override,
    ProgrammeVersion,
    Session,
    SwapProposal,
)
from training.queries import five_days, intakes_to_join
from training.states import BookingState, EndReason, NominationState, SessionState

pytestmark = pytest.mark.django_db


def violations():
    found = [check for check in invariants if check.__module__ == of_training.__name__]
    return [sentence for check in found for sentence in check()]


def without(constraint):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f'ALTER TABLE training_booking DROP CONSTRAINT IF EXISTS "{constraint}"')
        cursor.execute(f'DROP INDEX IF EXISTS "{constraint}"')


def test_nothing_is_wrong_with_what_is_right():
    BookingFactory()
    NominationFactory()

    assert violations() == []


def test_too_many_people_in_a_session_are_seen():
    session = SessionFactory(capacity=2)
    for _ in range(2):
        BookingFactory(session=session)
    Session.objects.update(capacity=1)

    assert violations() == [f"Session {session.pk} has 2 people in 1 places."]


def test_somebody_twice_on_a_session_is_seen():
    booking = BookingFactory(state=BookingState.WAITING)
    without("one_current_booking_per_session_and_person")
    BookingFactory(session=booking.session, person=booking.person, state=BookingState.WAITING)

    assert violations() == [
        f"Person {booking.person_id} is on session {booking.session_id} 2 times."
    ]


def test_a_booking_at_other_times_than_its_session_is_seen():
    booking = BookingFactory()
    start = booking.session.starts_at
    Booking.objects.update(during=DateTimeTZRange(start, start + timedelta(hours=1)))

    assert violations() == [
        f"Booking {booking.pk} is not at the times of session {booking.session_id}."
    ]


def test_somebody_coming_to_a_cancelled_session_is_seen():
    booking = BookingFactory()
    Session.objects.update(state=SessionState.CANCELLED)

    assert violations() == [f"Booking {booking.pk} is for a cancelled session."]


def test_an_intake_over_its_places_is_seen():
    intake = IntakeFactory(places=1)
    decided = {"decided_by": officer(), "decided_at": timezone.now()}
    for _ in range(2):
        NominationFactory(session=None, intake=intake, state=NominationState.ENROLLED, **decided)

    assert violations() == [f"Intake {intake.pk} has 2 people in 1 places."]


def test_a_decision_about_oneself_is_seen():
    by = officer()
    nomination = NominationFactory(
        nominee=by, state=NominationState.DECLINED, decided_by=by, decided_at=timezone.now()
    )

    assert violations() == [f"Nomination {nomination.pk} was decided by the nominee."]


def test_two_versions_of_a_scheme_at_once_are_seen():
    current = IntakeFactory().version
    other = ProgrammeVersion.objects.create(
        scheme=current.scheme,
        name="Another",
        length_months=12,
        starts_on=current.starts_on + timedelta(days=1),
        ends_on=current.starts_on + timedelta(days=30),
        summary="One year.",
        source="An article",
    )

    assert violations() == [f"Programme versions {current.pk} and {other.pk} overlap."]


def test_an_erased_person_leaves_no_reason_behind_even_in_the_history():
    nomination = NominationFactory(reason="She has been through a lot.")

    blanked = privacy[Nomination].eraser(nomination.nominee)

    nomination.refresh_from_db()
    assert (blanked, nomination.reason) == (1, "")
    history = Nomination.pgh_event_model.objects.filter(pgh_obj=nomination)
    assert set(history.values_list("reason", flat=True)) == {""}


def test_what_managers_said_about_an_erased_persons_places_is_blanked_too():
    words = {"end_reason": EndReason.NOT_APPROVED, "reason": "She is needed in court."}
    booking = BookingFactory(state=BookingState.DECLINED, **words)
    by = officer()
    Override.objects.create(booking=booking, kind="cover", reason="She has to.", made_by=by)

    assert privacy[Booking].eraser(booking.person) == 1

    history = Booking.pgh_event_model.objects.filter(pgh_obj=booking)
    kept = [Booking.objects, Override.objects, history]
    assert [set(rows.values_list("reason", flat=True)) for rows in kept] == [{""}, {""}, {""}]


# --- The demo --------------------------------------------------------------------------------------


@pytest.fixture
def load(db):
    """Load the people and the training of the demo as on a day of the year."""
    call_command("load_reference_data", verbosity=0)

    def load(today):
        organisation.load(today)
        demo_training.load(today)

    return load


@pytest.mark.parametrize(
    "today",
    [
        date(2026, 9, 5),  # A Saturday.
        date(2026, 11, 21),
        date(2027, 3, 30),  # The year is nearly over.
        date(2027, 4, 1),  # It has just begun.
        date(2028, 2, 29),
    ],
)
def test_the_demo_keeps_its_promises_on_any_day(load, today):
    now = timezone.make_aware(timezone.datetime.combine(today, timezone.datetime.min.time()))
    with time_machine.travel(now, tick=False):
        load(today)
        load(today)  # Again, which changes nothing.
        keeps_its_promises(today, now)


def keeps_its_promises(today, now):
    ahead = Session.objects.upcoming(now).with_places()
    sam = User.objects.get(email="social.worker@example.org")
    coming = list(intakes_to_join(today))
    # Forty courses with 150 sessions, the three workshops at weekends, and what is on today.
    assert (Course.objects.count(), Session.objects.count()) == (45, 156)
    assert violations() == []
    assert five_days(sam, today).used == 3
    assert [session.places_left for session in ahead if session.places_left == 1] == [1, 1]
    assert Booking.objects.filter(state=BookingState.WAITING).count() > 5
    assert Nomination.objects.awaiting_decision().count() == 7
    assert len({(row.starts_on.year, row.starts_on.month) for row in coming}) == 4
    assert {row.starts_on.month for row in coming} == {1, 4, 7, 10}
    assert Intake.objects.values("version").distinct().count() == 2
    assert Message.objects.count() == 0
    for state in (BookingState.HELD, BookingState.OFFERED, BookingState.DECLINED):
        assert Booking.objects.filter(state=state).exists()
    assert SwapProposal.objects.open(now).filter(waiting__person=sam).count() == 1
