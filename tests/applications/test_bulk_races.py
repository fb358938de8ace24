"""Bulk actions, messages and reminders by two at once, with real threads and a real database."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from applications.actions import (
    begin_bulk,
    carry_out_bulk,
    choose_applications,
    describe_bulk,
    hold_on_to_applicants,
    move_application,
    send_message,
)
from applications.models import Application, ApplicationMessage, ApplicationMove, BulkAction, Chaser
from applications.states import ApplicationState as S
from applications.states import BulkKind, BulkState
from notifications.models import Message
from tests.applications.test_races import at_once
from tests.factories.accounts import HRAdminFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.vacancies import ClosedVacancyFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer():
    return HRAdminFactory()


def prepared(officer, number=6):
    vacancy = ClosedVacancyFactory()
    for _ in range(number):
        SentApplicationFactory(vacancy=vacancy, answers=False)
    bulk = choose_applications(applications=Application.objects.all(), by=officer)
    return describe_bulk(
        bulk=bulk, kind=BulkKind.MOVE, to_state=S.UNSUCCESSFUL, words="Others had more.", by=officer
    )


def test_confirming_twice_at_once_begins_it_once(officer):
    bulk = prepared(officer)
    key = bulk.one_time_key

    def confirm():
        begun = begin_bulk(bulk=bulk, one_time_key=key, by=officer)
        carry_out_bulk(bulk=begun)

    assert at_once(confirm, confirm, confirm) == [None] * 3
    assert BulkAction.objects.get().state == BulkState.DONE
    assert ApplicationMove.objects.filter(to_state=S.UNSUCCESSFUL).count() == 6
    assert Message.objects.count() == 6


def test_two_workers_share_one_bulk_action(officer):
    bulk = prepared(officer)
    bulk = begin_bulk(bulk=bulk, one_time_key=bulk.one_time_key, by=officer)

    def work():
        carry_out_bulk(bulk=bulk)

    assert at_once(work, work) == [None] * 2
    work()
    bulk.refresh_from_db()
    assert (bulk.state, bulk.counts()["done"]) == (BulkState.DONE, 6)
    assert (ApplicationMove.objects.filter(to_state=S.UNSUCCESSFUL).count()) == 6


def test_a_colleague_who_moves_one_meanwhile_has_moved_it_once(officer):
    bulk = prepared(officer, number=1)
    bulk = begin_bulk(bulk=bulk, one_time_key=bulk.one_time_key, by=officer)
    application, colleague = Application.objects.get(), HRAdminFactory()

    at_once(
        lambda: carry_out_bulk(bulk=bulk),
        lambda: move_application(
            application=application, to_state=S.UNSUCCESSFUL, by=colleague, words="No."
        ),
    )

    assert ApplicationMove.objects.filter(to_state=S.UNSUCCESSFUL).count() == 1
    assert Message.objects.count() == 1


def test_sending_one_message_twice_at_once_sends_it_once(officer):
    application, key = SentApplicationFactory(answers=False), uuid.uuid4()

    def send():
        return send_message(
            application=application, subject="News", words="Wait.", one_time_key=key, by=officer
        ).pk

    assert len(set(at_once(send, send, send))) == 1
    assert (ApplicationMessage.objects.count(), Message.objects.count()) == (1, 1)


def test_two_runs_of_the_reminders_at_once_remind_once():
    long_ago = timezone.now() - timedelta(days=60)
    application = SentApplicationFactory(
        vacancy=ClosedVacancyFactory(closed_at=long_ago), state=S.SHORTLISTING, answers=False
    )
    application.moves.update(moved_at=long_ago)
    wednesday = timezone.localdate()
    wednesday += timedelta(days=(2 - wednesday.weekday()) % 7)

    def run():
        return hold_on_to_applicants(on=wednesday)

    assert sorted(at_once(run, run)) == [0, 1]
    assert (Chaser.objects.count(), Message.objects.count()) == (1, 1)
