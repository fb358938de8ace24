"""The list of applications with thousands of rows, the board, and how long each has been where it is."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from applications.attention import people_without_an_answer
from applications.models import Application, ApplicationMove
from applications.queries import hr as hr_queries
from applications.states import ApplicationState as S
from tests.factories.accounts import HRAdminFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:applications_application_changelist")
BOARD = reverse("admin:applications_board")
MANY = 5_000
STATES = [S.SUBMITTED, S.SHORTLISTING, S.INTERVIEW, S.OFFERED, S.CHECKS]


def many_applications(number=MANY, jobs=25):
    """Store so many applications of different people for some jobs, each with its two steps."""
    vacancies = [ClosedVacancyFactory() for _ in range(jobs)]
    people = User.objects.bulk_create(
        User(email=f"many{n}@example.org", full_name=f"Person {n}") for n in range(number)
    )
    now = timezone.now()
    with pgtrigger.ignore():  # no history of what was never done
        made = Application.objects.bulk_create(
            Application(
                reference=f"A-{n:06}",
                code=f"C-{n:06}",
                vacancy=vacancies[n % jobs],
                applicant=person,
                full_name=person.full_name,
                state=STATES[n % len(STATES)],
                submitted_at=now - timedelta(minutes=n),
            )
            for n, person in enumerate(people)
        )
    ApplicationMove.objects.bulk_create(
        ApplicationMove(
            application=row,
            from_state=S.DRAFT,
            to_state=to_state,
            moved_at=now - timedelta(days=n % 60, hours=order),
        )
        for n, row in enumerate(made)
        for order, to_state in ((1, S.SUBMITTED), (0, row.state))
    )
    with connection.cursor() as cursor:
        cursor.execute("analyze")


@pytest.fixture
def officer(client):
    person = HRAdminFactory()
    client.force_login(person)
    return person


def test_the_list_of_five_thousand_opens_with_at_most_twelve_queries(
    client, officer, django_assert_max_num_queries
):
    many_applications()
    for asked in (
        {},
        {"state__exact": "submitted"},
        {"waiting": "late"},
        {"waiting": "no_answer"},
        {"o": "5"},
        {"p": "40"},
        {"q": "Person 77"},
    ):
        with django_assert_max_num_queries(12):
            response = client.get(LIST, asked)
        assert response.status_code == 200

    assert client.get(LIST).context["cl"].result_count == MANY


def plan_of(queryset):
    return queryset.explain()


def test_the_newest_page_and_the_filters_are_read_by_an_index():
    many_applications(1_500)
    newest = Application.objects.sent().order_by("-submitted_at", "-pk")

    assert "application_sent_newest" in plan_of(newest[:50])
    assert "Seq Scan on applications_application" not in plan_of(newest.with_stage_since()[:50])
    of_job = Application.objects.filter(vacancy=newest[0].vacancy_id, state=S.CHECKS)
    assert "application_of_vacancy" in plan_of(of_job)
    by_state = newest.filter(state=S.OFFERED)[:50]
    assert "Index" in plan_of(by_state)


def test_the_list_reads_no_long_text(client, officer, django_assert_num_queries):
    SentApplicationFactory(answers=False)

    [row] = client.get(LIST).context["cl"].result_list

    assert {"adjustments", "address"} <= row.get_deferred_fields()
    assert {"body", "search_vector"} <= row.vacancy.get_deferred_fields()


def here_since(state, days, vacancy=None, **fields):
    vacancy = vacancy or ClosedVacancyFactory(closed_at=timezone.now() - timedelta(days=90))
    row = SentApplicationFactory(vacancy=vacancy, state=state, answers=False, **fields)
    row.moves.update(moved_at=timezone.now() - timedelta(days=days))
    return row


def late():
    found = Application.objects.sent().with_stage_since()
    return set(hr_queries.late(found, timezone.now()))


@pytest.mark.parametrize("state", STATES)
def test_an_application_is_late_the_day_after_its_limit(settings, state):
    limit = settings.STAGE_LIMIT_DAYS[state]
    here_since(state, limit - 1)
    over = here_since(state, limit + 1)

    assert late() == {over}


def test_what_is_received_waits_for_us_from_the_day_the_job_closed():
    here_since(S.SUBMITTED, 60, LiveVacancyFactory())
    here_since(S.SUBMITTED, 60, ClosedVacancyFactory(closed_at=timezone.now() - timedelta(days=3)))
    rolling = here_since(S.SUBMITTED, 60, LiveVacancyFactory(rolling=True))

    assert late() == {rolling}


def test_who_is_decided_is_never_late():
    here_since(S.UNSUCCESSFUL, 400)
    here_since(S.WITHDRAWN, 400)

    assert late() == set()


def test_the_column_says_since_when_and_whether_it_is_late(client, officer):
    here_since(S.SHORTLISTING, 15)

    page = client.get(LIST).content.decode()

    assert page.count('<span class="hp-tag hp-tag--rose">Late</span> 15 days, since') == 1


def test_the_filters_find_who_waits_too_long(client, officer):
    over = here_since(S.INTERVIEW, 70)
    here_since(S.INTERVIEW, 2, ClosedVacancyFactory())

    for waiting in ("late", "no_answer"):
        found = client.get(LIST, {"waiting": waiting}).context["cl"].result_list
        assert list(found) == [over]


def test_the_first_page_of_hr_says_who_has_no_answer():
    assert people_without_an_answer(HRAdminFactory()) == []
    over = here_since(S.INTERVIEW, 70)

    [item] = people_without_an_answer(HRAdminFactory())

    assert (item.count, item.url) == (1, f"{LIST}?waiting=no_answer")
    assert people_without_an_answer(over.applicant) == []


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_board_has_a_fixed_number_of_queries(client, officer, django_assert_num_queries, jobs):
    for _ in range(jobs):
        vacancy = ClosedVacancyFactory(closed_at=timezone.now() - timedelta(days=30))
        here_since(S.SHORTLISTING, 20, vacancy)
        here_since(S.SUBMITTED, 40, vacancy)

    with django_assert_num_queries(6):
        response = client.get(BOARD)

    assert len(response.context["rows"]) == jobs


def test_the_board_shows_counts_ages_and_what_is_late(client, officer):
    vacancy = ClosedVacancyFactory(closed_at=timezone.now() - timedelta(days=4))
    here_since(S.SUBMITTED, 30, vacancy)
    here_since(S.SHORTLISTING, 5, vacancy)
    here_since(S.SHORTLISTING, 20, vacancy)
    here_since(S.UNSUCCESSFUL, 3, vacancy)
    ApplicationFactory(vacancy=vacancy, answers=False)

    [row] = client.get(BOARD).context["rows"]

    shown = [(cell["number"], cell.get("days"), cell.get("is_late")) for cell in row["cells"]]
    assert shown == [
        (1, 4, False),
        (2, 20, True),
        (0, None, None),
        (0, None, None),
        (0, None, None),
    ]
    assert client.get(BOARD).content.decode().count(">Late</span>") == 1


def test_the_board_is_of_who_works_with_applications(client):
    client.force_login(HRAdminFactory(roles=["workforce_development_officer"]))

    assert client.get(BOARD).status_code in (403, 404)
