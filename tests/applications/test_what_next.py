"""What an applicant reads of what happens next, and by when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from applications.actions import withdraw_application
from applications.states import ApplicationState
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory
from vacancies.models import SiftDate
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db


def said(client, application):
    client.force_login(application.applicant)
    return client.get(application.get_absolute_url()).context["what_next"]


def words(day):
    return f"{day.day} {day:%B %Y}"


def test_an_open_job_says_when_it_closes_when_interviews_are_and_by_when_we_write(client):
    today = timezone.localdate()
    vacancy = LiveVacancyFactory(
        closes_on=today + timedelta(days=9), interview_on=today + timedelta(days=30)
    )

    assert said(client, SentApplicationFactory(vacancy=vacancy)) == (
        f"The job closes on {words(vacancy.closes_on)}. After that the panel reads every application. "
        f"Interviews are planned for {words(vacancy.interview_on)}. You hear from us within 10 working "
        f"days of {words(vacancy.closes_on)}, even if only to say that it takes longer."
    )


def test_a_rolling_advert_names_the_day_on_which_its_applications_are_read(client):
    today = timezone.localdate()
    vacancy = LiveVacancyFactory(rolling=True, closes_on=today + timedelta(days=90))
    for days in (-3, 4, 30):
        SiftDate.objects.create(vacancy=vacancy, sift_on=today + timedelta(days=days))

    found = said(client, SentApplicationFactory(vacancy=vacancy))

    assert found.startswith(
        f"The panel reads what has come so far on {words(today + timedelta(days=4))}."
    )


def test_a_closed_job_counts_from_the_day_it_closed_and_a_panel_from_when_it_began(client):
    vacancy = ClosedVacancyFactory()
    closed = timezone.localdate(vacancy.closed_at)
    waiting = SentApplicationFactory(vacancy=vacancy)
    reading = SentApplicationFactory(vacancy=vacancy, state=ApplicationState.SHORTLISTING)
    began = timezone.localdate(reading.moves.last().moved_at)

    assert said(client, waiting) == (
        "The job is closed, and the panel reads every application. You hear from us within 10 working "
        f"days of {words(closed)}, even if only to say that it takes longer."
    )
    assert f"within 10 working days of {words(began)}" in said(client, reading)


@pytest.mark.parametrize(
    ("change", "can_apply"),
    [
        (lambda vacancy, application: None, True),
        (lambda vacancy, application: _close(vacancy), False),
        (lambda vacancy, application: _again(application), False),
    ],
)
def test_who_withdrew_is_told_to_apply_again_only_when_they_can(client, change, can_apply):
    application = SentApplicationFactory(vacancy=LiveVacancyFactory())
    withdraw_application(application=application, by=application.applicant)
    change(application.vacancy, application)
    application.refresh_from_db()

    assert ("apply again" in said(client, application)) is can_apply


def _close(vacancy):
    vacancy.state, vacancy.closed_at = VacancyState.CLOSED, timezone.now()
    vacancy.save()


def _again(application):
    ApplicationFactory(applicant=application.applicant, vacancy=application.vacancy)


def test_the_confirmation_says_the_same(client):
    application = SentApplicationFactory(vacancy=LiveVacancyFactory())
    page = said(client, application)

    shown = client.get(f"{application.get_absolute_url()}submitted/")

    assert shown.context["what_next"] == page
