import json
import re
from datetime import date, timedelta

import pytest

from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.careers import PublishedStoryFactory, StoryFactory
from tests.factories.organisation import DistrictFactory, RoleFactory
from tests.factories.vacancies import (
    ClosedVacancyFactory,
    CriterionFactory,
    LiveVacancyFactory,
    VacancyFactory,
)
from vacancies.models import Contract, Pattern
from vacancies.queries import similar_vacancies

pytestmark = pytest.mark.django_db


def page_of(client, vacancy):
    response = client.get(vacancy.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_detail_shows_the_figures_the_criteria_and_the_button(client, today):
    vacancy = LiveVacancyFactory(
        role=RoleFactory(needs_registration=True),
        salary_from=37_200,
        salary_to=41_800,
        weekly_hours="22.20",
        patterns=[Pattern.PART_TIME, Pattern.JOB_SHARE],
        contract=Contract.FIXED_TERM,
        contract_months=12,
        closes_on=date(2026, 3, 25),
        interview_on=date(2026, 4, 2),
    )
    CriterionFactory(vacancy=vacancy, text="Patience with forms")
    CriterionFactory(vacancy=vacancy, text="Some Polish", kind="desirable")

    page = page_of(client, vacancy)

    for words in [
        "£22,320 to £25,080 a year, what you are paid for 22.2 hours a week",
        "£37,200 to £41,800 a year, for 37 hours a week all year",
        "Grade F",
        "22.2 hours a week: part time, job share",
        "Fixed term, 12 months",
        "11:59pm on Wednesday 25 March 2026",
        "Thursday 2 April 2026",
        "Social Work England",
        "Patience with forms",
        "Some Polish",
        '<h2 class="govuk-heading-l">What you will do</h2>',
        f'href="/vacancies/{vacancy.reference}/apply/"',
        "Apply for this job",
    ]:
        assert words in page, words


@pytest.mark.parametrize("make", [VacancyFactory, LiveVacancyFactory])
def test_what_is_not_public_yet_is_not_found(client, make, today):
    vacancy = make(opens_on=today + timedelta(days=1))
    client.force_login(UserFactory(roles=["panel_member"]))

    assert client.get(vacancy.get_absolute_url()).status_code == 404


def test_hr_and_the_hiring_manager_see_a_draft_as_a_preview(client):
    manager = UserFactory(roles=["hiring_manager"])
    draft = VacancyFactory(hiring_manager=manager)

    for person in [HRAdminFactory(), manager]:
        client.force_login(person)
        page = page_of(client, draft)
        assert "The public cannot see this advert yet." in page
        assert "Apply for this job" not in page
        assert "application/ld+json" not in page


@pytest.mark.parametrize("state", ["closed", "filled", "withdrawn"])
def test_what_is_over_is_gone_and_shows_what_is_like_it(client, state):
    over = ClosedVacancyFactory(state=state)
    alike = LiveVacancyFactory(role=over.role)

    response = client.get(over.get_absolute_url())

    assert response.status_code == 410
    assert list(response.context["similar"]) == [alike]
    assert "This job has closed" in response.content.decode()
    assert "application/ld+json" not in response.content.decode()


def test_who_applied_for_a_job_that_was_withdrawn_is_not_told_that_nothing_changes(client):
    closed = client.get(ClosedVacancyFactory().get_absolute_url()).content.decode()
    withdrawn = client.get(ClosedVacancyFactory(state="withdrawn").get_absolute_url())

    assert "nothing changes" in closed
    assert "nothing changes" not in withdrawn.content.decode()
    assert "We have withdrawn it." in withdrawn.content.decode()


def test_a_draft_that_was_withdrawn_was_never_public(client):
    draft = ClosedVacancyFactory(state="withdrawn", published_at=None, published_by=None)

    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("address", ["HCC-999999", "nonsense", "HCC-1001'", "%00", "HCC-%00"])
def test_an_address_of_nothing_is_not_found(client, address):
    assert client.get(f"/vacancies/{address}/").status_code == 404


def test_an_address_in_small_letters_leads_to_the_one_in_capitals(client):
    vacancy = LiveVacancyFactory()

    response = client.get(vacancy.get_absolute_url().replace("HCC", "hcc") + "?place=Alton")

    assert (response.status_code, response.url) == (
        301,
        f"/vacancies/{vacancy.reference}/?place=Alton",
    )


def test_an_address_in_small_letters_does_not_tell_whether_there_is_an_advert(client):
    draft = VacancyFactory().reference

    for reference in (draft, "HCC-999999", "ABC-1"):
        response = client.get(f"/vacancies/{reference.lower()}/")
        assert (response.status_code, response.url) == (301, f"/vacancies/{reference}/")
        assert client.get(response.url).status_code == 404


def test_similar_vacancies_put_role_before_family_before_distance(today):
    role, cousin = RoleFactory(family="social_work"), RoleFactory(family="social_work")
    vacancy = LiveVacancyFactory(role=role)
    near_stranger = LiveVacancyFactory(role=RoleFactory(family="leadership"))
    of_family = LiveVacancyFactory(role=cousin, latitude=50.9)
    far_twin = LiveVacancyFactory(role=role, latitude=50.8)
    near_twin = LiveVacancyFactory(role=role)
    ClosedVacancyFactory(role=role)

    assert list(similar_vacancies(vacancy, today, limit=9)) == [
        near_twin,
        far_twin,
        of_family,
        near_stranger,
    ]


def test_published_stories_of_the_team_are_shown(client):
    vacancy = LiveVacancyFactory()
    of_team = PublishedStoryFactory(team=vacancy.team)
    PublishedStoryFactory()
    StoryFactory(team=vacancy.team)

    response = client.get(vacancy.get_absolute_url())

    assert list(response.context["stories"]) == [of_team]
    assert f'href="{of_team.get_absolute_url()}"' in response.content.decode()


def posting_of(page):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


def test_job_posting_is_complete(client, today, settings):
    settings.SITE_URL = "https://careers.example.org"
    settings.COUNCIL_NAME = "Any County Council"
    vacancy = LiveVacancyFactory(
        district=DistrictFactory(name="Hart"),
        summary="Help families.",
        postcode="RG21 9ZZ",
        patterns=[Pattern.FULL_TIME, Pattern.JOB_SHARE, Pattern.HYBRID],
        contract=Contract.SECONDMENT,
        closes_on=date(2026, 4, 30),
        body="Words.",
    )

    posting = posting_of(page_of(client, vacancy))

    assert posting == {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": "Social worker",
        "description": '<p>Help families.</p><p class="govuk-body">Words.</p>\n',
        "identifier": {
            "@type": "PropertyValue",
            "name": "Any County Council",
            "value": vacancy.reference,
        },
        "url": f"https://careers.example.org/vacancies/{vacancy.reference}/",
        "datePosted": "2026-03-11",
        "validThrough": "2026-04-30T23:59:59+01:00",
        "employmentType": ["FULL_TIME", "PART_TIME", "TEMPORARY"],
        "totalJobOpenings": 1,
        "directApply": True,
        "hiringOrganization": {
            "@type": "Organization",
            "name": "Any County Council",
            "sameAs": "https://careers.example.org",
            "logo": "https://careers.example.org/static/images/emblem.svg",
        },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Basingstoke",
                "addressRegion": "Hart",
                "addressCountry": "GB",
                "postalCode": "RG21 9ZZ",
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "GBP",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": 37_200,
                "maxValue": 41_800,
                "unitText": "YEAR",
            },
        },
    }


def test_job_posting_cannot_be_broken_out_of(client):
    title = "</script><script>alert(1)</script><!--"
    page = page_of(client, LiveVacancyFactory(title=title, summary=title))

    assert posting_of(page)["title"] == title
    assert "<script>alert" not in page


def test_sitemap_lists_open_vacancies_only(client):
    live = LiveVacancyFactory()
    VacancyFactory()
    ClosedVacancyFactory()

    page = client.get("/sitemap.xml").content.decode()

    assert re.findall(r"/vacancies/(HCC-\d+)/", page) == [live.reference]


@pytest.mark.parametrize("count", [1, 3])
def test_detail_query_count(client, django_assert_num_queries, count):
    vacancy = LiveVacancyFactory()
    LiveVacancyFactory.create_batch(count)
    CriterionFactory.create_batch(count, vacancy=vacancy)
    PublishedStoryFactory(team=vacancy.team)

    # The vacancy, its other places, criteria and payments, chats, similar ones, stories of its team.
    with django_assert_num_queries(7):
        response = client.get(vacancy.get_absolute_url())

    assert len(response.context["similar"]) == count
