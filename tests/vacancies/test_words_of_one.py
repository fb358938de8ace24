"""One of a thing is said as one: "1 advert waits", "1 month"."""

from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.registries import attention
from tests.factories.accounts import HRAdminFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.vacancies import LiveVacancyFactory, vacancy_in
from tests.factories.vacancy_figures import ImportRunFactory
from tests.factories.vacancy_parts import SiftDateFactory, TeamFactsFactory
from vacancies.attention import adverts_that_need_a_look
from vacancies.pages import rows_of
from vacancies.states import ImportState, VacancyState
from vacancies.templatetags.advert_tags import pay_figures, team_figures
from vacancies.templatetags.vacancy_tags import contract, hours

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (
            1,
            {
                "advert waits for approval",
                "approved advert to publish",
                "draft being written",
                "always-open advert whose applications are to be read",
                "vacancy closes this week",
            },
        ),
        (
            2,
            {
                "adverts wait for approval",
                "approved adverts to publish",
                "drafts being written",
                "always-open adverts whose applications are to be read",
                "vacancies close this week",
            },
        ),
    ],
)
def test_what_waits_for_hr_is_said_as_one_or_many(today, number, words):
    for _ in range(number):
        for state in (VacancyState.AWAITING_APPROVAL, VacancyState.APPROVED, VacancyState.DRAFT):
            vacancy_in(state)
        LiveVacancyFactory(closes_on=today)
        job = LiveVacancyFactory(rolling=True, closes_on="2027-01-01")
        SiftDateFactory(vacancy=job, sift_on=today)

    items = adverts_that_need_a_look(HRAdminFactory())

    assert {(item.text, item.count) for item in items} == {(text, number) for text in words}


def test_no_line_of_the_admin_says_one_of_many(today):
    """Every app's lines, where one application waits and nothing else: none is "1 applications"."""
    SentApplicationFactory()
    hr = HRAdminFactory()

    texts = {item.text for find in attention for item in find(hr) if item.count == 1}

    assert texts == {"new application to look at"}


@pytest.mark.parametrize(
    ("months", "hours_a_week", "said"),
    [
        (1, 1, ("Fixed term, 1 month", "1 hour a week: full time")),
        (2, 18.5, ("Fixed term, 2 months", "18.5 hours a week: full time")),
    ],
)
def test_a_month_and_an_hour(months, hours_a_week, said):
    job = LiveVacancyFactory(
        contract="fixed_term", contract_months=months, weekly_hours=Decimal(hours_a_week)
    )

    rows = {row["key"]: row["value"] for row in rows_of(job, "pay")}
    pay = {row["key"]: row["value"] for row in pay_figures(job, [])["rows"]}

    assert (contract(job), hours(job)) == said
    assert rows["Contract"] == said[0]
    assert f"paid for {said[1].partition(':')[0]}" in pay["Actual pay"]


@pytest.mark.parametrize(("number", "words"), [(1, "1 child each"), (2, "1 to 2 children each")])
def test_a_child(number, words):
    facts = TeamFactsFactory(caseload_from=1, caseload_to=number)

    rows = {row["key"]: row["value"] for row in team_figures(facts)["rows"]}

    assert rows["Caseload"] == words


@pytest.mark.parametrize(
    ("done", "words"), [(1, "1 row is checked so far"), (2, "2 rows are checked so far")]
)
def test_a_row_of_a_file(client, done, words):
    client.force_login(HRAdminFactory())
    run = ImportRunFactory(state=ImportState.UPLOADED, rows_done=done, busy_until=timezone.now())

    page = client.get(f"/admin/vacancies/importrun/{run.pk}/change/").content.decode()

    assert words in page
