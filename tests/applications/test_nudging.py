"""Letters about saved jobs that close soon."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import erase_person
from applications.actions import delete_nudges_past_their_time, nudge_savers
from applications.models import SavedVacancyNudge
from applications.states import ApplicationState
from notifications.models import Message
from notifications.rendering import render
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory
from tests.factories.vacancy_parts import SavedVacancyFactory, StaffOnlyVacancyFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def saved(days_left, **fields):
    """A job saved a month ago that closes in so many days."""
    today = TODAY()
    vacancy = LiveVacancyFactory(
        opens_on=today - timedelta(days=140), closes_on=today + timedelta(days=days_left)
    )
    return SavedVacancyFactory(vacancy=vacancy, **fields)


def letters():
    """Return the days left that each letter tells, in the order in which they were queued."""
    return [message.context["days_left"] for message in Message.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("days_left", "letter"),
    [(11, []), (10, [10]), (9, [9]), (3, [3]), (2, [2]), (1, [1]), (0, [0])],
)
def test_a_letter_is_due_ten_and_two_days_before_and_may_come_late(days_left, letter):
    saved(days_left)

    assert nudge_savers(on=TODAY()) == len(letter)
    assert letters() == letter


def test_each_letter_is_sent_once_however_often_the_task_runs(time_machine):
    row = saved(10)
    start = timezone.now()

    for day in range(14):
        time_machine.move_to(start + timedelta(days=day), tick=False)
        nudge_savers(on=TODAY())
        nudge_savers(on=TODAY())

    assert letters() == [10, 2]
    assert list(SavedVacancyNudge.objects.order_by("pk").values_list("person", "days")) == [
        (row.user_id, 10),
        (row.user_id, 2),
    ]


def test_the_letter_of_two_days_is_not_sent_after_closing(time_machine):
    saved(3)
    time_machine.move_to(timezone.now() + timedelta(days=4), tick=False)

    assert nudge_savers(on=TODAY()) == 0


def test_a_later_closing_day_brings_no_second_letter():
    row = saved(2)
    nudge_savers(on=TODAY())
    row.vacancy.closes_on += timedelta(days=20)
    row.vacancy.save()

    assert nudge_savers(on=row.vacancy.closes_on - timedelta(days=2)) == 0


def test_what_was_saved_when_it_was_late_already_has_no_letter_of_ten_days():
    row = saved(7, saved_at=timezone.now())

    assert nudge_savers(on=TODAY()) == 0
    assert nudge_savers(on=row.vacancy.closes_on - timedelta(days=2)) == 1


@pytest.mark.parametrize(
    "state", [ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN, ApplicationState.INTERVIEW]
)
def test_those_who_have_applied_hear_nothing(state):
    row = saved(10)
    withdrawn = timezone.now() if state == ApplicationState.WITHDRAWN else None
    SentApplicationFactory(
        applicant=row.user, vacancy=row.vacancy, state=state, withdrawn_at=withdrawn
    )

    assert nudge_savers(on=TODAY()) == 0


def test_who_has_a_draft_hears_of_that_instead():
    row = saved(10)
    ApplicationFactory(applicant=row.user, vacancy=row.vacancy)

    assert nudge_savers(on=TODAY()) == 0


def test_others_hear_nothing():
    saved(10, wants_nudges=False)
    saved(10, user=UserFactory(is_active=False))
    SavedVacancyFactory(vacancy=ClosedVacancyFactory(closes_on=TODAY() + timedelta(days=10)))
    SavedVacancyFactory(
        vacancy=LiveVacancyFactory(rolling=True, closes_on=TODAY() + timedelta(days=10))
    )

    assert nudge_savers(on=TODAY()) == 0


def test_what_is_for_staff_is_told_to_staff_only():
    ends = {"closes_on": TODAY() + timedelta(days=10)}
    vacancy = StaffOnlyVacancyFactory(title="Canary", **ends)
    SavedVacancyFactory(vacancy=vacancy, user=UserFactory())
    member = SavedVacancyFactory(vacancy=vacancy, user=StaffMemberFactory().user)

    nudge_savers(on=TODAY())

    assert [message.to for message in Message.objects.all()] == [member.user.email]


def test_the_letter_says_when_it_closes_and_how_to_hear_no_more(time_machine):
    time_machine.move_to("2026-03-11T12:00Z", tick=False)
    row = saved(2)
    nudge_savers(on=TODAY())

    email = render(Message.objects.with_what_delivery_needs().get())

    assert email.subject == "Closes in 2 days: Social worker, Basingstoke"
    assert "until 11:59pm on Friday 13 March 2026" in email.body
    assert f"http://127.0.0.1:8000{row.vacancy.get_absolute_url()}?from=nudge" in email.body
    assert "http://127.0.0.1:8000/vacancies/saved/" in email.body


def test_what_was_noted_goes_when_saved_jobs_go_and_when_a_person_is_erased():
    long_ago = saved(-100)
    now = saved(5)
    for row in (long_ago, now):
        SavedVacancyNudge.objects.create(person=row.user, vacancy=row.vacancy, days=10)

    assert delete_nudges_past_their_time(on=TODAY()) == 1
    erase_person(person=now.user, by=HRAdminFactory())
    assert not SavedVacancyNudge.objects.exists()
