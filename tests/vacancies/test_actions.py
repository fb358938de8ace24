from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.states import InvalidTransition
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import GradeFactory, RoleFactory, TeamFactory
from tests.factories.vacancies import CriterionFactory, VacancyFactory, vacancy_in
from vacancies.actions import (
    change_criteria,
    change_vacancy,
    close_vacancy,
    create_vacancy,
    publish_vacancy,
    withdraw_vacancy,
)
from vacancies.exceptions import VacancyNotReady
from vacancies.models import Criterion, Pattern, Vacancy
from vacancies.states import OVER, VACANCY_TRANSITIONS, VacancyState
from vacancies.tasks import close_vacancies_past_their_closing_date

pytestmark = pytest.mark.django_db

ALLOWED = [
    ("draft", "awaiting_approval"),
    ("draft", "scheduled"),
    ("draft", "live"),
    ("draft", "withdrawn"),
    ("awaiting_approval", "draft"),
    ("awaiting_approval", "approved"),
    ("awaiting_approval", "withdrawn"),
    ("approved", "draft"),
    ("approved", "scheduled"),
    ("approved", "live"),
    ("approved", "withdrawn"),
    ("scheduled", "draft"),
    ("scheduled", "live"),
    ("scheduled", "withdrawn"),
    ("live", "closed"),
    ("live", "withdrawn"),
    ("closed", "filled"),
]
STATES = list(VacancyState)


@pytest.mark.parametrize("old", STATES)
@pytest.mark.parametrize("new", STATES)
def test_every_pair_of_states(old, new):
    vacancy = Vacancy(state=old)

    if (old, new) in ALLOWED:
        vacancy.move_to(new)
        assert vacancy.state == new
    else:
        with pytest.raises(InvalidTransition):
            vacancy.move_to(new)


def test_the_table_names_every_state():
    assert set(VACANCY_TRANSITIONS) == set(VacancyState)


def events():
    return list(AuditEvent.objects.values_list("event", "subject_id", "by"))


def test_publish_vacancy_makes_a_draft_public_at_once(client):
    vacancy, hr = vacancy_in(VacancyState.DRAFT), HRAdminFactory()
    assert client.get(vacancy.get_absolute_url()).status_code == 404

    published = publish_vacancy(vacancy=vacancy, by=hr)

    assert (published.state, published.published_by) == (VacancyState.LIVE, hr)
    assert client.get(vacancy.get_absolute_url()).status_code == 200
    assert list(client.get("/vacancies/").context["page"].object_list) == [vacancy]
    assert events() == [("vacancy_published", str(vacancy.pk), hr.pk)]


@pytest.mark.parametrize("state", ["awaiting_approval", "live", "closed", "filled", "withdrawn"])
def test_publish_vacancy_refuses_what_is_not_a_draft_or_approved(state):
    with pytest.raises(InvalidTransition):
        publish_vacancy(vacancy=vacancy_in(state), by=HRAdminFactory())


def test_publish_vacancy_refuses_without_an_essential_criterion():
    vacancy = VacancyFactory()
    CriterionFactory(vacancy=vacancy, kind="desirable")

    with pytest.raises(VacancyNotReady) as refused:
        publish_vacancy(vacancy=vacancy, by=HRAdminFactory())

    assert refused.value.problems == [
        "Add at least one essential criterion: people are shortlisted on them."
    ]
    assert Vacancy.objects.get().state == VacancyState.DRAFT


def test_publish_vacancy_refuses_a_closing_date_that_has_passed():
    yesterday = timezone.localdate() - timedelta(days=1)
    vacancy = vacancy_in(VacancyState.DRAFT, opens_on=yesterday, closes_on=yesterday)

    with pytest.raises(VacancyNotReady) as refused:
        publish_vacancy(vacancy=vacancy, by=HRAdminFactory())

    assert refused.value.problems == ["The closing date has passed: choose a later one."]


@pytest.mark.parametrize("roles", [[], ["hiring_manager"], ["workforce_development_officer"]])
@pytest.mark.parametrize("action", [publish_vacancy, withdraw_vacancy, change_vacancy])
def test_only_hr_may_write_publish_or_withdraw(action, roles):
    with pytest.raises(PermissionDenied):
        action(vacancy=vacancy_in(VacancyState.DRAFT), by=UserFactory(roles=roles))


def test_only_hr_may_create_a_vacancy():
    with pytest.raises(PermissionDenied):
        create_vacancy(by=UserFactory(roles=["hiring_manager"]), title="A job")


def test_create_vacancy_starts_a_draft():
    hr, team = HRAdminFactory(), TeamFactory()
    today = timezone.localdate()

    vacancy = create_vacancy(
        by=hr,
        title="Administrator",
        role=RoleFactory(),
        team=team,
        grade=GradeFactory(),
        salary_from=24_800,
        salary_to=26_800,
        patterns=[Pattern.PART_TIME],
        place_name="Alton",
        latitude=51.1,
        longitude=-0.9,
        district=team.district,
        opens_on=today,
        closes_on=today,
        summary="Keep the team going.",
        body="Words.",
    )

    assert vacancy.state == VacancyState.DRAFT
    assert events() == [("vacancy_created", str(vacancy.pk), hr.pk)]


def test_change_vacancy_changes_a_live_advert_for_the_public(client):
    vacancy, hr = vacancy_in(VacancyState.LIVE), HRAdminFactory()

    change_vacancy(vacancy=vacancy, by=hr, title="Social worker, Alton")

    assert "Social worker, Alton" in client.get(vacancy.get_absolute_url()).content.decode()
    assert AuditEvent.objects.get().facts == {"changed": ["title"]}


@pytest.mark.parametrize("state", sorted(OVER))
def test_change_vacancy_refuses_what_is_over(state):
    with pytest.raises(PermissionDenied):
        change_vacancy(vacancy=vacancy_in(state), by=HRAdminFactory(), title="Another")


def test_change_criteria_keeps_rows_and_removes_others():
    vacancy = VacancyFactory()
    kept, removed = CriterionFactory.create_batch(2, vacancy=vacancy)
    kept.text = "Better words."

    change_criteria(
        vacancy=vacancy,
        by=HRAdminFactory(),
        kept=[kept, Criterion(text="A new one.", position=9)],
        removed=[removed],
    )

    assert [(c.pk == kept.pk, c.text) for c in vacancy.criteria.all()] == [
        (True, "Better words."),
        (False, "A new one."),
    ]


def test_withdraw_vacancy_takes_it_off_the_site_at_once(client):
    vacancy, hr = vacancy_in(VacancyState.LIVE), HRAdminFactory()

    withdraw_vacancy(vacancy=vacancy, by=hr, reason="The team has changed.")

    assert client.get(vacancy.get_absolute_url()).status_code == 410
    assert list(client.get("/vacancies/").context["page"].object_list) == []
    assert events() == [("vacancy_withdrawn", str(vacancy.pk), hr.pk)]


def test_close_vacancy_by_hr_before_its_date():
    vacancy, hr = vacancy_in(VacancyState.LIVE), HRAdminFactory()

    closed = close_vacancy(vacancy=vacancy, by=hr, reason="We have had many applications.")

    assert closed.state == VacancyState.CLOSED
    assert events() == [("vacancy_closed", str(vacancy.pk), hr.pk)]


def test_the_timetable_closes_what_is_past_and_nothing_else(today):
    ends_today = vacancy_in(VacancyState.LIVE, closes_on=today)
    past = vacancy_in(
        VacancyState.LIVE,
        opens_on=today - timedelta(days=20),
        closes_on=today - timedelta(days=1),
    )

    close_vacancies_past_their_closing_date()
    close_vacancies_past_their_closing_date()

    states = dict(Vacancy.objects.values_list("pk", "state"))
    assert states == {past.pk: VacancyState.CLOSED, ends_today.pk: VacancyState.LIVE}
    assert events() == [("vacancy_closed", str(past.pk), None)]


def test_the_timetable_leaves_a_vacancy_whose_date_was_moved_meanwhile(today):
    vacancy = vacancy_in(VacancyState.LIVE, closes_on=today)
    stale = Vacancy.objects.get(pk=vacancy.pk)
    stale.closes_on = today - timedelta(days=1)

    assert close_vacancy(vacancy=stale, by=None).state == VacancyState.LIVE
    assert events() == []
