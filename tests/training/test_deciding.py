"""Sessions that need so many people: somebody is asked once, and decides. Nothing is cancelled by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from notifications.models import Message
from tests.factories.training import BookingFactory, SessionFactory, officer, staff_user
from training.actions import (
    ask_about_sessions_to_decide,
    change_session,
    put_off_decision,
    run_session_anyway,
)
from training.attention import sessions_to_decide_about
from training.exceptions import DecisionPutOffBadly, NothingToDecide
from training.models import Session
from training.states import BookingState, SessionState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
TODAY = date(2030, 1, 7)


@pytest.fixture
def session():
    return SessionFactory(
        starts_at=NOW + timedelta(days=14), minimum_people=3, decide_on=TODAY, capacity=6
    )


def ask():
    ask_about_sessions_to_decide(at=NOW)
    return list(Message.objects.filter(template="training/emails/session_to_decide"))


def test_the_mailbox_is_asked_once_what_stands(session):
    BookingFactory(session=session)
    BookingFactory(session=session, state=BookingState.WAITING)

    ask()
    (message,) = ask()

    assert message.to == settings.NOMINATIONS_MAILBOX
    facts = message.context
    assert (facts["booked"], facts["minimum"], facts["others"]) == (1, 3, "1 waiting")
    assert Session.objects.get().state == SessionState.PLANNED


def test_who_planned_it_is_asked_while_they_may_decide(session, by):
    Session.objects.update(planned_by=by)

    (message,) = ask()

    assert message.to == by.email


def test_who_planned_it_and_left_is_not_asked(session):
    gone = officer()
    gone.staff_member.left_on = TODAY - timedelta(days=1)
    gone.staff_member.save()
    Session.objects.update(planned_by=gone)

    (message,) = ask()

    assert message.to == settings.NOMINATIONS_MAILBOX


@pytest.mark.parametrize(
    "changes",
    [
        {"minimum_people": None, "decide_on": None},
        {"decide_on": TODAY + timedelta(days=1)},
        {"goes_ahead_at": NOW},
        {"state": SessionState.CANCELLED},
        {"starts_at": NOW - timedelta(hours=1)},
        {"minimum_people": 1},
    ],
)
def test_nobody_is_asked_when_there_is_nothing_to_decide(session, changes):
    BookingFactory(session=session)
    Session.objects.update(**changes)

    assert ask() == []
    with pytest.raises(NothingToDecide):
        run_session_anyway(session=session, by=officer())


def test_running_it_anyway_settles_it(client, session, by):
    address = reverse("admin:training_session_decide", args=[session.pk])
    assert client.get(address).context["is_to_decide"]
    assert sessions_to_decide_about(by)[0].count == 1

    client.post(address, {"run": "1"})

    assert Session.objects.get().goes_ahead_at == NOW
    assert sessions_to_decide_about(by)[0].count == 0
    assert ask() == []
    shown = client.post(address, {"run": "1"}, follow=True)
    assert "nothing to decide any more" in shown.content.decode()


def test_putting_it_off_asks_again_on_that_day(client, session, by):
    ask()
    address = reverse("admin:training_session_decide", args=[session.pk])

    client.post(address, {"later": "1", "decide_on": "2030-01-10"})

    assert len(ask()) == 1
    with time_machine.travel(NOW + timedelta(days=3)):
        ask_about_sessions_to_decide(at=NOW + timedelta(days=3))
    assert Message.objects.count() == 2


@pytest.mark.parametrize("day", ["2030-01-07", "2030-01-21", "2030-02-30", ""])
def test_it_is_put_off_to_a_day_between(client, session, by, day):
    address = reverse("admin:training_session_decide", args=[session.pk])

    page = client.post(address, {"later": "1", "decide_on": day})

    assert list(page.context["form"].errors) == ["decide_on"]
    assert Session.objects.get().decide_on == TODAY


def test_put_off_decision_refuses_today(session):
    with pytest.raises(DecisionPutOffBadly):
        put_off_decision(session=session, decide_on=TODAY, by=officer())


def test_only_planners_decide(session):
    with pytest.raises(PermissionDenied):
        run_session_anyway(session=session, by=staff_user())


def test_another_minimum_asks_anew(session, by):
    run_session_anyway(session=session, by=by)

    change_session(session=session, by=by, minimum_people=4)

    assert len(ask()) == 1


def test_the_list_shows_what_is_to_be_decided(client, session, by):
    SessionFactory()
    address = reverse("admin:training_session_changelist")

    assert list(client.get(address, {"needs": "decision"}).context["cl"].result_list) == [session]
