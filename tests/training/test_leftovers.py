"""What leavers leave behind: nominations that wait, and sessions they were to lead."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from notifications.models import Message
from tests.factories.accounts import HRAdminFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.training import (
    BookingFactory,
    IntakeFactory,
    NominationFactory,
    SessionFactory,
    officer,
    staff_user,
)
from training.actions import (
    change_session,
    follow_nominations,
    tell_of_sessions_without_their_trainer,
)
from training.attention import places_that_officers_decide, sessions_to_decide_about
from training.states import BookingState, NominationState
from training.tasks import tell_of_sessions_whose_trainer_left

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


def leaver(**fields):
    return StaffMemberFactory(left_on=date(2030, 1, 6), **fields).user


@pytest.mark.parametrize("target", ["session", "intake"])
def test_a_leavers_nomination_is_taken_back_and_everybody_is_told(target):
    targets = {"session": SessionFactory, "intake": IntakeFactory}
    nomination = NominationFactory(nominee=leaver(), **{"session": None, target: targets[target]()})
    stays = NominationFactory()

    for _ in range(2):
        follow_nominations(at=NOW)

    nomination.refresh_from_db()
    stays.refresh_from_db()
    assert (nomination.state, nomination.decided_by, nomination.decided_at) == (
        NominationState.WITHDRAWN,
        None,
        NOW,
    )
    assert stays.state == NominationState.AWAITING_DECISION
    told = Message.objects.values_list("to", flat=True)
    assert sorted(told) == sorted(
        [settings.NOMINATIONS_MAILBOX, nomination.nominated_by.email, nomination.nominee.email]
    )


def test_who_leaves_today_is_not_gone_yet():
    member = StaffMemberFactory(left_on=NOW.date())
    nomination = NominationFactory(nominee=member.user)

    follow_nominations(at=NOW)

    nomination.refresh_from_db()
    assert nomination.state == NominationState.AWAITING_DECISION


def test_officers_are_told_once_of_a_session_whose_trainer_left(client):
    by = officer()
    client.force_login(by)
    session = SessionFactory(trainer=leaver(user__full_name="Ann Dow"))
    SessionFactory(trainer=staff_user())
    SessionFactory(trainer=leaver(), starts_at=NOW - timedelta(days=3))

    for _ in range(2):
        tell_of_sessions_whose_trainer_left()

    message = Message.objects.get()
    assert (message.to, message.context["trainer"]) == (settings.NOMINATIONS_MAILBOX, "Ann Dow")
    assert sessions_to_decide_about(by)[1].count == 1
    address = reverse("admin:training_session_changelist")
    assert list(client.get(address, {"needs": "trainer"}).context["cl"].result_list) == [session]
    change_session(session=session, by=by, trainer=None)
    assert sessions_to_decide_about(by)[1].count == 0


def test_telling_again_puts_nothing_in_the_outbox():
    SessionFactory(trainer=leaver())
    for _ in range(2):
        tell_of_sessions_without_their_trainer(at=NOW)

    assert Message.objects.count() == 1


def test_officers_find_what_managers_did_not_answer(client):
    by = officer()
    client.force_login(by)
    held = {"state": BookingState.HELD, "answer_by": NOW}
    BookingFactory(**held, escalated_at=NOW)
    BookingFactory(**held)

    (item,) = places_that_officers_decide(by)
    assert (item.count, item.url) == (1, reverse("training:waiting-for-me"))
    assert item.text == "held place that its manager has not answered for"
    assert item.url in client.get(reverse("admin:training_booking_changelist")).content.decode()
    (item,) = places_that_officers_decide(HRAdminFactory())
    assert item.url == f"{reverse('admin:training_booking_changelist')}?state__exact=held"
    assert places_that_officers_decide(staff_user()) == []
