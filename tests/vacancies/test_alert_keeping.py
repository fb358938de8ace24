"""Alerts that nobody confirms, wants or receives any more."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import erase_person
from accounts.models import AuditEvent
from notifications.models import Message, SuppressedAddress
from notifications.states import MessageState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.alerts import (
    AlertFactory,
    AwaitingAlertFactory,
    SubscriberFactory,
    search_for,
)
from tests.factories.notifications import MessageFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory
from vacancies.actions import (
    ask_whether_alerts_are_wanted,
    delete_alerts_past_their_time,
    end_alert,
    end_alerts_that_bounce,
    run_alerts,
)
from vacancies.invariants import alerts_are_not_due_for_days
from vacancies.models import Alert, AlertedVacancy, AlertMail, Subscriber
from vacancies.states import ALERT_TRANSITIONS, AlertState

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 11, 12, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOON, tick=False)
    return NOON


def states():
    return list(Alert.objects.order_by("pk").values_list("state", flat=True))


def ago(**period):
    return NOON - timedelta(**period)


def test_only_the_ways_of_the_table_are_open():
    assert ALERT_TRANSITIONS == {
        AlertState.AWAITING_CONFIRMATION: {AlertState.ACTIVE, AlertState.ENDED},
        AlertState.ACTIVE: {AlertState.ENDED},
        AlertState.ENDED: set(),
    }


def test_what_nobody_confirmed_within_a_week_is_deleted_with_its_mailbox(now):
    AwaitingAlertFactory(
        created_at=ago(days=8), subscriber=SubscriberFactory(created_at=ago(days=9))
    )
    kept = AwaitingAlertFactory(created_at=ago(days=6))
    active = AlertFactory(created_at=ago(days=900))

    assert delete_alerts_past_their_time(now=now) == 1

    assert set(Alert.objects.values_list("pk", flat=True)) == {kept.pk, active.pk}
    assert Subscriber.objects.count() == 2


def test_ended_alerts_go_after_a_month_with_what_was_told(now):
    alert = AlertFactory(subscriber=SubscriberFactory(created_at=ago(days=60)))
    AlertedVacancy.objects.create(subscriber=alert.subscriber, vacancy=LiveVacancyFactory())
    end_alert(alert=alert)
    delete_alerts_past_their_time(now=now + timedelta(days=30))
    assert states() == [AlertState.ENDED]

    delete_alerts_past_their_time(now=now + timedelta(days=31))

    assert (Subscriber.objects.count(), AlertedVacancy.objects.count()) == (0, 0)


def test_what_was_told_is_kept_a_year_after_the_job_closed(now):
    subscriber = AlertFactory().subscriber
    long_ago, not_long_ago = ago(days=367).date(), ago(days=364).date()
    for closes_on in (long_ago, not_long_ago):
        vacancy = ClosedVacancyFactory(opens_on=closes_on - timedelta(days=9), closes_on=closes_on)
        AlertedVacancy.objects.create(subscriber=subscriber, vacancy=vacancy)
    AlertMail.objects.create(subscriber=subscriber, day=ago(days=32).date())

    delete_alerts_past_their_time(now=now)

    assert [row.vacancy.closes_on for row in AlertedVacancy.objects.all()] == [not_long_ago]
    assert AlertMail.objects.count() == 0


def test_after_a_year_we_ask_once_whether_alerts_are_still_wanted(now):
    old = AlertFactory(subscriber__wanted_at=ago(days=367)).subscriber
    AlertFactory(subscriber__wanted_at=ago(days=360))
    AwaitingAlertFactory(subscriber__wanted_at=ago(days=367))

    for hours in (0, 24, 48):
        ask_whether_alerts_are_wanted(now=now + timedelta(hours=hours))

    [message] = Message.objects.all()
    assert (message.to, message.template) == (old.email, "vacancies/emails/alerts_still_wanted")
    assert "keep_path" in message.secret_context


def test_the_question_is_the_mail_of_its_day_and_the_jobs_come_the_next(now):
    alert = AlertFactory(subscriber__wanted_at=ago(days=367))
    LiveVacancyFactory()

    ask_whether_alerts_are_wanted(now=now)
    run_alerts(now=now)
    assert Message.objects.count() == 1

    run_alerts(now=now + timedelta(days=1))
    assert list(Message.objects.order_by("pk").values_list("to", "template")) == [
        (alert.subscriber.email, "vacancies/emails/alerts_still_wanted"),
        (alert.subscriber.email, "vacancies/emails/new_vacancies"),
    ]


def test_who_says_yes_keeps_the_alerts_and_who_says_nothing_loses_them_a_month_later(now, client):
    keeps = AlertFactory(subscriber__wanted_at=ago(days=367)).subscriber
    AlertFactory(subscriber__wanted_at=ago(days=367))
    ask_whether_alerts_are_wanted(now=now)
    message = Message.objects.get(to=keeps.email)
    path = reverse("vacancies:alert-keep", args=["x"]).replace("x/", "")
    token = message.secret_context.split(path)[1].split("/")[0]
    page = client.get(f"{path}{token}/")
    assert "Do you still want these alerts?" in page.content.decode()
    client.post(f"{path}{token}/")

    ask_whether_alerts_are_wanted(now=now + timedelta(days=30))
    assert Subscriber.objects.count() == 2
    ask_whether_alerts_are_wanted(now=now + timedelta(days=31))

    assert Subscriber.objects.get() == keeps
    assert Subscriber.objects.get().wanted_at == now


def test_addresses_that_take_no_mail_have_their_alerts_ended(now):
    suppressed, refused, full, fine = (AlertFactory() for _ in range(4))
    SuppressedAddress.objects.create(address=suppressed.subscriber.email, reason="Bounced")
    failed = {"state": MessageState.FAILED, "created_at": now}
    MessageFactory(to=refused.subscriber.email.upper(), last_error="550 No such person", **failed)
    MessageFactory(to=full.subscriber.email, last_error="452 Mailbox full", **failed)
    MessageFactory(to=fine.subscriber.email, last_error="550 Typing error", **failed)
    Alert.objects.filter(pk=fine.pk).update(confirmed_at=now + timedelta(hours=1))

    end_alerts_that_bounce()

    assert states() == ["ended", "ended", "active", "active"]
    facts = AuditEvent.objects.filter(event="alert_ended").values_list("facts", flat=True)
    assert list(facts) == [{"why": "bounced"}] * 2


def test_erasing_a_person_deletes_the_alerts_of_their_mailbox():
    person = UserFactory(email="kit@example.org")
    AlertFactory(subscriber__email="kit@example.org")
    other = AlertFactory()

    erase_person(person=person, by=HRAdminFactory())

    assert list(Subscriber.objects.all()) == [other.subscriber]


def test_hr_ends_an_alert_and_it_is_on_record(client):
    hr = HRAdminFactory()
    client.force_login(hr)
    alert = AlertFactory(finds=search_for("“adoption”", words="adoption"))
    address = reverse("admin:vacancies_alert_changelist")
    page = client.get(address)
    assert "“adoption”" in page.content.decode()

    client.post(address, {"action": "end_selected", "_selected_action": [alert.pk]})

    assert states() == [AlertState.ENDED]
    event = AuditEvent.objects.get(event="alert_ended")
    assert (event.by, event.facts) == (hr, {"why": "hr"})


@pytest.mark.parametrize("name", ["subscriber", "alert"])
def test_hr_sees_no_key_that_opens_somebodys_alerts(client, name):
    client.force_login(HRAdminFactory())
    alert = AlertFactory()
    row = alert if name == "alert" else alert.subscriber

    page = client.get(reverse(f"admin:vacancies_{name}_change", args=[row.pk]))

    assert page.status_code == 200
    assert alert.subscriber.link_key not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_mailboxes_costs_the_same_whatever_its_length(
    client, count, django_assert_num_queries
):
    client.force_login(HRAdminFactory())
    for _ in range(count):
        AlertFactory()
    address = reverse("admin:vacancies_subscriber_changelist")
    client.get(address)

    with django_assert_num_queries(6):
        page = client.get(address)

    assert [row.active_alerts for row in page.context["cl"].result_list] == [1] * count
    assert timezone.now() == NOON


def test_alerts_that_wait_for_days_are_called_impossible(now):
    AlertFactory(next_on=(now - timedelta(days=1)).date())
    assert list(alerts_are_not_due_for_days()) == []

    AlertFactory(next_on=(now - timedelta(days=2)).date())

    assert list(alerts_are_not_due_for_days()) == [
        "Job alerts have been due for two days (1): do the runs fail?"
    ]
