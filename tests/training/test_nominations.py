import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from icalendar import Calendar

from notifications.models import Message
from tests.factories.accounts import HRAdminFactory
from tests.factories.organisation import StaffMemberFactory, TeamFactory
from tests.factories.training import (
    IntakeFactory,
    NominationFactory,
    SessionFactory,
    officer,
    staff_user,
)
from training.actions import (
    decline_nomination,
    enrol_nomination,
    nominate,
    put_self_forward,
    withdraw_nomination,
)
from training.exceptions import (
    AlreadyNominated,
    NominationDecided,
    NominationsClosed,
)
from training.models import Booking, Nomination
from training.rules import can_decide_nomination, can_nominate
from training.states import BookingState, NominationState, SessionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return StaffMemberFactory(user__full_name="Maggie Thornhill")


@pytest.fixture
def report(manager):
    return StaffMemberFactory(line_manager=manager, user__full_name="Sam Okafor").user


def told(template):
    """Who was told with this template, and as whom."""
    found = Message.objects.filter(template=f"training/emails/{template}").order_by("pk")
    return [(message.to, message.context["reader"]) for message in found]


def test_nominate_tells_the_nominee_the_manager_and_the_mailbox(manager, report):
    nomination = nominate(
        nominee=report, by=manager.user, reason="He asked twice.", session=SessionFactory()
    )

    assert nomination.state == NominationState.AWAITING_DECISION
    assert told("nomination_made") == [
        (report.email, "nominee"),
        (manager.user.email, "manager"),
        (settings.NOMINATIONS_MAILBOX, "mailbox"),
    ]


def test_nobody_gets_two_messages_of_one_step(manager, report, settings):
    settings.NOMINATIONS_MAILBOX = manager.user.email

    nominate(nominee=report, by=manager.user, reason="He asked.", intake=IntakeFactory())

    assert told("nomination_made") == [(report.email, "nominee"), (manager.user.email, "manager")]


def test_the_manager_of_a_team_may_nominate_its_members():
    head = StaffMemberFactory()
    team = TeamFactory(manager=head)
    member = StaffMemberFactory(team=team)

    assert can_nominate(head.user, member.user, date(2030, 1, 1))


def test_others_may_not_nominate(manager, report):
    leaver = StaffMemberFactory(line_manager=manager, left_on=date(2029, 12, 31)).user
    today = date(2030, 1, 1)

    assert can_nominate(manager.user, report, today)
    assert not can_nominate(staff_user(), report, today)
    assert not can_nominate(report, manager.user, today)
    assert not can_nominate(manager.user, manager.user, today)
    assert not can_nominate(manager.user, leaver, today)
    with pytest.raises(PermissionDenied):
        nominate(nominee=report, by=staff_user(), reason="Why not", session=SessionFactory())


def test_the_same_key_nominates_once(manager, report):
    key = uuid.uuid4()
    intake = IntakeFactory()

    made = [
        nominate(nominee=report, by=manager.user, reason="Yes", intake=intake, one_time_key=key)
        for _ in range(2)
    ]

    assert made[0] == made[1]
    assert Message.objects.count() == 3


def test_a_person_is_nominated_once_for_the_same_thing(manager, report):
    intake = IntakeFactory()
    nominate(nominee=report, by=manager.user, reason="Yes", intake=intake)

    with pytest.raises(AlreadyNominated):
        nominate(nominee=report, by=manager.user, reason="Yes again", intake=intake)
    with (
        pytest.raises(IntegrityError, match="one_current_nomination_per_intake"),
        transaction.atomic(),
    ):
        NominationFactory(nominee=report, session=None, intake=intake)


def test_database_wants_a_session_or_an_intake_and_not_both():
    for fields in ({"session": None}, {"intake": IntakeFactory()}):
        with pytest.raises(IntegrityError, match="for_one_thing"), transaction.atomic():
            NominationFactory(**fields)


def test_nominations_close_with_the_last_day(manager, report):
    intake = IntakeFactory()

    with (
        time_machine.travel(intake.closes_on + timedelta(days=1)),
        pytest.raises(NominationsClosed),
    ):
        nominate(nominee=report, by=manager.user, reason="Late", intake=intake)
    with time_machine.travel(intake.closes_on):
        nominate(nominee=report, by=manager.user, reason="In time", intake=intake)


def test_nobody_is_nominated_for_a_cancelled_session(manager, report):
    session = SessionFactory(state=SessionState.CANCELLED)

    with pytest.raises(NominationsClosed):
        nominate(nominee=report, by=manager.user, reason="Yes", session=session)


def test_enrolling_for_a_session_books_the_place_and_sends_its_calendar_file_once(manager, report):
    session = SessionFactory()
    nomination = nominate(nominee=report, by=manager.user, reason="Yes", session=session)

    enrolled = enrol_nomination(nomination=nomination, by=officer())

    booking = Booking.objects.get(person=report, session=session)
    assert (enrolled.state, booking.state) == (NominationState.ENROLLED, BookingState.BOOKED)
    assert told("nomination_enrolled") == [
        (report.email, "nominee"),
        (manager.user.email, "manager"),
        (settings.NOMINATIONS_MAILBOX, "mailbox"),
    ]
    assert not Message.objects.filter(template="training/emails/place_booked").exists()
    files = [
        bytes(file.content)
        for message in Message.objects.filter(to=report.email)
        for file in message.attachments.all()
    ]
    assert [Calendar.from_ical(file)["METHOD"] for file in files] == ["REQUEST"]


def test_declining_gives_the_reason_to_all_three(manager, report):
    nomination = nominate(nominee=report, by=manager.user, reason="Yes", intake=IntakeFactory())

    declined = decline_nomination(nomination=nomination, by=officer(), reason="It is full.")

    assert (declined.state, declined.decision_reason) == (NominationState.DECLINED, "It is full.")
    reasons = Message.objects.filter(template="training/emails/nomination_declined")
    assert [message.context["decision_reason"] for message in reasons] == ["It is full."] * 3


def test_who_decides():
    nomination = NominationFactory()
    by = officer()

    assert can_decide_nomination(by, nomination)
    assert can_decide_nomination(HRAdminFactory(), nomination)
    assert not can_decide_nomination(nomination.nominated_by, nomination)
    assert not can_decide_nomination(by, NominationFactory(nominee=by))


@pytest.mark.parametrize("decide", [enrol_nomination, withdraw_nomination])
def test_strangers_decide_nothing(decide):
    with pytest.raises(PermissionDenied):
        decide(nomination=NominationFactory(), by=staff_user())


def test_what_is_decided_stays_decided():
    nomination = NominationFactory()
    by = officer()
    enrol_nomination(nomination=nomination, by=by)

    with pytest.raises(NominationDecided):
        decline_nomination(nomination=nomination, by=by, reason="No")


def test_whoever_nominated_may_take_it_back_and_nominate_again(manager, report):
    intake = IntakeFactory()
    nomination = nominate(nominee=report, by=manager.user, reason="Yes", intake=intake)

    withdraw_nomination(nomination=nomination, by=manager.user)
    nominate(nominee=report, by=manager.user, reason="Yes after all", intake=intake)

    assert Nomination.objects.current().count() == 1


def test_a_graduate_puts_themselves_forward_and_their_manager_is_told(manager, report):
    intake = IntakeFactory()
    intake.version.open_to.set([report.staff_member.role])

    nomination = put_self_forward(person=report, intake=intake, reason="I qualify in June.")

    assert nomination.is_own
    assert told("nomination_made") == [
        (report.email, "nominee"),
        (manager.user.email, "manager"),
        (settings.NOMINATIONS_MAILBOX, "mailbox"),
    ]


def test_other_roles_may_not_put_themselves_forward(report):
    with pytest.raises(PermissionDenied):
        put_self_forward(person=report, intake=IntakeFactory(), reason="Me too")
