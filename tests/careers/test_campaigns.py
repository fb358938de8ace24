from datetime import date, timedelta

import pytest

from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory, VacancyFactory
from tests.factories.vacancy_figures import CampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(today):
    return CampaignFactory(name="100 more social workers", slug="100-more")


@pytest.fixture
def today(time_machine):
    time_machine.move_to("2026-03-11T12:00:00+00:00", tick=False)
    return date(2026, 3, 11)


def test_a_campaign_shows_its_open_jobs_and_those_that_are_always_open_first(
    client, campaign, today
):
    later = LiveVacancyFactory(campaign=campaign, closes_on=today + timedelta(days=9))
    soon = LiveVacancyFactory(campaign=campaign, closes_on=today + timedelta(days=2))
    rolling = LiveVacancyFactory(
        campaign=campaign, rolling=True, closes_on=today + timedelta(days=300)
    )
    LiveVacancyFactory()
    VacancyFactory(campaign=campaign)
    ClosedVacancyFactory(campaign=campaign)
    LiveVacancyFactory(campaign=campaign, visibility="staff_only")

    response = client.get("/careers/campaigns/100-more/")

    assert list(response.context["page"]) == [rolling, soon, later]
    assert "We are looking for people for 100 posts until 31 December 2026." in (
        response.content.decode()
    )


def test_a_campaign_without_open_jobs_leads_to_the_others(client, campaign):
    page = client.get("/careers/campaigns/100-more/").content.decode()

    assert "None of its jobs is open today" in page
    assert 'href="/vacancies/"' in page


def test_working_here_leads_to_the_campaigns_that_run(client, campaign, today):
    CampaignFactory(name="Long over", starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))

    page = client.get("/careers/").content.decode()

    assert 'href="/careers/campaigns/100-more/"' in page
    assert "Long over" not in page


def test_a_campaign_that_is_over_says_so(client, campaign, time_machine):
    time_machine.move_to("2027-02-01T12:00:00+00:00")

    page = client.get("/careers/campaigns/100-more/").content.decode()

    assert "This drive ended on 31 December 2026." in page


@pytest.mark.parametrize("count", [1, 3])
def test_campaign_query_count(client, campaign, django_assert_num_queries, count):
    LiveVacancyFactory.create_batch(count, campaign=campaign)

    with django_assert_num_queries(3):  # the campaign, how many jobs, the jobs
        response = client.get("/careers/campaigns/100-more/")

    assert len(response.context["page"]) == count
