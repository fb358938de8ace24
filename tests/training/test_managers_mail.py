"""The daily mail of what waits for a manager: what it says, when it goes, and when it does not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from hampshire_portal.celery import app
from notifications.models import Message
from notifications.rendering import render
from organisation.models import BankHoliday
from tests.factories.managing import MONDAY, booking_of
from tests.factories.organisation import StaffMemberFactory
from tests.factories.training import (
    NominationFactory,
    officer,
)
from training.actions import tell_managers_what_waits
from training.states import BookingState, NominationState
from training.tasks import write_to_managers_for_whom_something_waits

TASK = "training.tasks.write_to_managers_for_whom_something_waits"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def held(member):
    return booking_of(member)


def address(booking):
    return reverse("training:booking-decide", args=[booking.pk])


def mails():
    return list(Message.objects.filter(template="training/emails/waiting_for_you").order_by("pk"))


def test_the_mail_says_everything_that_waits(member, manager):
    held = booking_of(member)
    booking_of(member, BookingState.BOOKED, days=22)
    booking_of(member, BookingState.OFFERED, days=23)
    NominationFactory(
        nominated_by=manager.user,
        state=NominationState.DECLINED,
        decided_by=officer(),
        decided_at=MONDAY,
    )

    assert tell_managers_what_waits() == 1

    [message] = mails()
    email = render(Message.objects.with_what_delivery_needs().get(pk=message.pk))
    html = email.alternatives[0].content
    assert (email.to, email.subject) == ([manager.user.email], "3 things wait for you")
    assert "{{" not in email.body + html
    for part in (email.body, html):
        assert "To approve or decline:" in part
        assert "Offers that only they can take" in part
        assert "Your nominations, decided in the past week:" in part
        assert f"{settings.SITE_URL}{address(held)}" in part
    assert "Answer by 9am on Wednesday 9 January" in email.body


def test_nobody_gets_two_mails_a_day(held, clock):
    write_to_managers_for_whom_something_waits()
    write_to_managers_for_whom_something_waits()
    assert len(mails()) == 1

    clock.move_to(MONDAY + timedelta(days=1))
    write_to_managers_for_whom_something_waits()
    assert len(mails()) == 2


def test_nothing_is_sent_when_nothing_waits(manager, member):
    booking_of(member, BookingState.WAITING)
    NominationFactory(
        nominated_by=manager.user,
        state=NominationState.DECLINED,
        decided_by=officer(),
        decided_at=MONDAY,
    )

    assert (tell_managers_what_waits(), mails()) == (0, [])


@pytest.mark.parametrize("day", [date(2030, 1, 5), date(2030, 1, 6), date(2030, 1, 8)])
def test_no_mail_at_weekends_and_on_bank_holidays(held, clock, day):
    BankHoliday.objects.create(on=date(2030, 1, 8), name="A holiday")
    clock.move_to(datetime(day.year, day.month, day.day, 8, tzinfo=UTC))

    assert tell_managers_what_waits() == 0


def test_the_mail_goes_at_eight_in_london():
    [timed] = [row for row in app.conf.beat_schedule.values() if row["task"] == TASK]

    assert (timed["schedule"].hour, timed["schedule"].minute) == ({8}, {0})
    assert app.conf.timezone == "Europe/London"


@pytest.mark.parametrize("number", [1, 6])
def test_the_mails_ask_the_same_of_the_database_for_any_number_of_managers(
    number, django_assert_num_queries
):
    for days in range(number):
        report = StaffMemberFactory(line_manager=StaffMemberFactory())
        booking_of(report, days=20 + days)
        booking_of(report, BookingState.OFFERED, days=60 + days)

    with django_assert_num_queries(11):
        assert tell_managers_what_waits() == number
