"""No way in takes a day years ahead, or one for everyone after the closing date."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organisation.models import Place
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import RoleFactory, TeamFactory
from tests.factories.vacancies import LiveVacancyFactory, VacancyFactory, vacancy_in
from tests.vacancies.sheets import csv_file, row
from tests.vacancies.test_admin import ADD, answers
from tests.vacancies.test_writing import day, errors_of, typed
from vacancies.actions import (
    begin_import,
    extend_vacancy,
    publish_vacancy,
    send_vacancy,
    upload_import,
    work_on_imports,
)
from vacancies.exceptions import DateTooLate, VacancyNotReady
from vacancies.models import ImportRun, Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db

LAST = date(2028, 3, 11)
TOO_LATE = "Choose a day by 11 March 2028: 24 months ahead is the most."


@pytest.fixture(autouse=True)
def _files(settings, tmp_path, today):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hr(client):
    person = HRAdminFactory()
    client.force_login(person)
    return person


@pytest.fixture
def county():
    TeamFactory(name="Family Help Alton")
    RoleFactory(name="Social worker")
    Place.objects.create(name="Alton", latitude=51.15, longitude=-0.97, district="Hart")


def check(file, by):
    run = upload_import(file=file, source="Old system", by=by)
    work_on_imports(now=timezone.now())
    return {
        found.number: [(problem["column"], problem["text"]) for problem in found.problems]
        for found in ImportRun.objects.get(pk=run.pk).rows.all()
        if found.problems
    }


@pytest.mark.parametrize("box", ["closes_on", "interview_on"])
@pytest.mark.parametrize(("when", "errors"), [(LAST, 0), (LAST + timedelta(1), 1), (date.max, 1)])
def test_drafting(client, box, when, errors):
    manager = UserFactory(roles=["hiring_manager"])
    client.force_login(manager)
    draft = vacancy_in(VacancyState.DRAFT, hiring_manager=manager)
    page = reverse("vacancies:advert-step", args=[draft.reference, "dates"])

    answer = client.post(page, typed(draft, "dates", **day(box, when)))

    thing = {"closes_on": "The closing date", "interview_on": "The interview date"}[box]
    said = {box: [f"{thing} must be on or before 11 March 2028"]} if errors else None
    assert (errors_of(answer) if errors else None) == said
    assert answer.status_code == (200 if errors else 302)


@pytest.mark.parametrize("box", ["closes_on", "interview_on"])
def test_the_admin(client, hr, box):
    refused = client.post(ADD, answers(TeamFactory(), **{box: "9999-12-31"}))
    taken = client.post(ADD, answers(TeamFactory(), **{box: LAST.isoformat()}))

    assert refused.context["adminform"].form.errors == {box: [TOO_LATE]}
    assert taken.status_code == 302


@pytest.mark.parametrize("box", ["closes_on", "interview_on"])
def test_extending(client, hr, box):
    job = LiveVacancyFactory()
    page = reverse("admin:vacancies_vacancy_do", args=[job.pk, "extend"])
    given = {"reason": "To hear from more.", "closes_on": LAST.isoformat()}

    refused = client.post(page, {**given, box: "9999-12-31"})
    with pytest.raises(DateTooLate, match=TOO_LATE):
        extend_vacancy(vacancy=job, **{"closes_on": LAST, box: date.max}, reason="Why not.", by=hr)
    client.post(page, given)

    assert refused.context["form"].errors == {box: [TOO_LATE]}
    assert Vacancy.objects.get().closes_on == LAST


def test_a_row_of_a_file(hr, county):
    rows = [
        row(1, **{"Closing date": "11 March 2028"}),
        row(2, **{"Closing date": "12 March 2028"}),
        row(3, **{"Interview date": "1 June 2099"}),
    ]

    assert check(csv_file(rows), hr) == {
        3: [("Closes on", TOO_LATE)],
        4: [("Interview on", TOO_LATE)],
    }


@pytest.mark.parametrize("action", [publish_vacancy, send_vacancy])
def test_what_was_written_before_is_not_published(action, hr):
    draft = vacancy_in(VacancyState.DRAFT, closes_on=date.max)

    with pytest.raises(VacancyNotReady) as refused:
        action(vacancy=draft, by=hr)

    assert refused.value.problems == [f"The closing date is too far ahead. {TOO_LATE}"]


def test_a_file_has_no_day_for_everyone_after_the_closing_date(hr, county):
    staff_first = {"Who sees it": "Staff first", "Closing date": "31/3/2026"}
    rows = [
        row(1, **staff_first, **{"Everyone from": "31/3/2026"}),
        row(2, **staff_first, **{"Everyone from": "1/4/2026"}),
    ]

    found = check(csv_file(rows), hr)

    assert found == {3: [("Everyone from", "This day must not be after the closing date.")]}


def test_a_file_does_not_move_the_closing_date_before_the_day_for_everyone(hr, today):
    draft = VacancyFactory(visibility="staff_first", public_from=today + timedelta(days=9))
    moved = {"Reference": draft.reference, "Closes on": (today + timedelta(days=8)).isoformat()}

    found = check(csv_file([moved]), hr)
    begin_import(run=ImportRun.objects.get(), by=hr)
    work_on_imports(now=timezone.now())

    assert found == {2: [("Everyone from", "This day must not be after the closing date.")]}
    assert Vacancy.objects.get().closes_on == draft.closes_on
