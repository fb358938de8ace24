"""What the page of one advert tells."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest

from organisation.models import Outcode, Place
from tests.factories.accounts import UserFactory
from tests.factories.organisation import DistrictFactory, StaffMemberFactory
from tests.factories.vacancies import CriterionFactory, LiveVacancyFactory, VacancyFactory
from tests.factories.vacancy_parts import (
    OtherPlaceFactory,
    PaymentFactory,
    SiftDateFactory,
    StaffFirstVacancyFactory,
    StaffOnlyVacancyFactory,
    TeamFactsFactory,
)
from vacancies.models import DBSLevel, Driving, Pattern

pytestmark = pytest.mark.django_db
WINCHESTER = (51.0632, -1.3080)


def rows_of(client, vacancy, **query):
    """Return the facts of the page as {key: value}."""
    page = client.get(vacancy.get_absolute_url(), query).content.decode()
    found = re.findall(
        r'summary-list__key">(.*?)</dt><dd class="govuk-summary-list__value">(.*?)</dd>', page
    )
    return {unescape(key): unescape(value) for key, value in found}


def page_of(client, vacancy, **query):
    return unescape(client.get(vacancy.get_absolute_url(), query).content.decode())


def test_full_time_has_one_salary(client):
    rows = rows_of(client, LiveVacancyFactory())

    assert rows["Salary"] == "£37,200 to £41,800 a year"
    assert "Actual pay" not in rows
    assert "Full-time equivalent" not in rows


def test_term_time_shows_actual_and_full_time_pay(client):
    vacancy = LiveVacancyFactory(weekly_hours=30, paid_weeks=39, patterns=[Pattern.TERM_TIME])

    rows = rows_of(client, vacancy)

    assert rows["Actual pay"] == (
        "£22,560 to £25,349 a year, what you are paid for 30 hours a week in 39 paid weeks"
    )
    assert rows["Full-time equivalent"] == (
        "£37,200 to £41,800 a year, for 37 hours a week all year"
    )
    assert rows["Weeks"] == "39 paid weeks a year, holidays included"


def test_what_is_paid_besides_stands_apart(client):
    vacancy = LiveVacancyFactory()
    PaymentFactory(vacancy=vacancy, name="Market supplement", amount=3_000)
    PaymentFactory(
        vacancy=vacancy,
        kind="one_off",
        name="Moving house",
        amount=8_000,
        condition="Paid back if you leave within a year.",
    )

    rows = rows_of(client, vacancy)

    assert rows["Salary"] == "£37,200 to £41,800 a year"
    assert rows["On top, each year"] == "Market supplement: £3,000"
    assert rows["On top, once"] == "Moving house: £8,000. Paid back if you leave within a year."


def test_all_places_are_told_with_the_distance_from_where_one_searched(client):
    Place.objects.create(
        name="Winchester", latitude=WINCHESTER[0], longitude=WINCHESTER[1], district="Winchester"
    )
    vacancy = LiveVacancyFactory(
        number_of_posts=3, postcode="RG21 9ZZ", district=DistrictFactory(name="Basingstoke")
    )
    OtherPlaceFactory(vacancy=vacancy, district=DistrictFactory(name="East Hampshire"))

    assert rows_of(client, vacancy)["Posts"] == "3 posts"
    assert rows_of(client, vacancy)["Places"] == (
        "Basingstoke RG21 9ZZ (Basingstoke)<br>Alton (East Hampshire)"
    )
    assert rows_of(client, vacancy, place="winchester")["Places"] == (
        "Basingstoke RG21 9ZZ, 17 miles away (Basingstoke)<br>Alton, 16 miles away (East Hampshire)"
    )


def test_a_full_postcode_is_said_to_be_placed_roughly(client):
    Outcode.objects.create(code="SO23", latitude=51.06, longitude=-1.32, name="Winchester")

    page = page_of(client, LiveVacancyFactory(), place="SO23 9ZZ")

    assert "about 17 miles away" in page
    assert "from the middle of SO23, so they are about right for SO23 9ZZ." in page


@pytest.mark.parametrize("place", ["Nowhere", "", "\0", "a\nb", "x" * 10_000, "%27"])
def test_an_unknown_place_changes_nothing(client, place):
    vacancy = LiveVacancyFactory(postcode="")

    rows = rows_of(client, vacancy, place=place)

    assert rows["Place"] == f"Basingstoke ({vacancy.district.name})"


@pytest.mark.parametrize(
    ("fields", "key", "value"),
    [
        ({}, "Driving", "Not needed"),
        ({"driving": Driving.ESSENTIAL}, "Driving", "You need to drive"),
        (
            {"driving": Driving.ESSENTIAL, "driving_alternatives": "A paid driver would do."},
            "Driving",
            "You need to drive.<br>If you cannot: A paid driver would do.",
        ),
        (
            {"sponsorship_possible": True},
            "Visa",
            "We can sponsor a Skilled Worker visa for this job",
        ),
        ({}, "Visa", "We cannot sponsor a visa for this job"),
        (
            {},
            "Criminal record check",
            "Enhanced, with the children's barred list (Disclosure and Barring Service)",
        ),
        ({"dbs_level": DBSLevel.NONE}, "Criminal record check", "None"),
    ],
)
def test_what_the_job_asks_of_a_person(client, fields, key, value):
    assert rows_of(client, LiveVacancyFactory(**fields))[key] == value


def test_an_advert_that_is_always_open_tells_when_applications_are_read_next(client, today):
    vacancy = LiveVacancyFactory(rolling=True)
    for days in (-7, 2, 9):
        SiftDateFactory(vacancy=vacancy, sift_on=today + timedelta(days=days))

    page = page_of(client, vacancy)

    assert rows_of(client, vacancy)["Always open"] == (
        "We read applications next on Friday 13 March 2026"
    )
    assert "11:59pm" not in page


def test_team_facts_are_shown_with_their_day_and_owner(client, today):
    vacancy = LiveVacancyFactory()
    owner = UserFactory(full_name="Maggie Thornhill")
    TeamFactsFactory(team=vacancy.team, owner=owner, as_at=date(2026, 2, 1))

    rows = rows_of(client, vacancy)

    assert rows["Caseload"] == "12 to 16 children each"
    assert rows["Supervision"] == "Every two weeks"
    assert rows["People in the team"] == "9"
    assert "As at 1 February 2026. Maggie Thornhill keeps these figures up to date." in page_of(
        client, vacancy
    )


@pytest.mark.parametrize(("days", "shown"), [(180, True), (181, False)])
def test_stale_team_facts_are_hidden(client, today, days, shown):
    vacancy = LiveVacancyFactory()
    TeamFactsFactory(team=vacancy.team, as_at=today - timedelta(days=days))

    assert ("Caseload" in rows_of(client, vacancy)) is shown


def test_the_sheet_to_print_has_the_whole_advert_and_no_other_jobs(client):
    vacancy = LiveVacancyFactory(contact_name="Maggie Thornhill")
    CriterionFactory(vacancy=vacancy, text="Patience with forms")
    LiveVacancyFactory(title="Another job altogether")

    page = page_of(client, vacancy, print="1")

    assert "Patience with forms" in page
    assert "Maggie Thornhill" in page
    assert f"http://127.0.0.1:8000/vacancies/{vacancy.reference}/" in page
    assert "Another job altogether" not in page
    assert "application/ld+json" not in page
    assert 'href="?print=1"' in page_of(client, vacancy)


def test_open_graph_says_what_the_job_is(client):
    vacancy = LiveVacancyFactory(title="Work with <us>", summary="Help families & children.")

    head = client.get(vacancy.get_absolute_url()).content.decode().split("</head>")[0]

    assert dict(re.findall(r'<meta property="(og:\w+)" content="(.*?)">', head)) == {
        "og:site_name": "Hampshire County Council Careers and development",
        "og:type": "website",
        "og:image": "http://127.0.0.1:8000/static/images/social.png",
        "og:title": "Work with &lt;us&gt;, Basingstoke",
        "og:description": "Help families &amp; children.",
        "og:url": f"http://127.0.0.1:8000/vacancies/{vacancy.reference}/",
    }


def postings(client, vacancy):
    page = client.get(vacancy.get_absolute_url()).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(text) for text in found]


def test_the_job_posting_has_all_places_the_actual_pay_and_the_criteria(client):
    vacancy = LiveVacancyFactory(weekly_hours=18.5, number_of_posts=2)
    OtherPlaceFactory(vacancy=vacancy)
    CriterionFactory(vacancy=vacancy, text="Patience & tact")

    [posting] = postings(client, vacancy)

    assert [place["address"]["addressLocality"] for place in posting["jobLocation"]] == [
        "Basingstoke",
        "Alton",
    ]
    assert posting["baseSalary"]["value"]["minValue"] == 18_600
    assert posting["baseSalary"]["value"]["maxValue"] == 20_900
    assert posting["totalJobOpenings"] == 2
    assert "<li>Patience &amp; tact</li>" in posting["description"]


def test_only_a_live_public_advert_is_a_job_posting(client, today):
    staff = StaffMemberFactory(user=UserFactory(roles=["hr_admin"])).user
    hidden = [VacancyFactory(), StaffOnlyVacancyFactory(), StaffFirstVacancyFactory()]
    client.force_login(staff)

    assert [postings(client, vacancy) for vacancy in hidden] == [[], [], []]
    assert len(postings(client, LiveVacancyFactory())) == 1


def test_an_advert_for_staff_first_is_dated_from_when_everyone_sees_it(client, today, time_machine):
    vacancy = StaffFirstVacancyFactory(opens_on=today, closes_on=today + timedelta(days=20))
    time_machine.shift(timedelta(days=8))

    [posting] = postings(client, vacancy)

    assert posting["datePosted"] == "2026-03-18"
