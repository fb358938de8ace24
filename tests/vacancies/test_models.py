from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from tests.factories.organisation import RoleFactory
from tests.factories.vacancies import (
    ClosedVacancyFactory,
    CriterionFactory,
    LiveVacancyFactory,
    VacancyFactory,
)
from vacancies.models import Contract, Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db


def test_reference_comes_from_the_key_and_is_known_at_once():
    vacancy = VacancyFactory()

    assert vacancy.reference == f"HCC-{vacancy.pk + 1000}"


def test_reference_of_a_deleted_vacancy_is_not_used_again():
    deleted = VacancyFactory()
    reference = deleted.reference
    deleted.delete()

    assert VacancyFactory().reference != reference


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"salary_from": 40_000, "salary_to": 39_999}, "salary_is_in_order"),
        ({"salary_from": 0}, "salary_is_in_order"),
        ({"closes_on": date(2020, 1, 1)}, "closes_after_it_opens"),
        ({"interview_on": date(2020, 1, 1)}, "interviews_after_it_opens"),
        (
            {"visibility": "staff_first", "public_from": date(2199, 1, 1)},
            "is_for_everyone_before_it_closes",
        ),
        ({"weekly_hours": 0}, "weekly_hours_are_possible"),
        ({"weekly_hours": 49}, "weekly_hours_are_possible"),
        ({"latitude": 91}, "is_somewhere_on_earth"),
        ({"patterns": []}, "has_a_working_pattern"),
        ({"contract": Contract.PERMANENT, "contract_months": 6}, "permanent_has_no_length"),
    ],
)
def test_database_refuses_an_impossible_vacancy(fields, constraint):
    with pytest.raises(IntegrityError, match=f"vacancy_{constraint}"), transaction.atomic():
        VacancyFactory(**fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"published_by": None}, "published_at_and_by_set_together"),
        ({"published_by": None, "published_at": None}, "published_when_live_or_closed"),
        ({"state": VacancyState.CLOSED}, "closed_at_when_over"),
    ],
)
def test_database_refuses_a_live_vacancy_that_nobody_published(fields, constraint):
    with pytest.raises(IntegrityError, match=f"vacancy_{constraint}"), transaction.atomic():
        LiveVacancyFactory(**fields)


def test_a_vacancy_is_open_from_its_first_to_its_last_day(today):
    LiveVacancyFactory(opens_on=today + timedelta(days=1))
    LiveVacancyFactory(opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))
    ClosedVacancyFactory(closes_on=today + timedelta(days=3))
    VacancyFactory()
    first_day = LiveVacancyFactory(opens_on=today)
    last_day = LiveVacancyFactory(opens_on=today - timedelta(days=9), closes_on=today)

    found = Vacancy.objects.open_to_public(today)

    assert set(found) == {first_day, last_day}
    assert [vacancy.is_open(today) for vacancy in found] == [True, True]


def test_a_vacancy_is_open_until_midnight_in_london(client, time_machine):
    # British summer time: an hour before midnight in London is 22:59 UTC of the same day.
    vacancy = LiveVacancyFactory(opens_on=date(2026, 6, 1), closes_on=date(2026, 6, 10))

    time_machine.move_to("2026-06-10T22:59:00+00:00")
    assert client.get(vacancy.get_absolute_url()).status_code == 200

    time_machine.move_to("2026-06-10T23:00:00+00:00")
    assert client.get(vacancy.get_absolute_url()).status_code == 410


def test_closing_soon_is_what_closes_within_the_days_of_the_setting(today, settings):
    settings.CLOSING_SOON_DAYS = 2
    later = LiveVacancyFactory(closes_on=today + timedelta(days=2))
    soonest = LiveVacancyFactory(closes_on=today)
    LiveVacancyFactory(closes_on=today + timedelta(days=3))

    assert list(Vacancy.objects.closing_soon(today)) == [soonest, later]


def matches(words):
    return set(Vacancy.objects.matching(words))


def test_words_are_found_in_title_role_summary_place_and_body():
    vacancy = LiveVacancyFactory(
        title="Senior practitioner",
        role=RoleFactory(name="Lighthouse keeper"),
        summary="Walk beside families.",
        place_name="Petersfield",
        body="Hold **supervision** every month.",
    )
    VacancyFactory(title="Administrator")

    for words in ["practitioners", "lighthouse", "walking", "petersfield", "supervise"]:
        assert matches(words) == {vacancy}, words


def test_words_follow_a_role_that_is_renamed():
    vacancy = LiveVacancyFactory(role=RoleFactory(name="Key worker"))
    vacancy.role.name = "Lead practitioner"
    vacancy.role.save()

    assert matches("lead practitioner") == {vacancy}
    assert matches("key worker") == set()


def test_the_last_word_may_be_unfinished():
    vacancy = LiveVacancyFactory(title="Youth justice worker")

    assert matches("youth just") == {vacancy}
    assert matches("yout justice") == set()


def test_quotes_or_and_minus_work_as_on_the_web():
    manager = LiveVacancyFactory(title="Team manager")
    worker = LiveVacancyFactory(title="Youth worker")

    assert matches("manager OR youth") == {manager, worker}
    assert matches('"team manager"') == {manager}
    assert matches('"manager team"') == set()
    assert matches("worker -youth") == set()


def test_a_reference_finds_its_vacancy():
    vacancy = VacancyFactory()
    VacancyFactory()

    assert matches(f" {vacancy.reference.lower()} ") == {vacancy}


def test_a_match_in_the_title_comes_before_one_in_the_body():
    in_body = LiveVacancyFactory(title="Manager", body="You work with the adoption team.")
    in_title = LiveVacancyFactory(title="Adoption worker")

    assert list(Vacancy.objects.matching("adoption").order_by("-relevance")) == [in_title, in_body]


def test_history_is_kept_without_the_search_column():
    vacancy = VacancyFactory()
    vacancy.title = "Another title"
    vacancy.save()
    history = apps.get_model("vacancies.VacancyEvent")

    assert list(history.objects.order_by("pgh_id").values_list("pgh_label", "title")) == [
        ("insert", "Social worker"),
        ("update", "Another title"),
    ]
    assert {"search_vector", "reference"} & {field.name for field in history._meta.fields} == set()


def test_criteria_come_essential_first_and_in_their_order():
    vacancy = VacancyFactory()
    for kind, text, position in [
        ("desirable", "third", 0),
        ("essential", "second", 2),
        ("essential", "first", 1),
    ]:
        CriterionFactory(vacancy=vacancy, kind=kind, text=text, position=position)

    assert [criterion.text for criterion in vacancy.criteria.all()] == ["first", "second", "third"]
