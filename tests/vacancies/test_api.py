"""The interface for partners: every answer is held to the description it gives of itself."""

import json
from datetime import date, timedelta

import pytest
from django.conf import settings as portal_settings
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from organisation.models import Place, RoleFamily
from tests.factories.accounts import UserFactory
from tests.factories.organisation import DistrictFactory, RoleFactory, StaffMemberFactory
from tests.factories.vacancies import ClosedVacancyFactory, CriterionFactory, LiveVacancyFactory
from tests.factories.vacancy_parts import (
    OtherPlaceFactory,
    PaymentFactory,
    SiftDateFactory,
    StaffFirstVacancyFactory,
    StaffOnlyVacancyFactory,
)
from vacancies.api.views import DESCRIPTION
from vacancies.forms import NAMES, SORTS
from vacancies.forms.search import DRIVING, REGISTRATION, YES
from vacancies.models import Contract, CriterionKind, DBSLevel, Driving, Pattern, PaymentKind

pytestmark = pytest.mark.django_db
OPENAPI = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
LIST, DETAIL = "/vacancies/", "/vacancies/{reference}/"


def ask(client, path, *, reference="", method="get", headers=None, **query):
    """Ask the interface and hold the answer to its description. Returns status and content."""
    address = f"/api/v1{path.format(reference=reference)}"
    response = getattr(client, method)(address, query, headers=headers)
    described = OPENAPI["paths"][path]["get"]["responses"]
    assert str(response.status_code) in described, response.status_code
    expected = described[str(response.status_code)]
    for header in expected.get("headers", {}):
        assert header in response.headers, header
    if "content" not in expected:
        assert response.content == b""
        return response.status_code, None
    assert response["Content-Type"] == "application/json"
    content = response.json()
    hold_to(content, expected["content"]["application/json"]["schema"])
    return response.status_code, content


def hold_to(content, schema):
    whole = {**schema, "components": OPENAPI["components"]}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(content)


def references(content):
    return [vacancy["reference"] for vacancy in content["results"]]


def full_vacancy(**fields):
    vacancy = LiveVacancyFactory(
        **{
            "weekly_hours": "18.5",
            "paid_weeks": 44,
            "patterns": [Pattern.PART_TIME, Pattern.TERM_TIME],
            "contract": Contract.FIXED_TERM,
            "contract_months": 12,
            "rolling": True,
            "interview_on": date(2099, 1, 1),
            "benefits": "- A bicycle",
            **fields,
        }
    )
    OtherPlaceFactory(vacancy=vacancy)
    PaymentFactory(vacancy=vacancy)
    SiftDateFactory(vacancy=vacancy)
    CriterionFactory(vacancy=vacancy)
    return vacancy


def test_the_list_tells_what_a_card_tells_and_more(client, today):
    vacancy = full_vacancy(district=DistrictFactory(name="Hart", slug="hart"))
    LiveVacancyFactory()

    status, content = ask(client, LIST, q=vacancy.reference)

    assert status == 200
    assert (content["count"], content["page"], content["pages"]) == (1, 1, 1)
    [found] = content["results"]
    assert found["pay"]["actual"] == {"lowest": 15_695, "highest": 17_636}
    assert found["pay"]["full_time"] == {"lowest": 37_200, "highest": 41_800}
    assert [place["name"] for place in found["places"]] == ["Basingstoke", "Alton"]
    assert found["places"][0]["district"] == {"name": "Hart", "slug": "hart"}
    assert found["closes_at"] == "2026-03-25T23:59:59+00:00"
    assert found["updated_at"] == "2026-03-11T12:00:00+00:00"
    assert found["url"] == f"http://127.0.0.1:8000/vacancies/{vacancy.reference}/"


def test_one_advert_tells_everything_its_page_does(client, today):
    vacancy = full_vacancy()

    status, content = ask(client, DETAIL, reference=vacancy.reference)

    assert status == 200
    assert content["criteria"] == [
        {"kind": "essential", "text": "Experience of working with families."}
    ]
    assert content["payments"] == [
        {"kind": "supplement", "name": "Market supplement", "amount": 3_000, "condition": ""}
    ]
    assert content["sift_dates"] == ["2026-03-18"]
    assert "<li>A bicycle</li>" in content["benefits_html"]
    assert content["apply_url"].endswith(f"/vacancies/{vacancy.reference}/apply/")


def test_the_pages_lead_on_and_back(client):
    LiveVacancyFactory.create_batch(5)

    _, first = ask(client, LIST, per_page=2, contract="permanent")
    _, second = ask(client, LIST, per_page=2, page=2)
    _, last = ask(client, LIST, per_page=2, page=3)

    address = "http://127.0.0.1:8000/api/v1/vacancies/"
    assert first["next"] == f"{address}?per_page=2&contract=permanent&page=2"
    assert (first["previous"], last["next"]) == (None, None)
    assert second["previous"] == f"{address}?per_page=2&page=1"
    everything = [*references(first), *references(second), *references(last)]
    assert len(set(everything)) == len(everything) == first["count"] == 5


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ({"radius": "7"}, "radius", "Choose a distance from the list"),
        ({"contract": "forever"}, "contract", "Choose one from the list"),
        ({"role": "wizard"}, "role", "Choose one from the list"),
        ({"salary_min": "lots"}, "salary_min", "Enter a yearly salary in pounds, like 35,000"),
        ({"place": "Nowhere"}, "place", "We do not know a place called “Nowhere”"),
        ({"q": "x" * 101}, "q", "Search for 100 characters or fewer"),
        ({"colour": "blue"}, "colour", "We do not know this parameter."),
        ({"page": "0"}, "page", "This must be a whole number from 1 to 500."),
        ({"page": "10" * 500}, "page", "This must be a whole number from 1 to 500."),
        ({"page": "²"}, "page", "This must be a whole number from 1 to 500."),
        ({"per_page": "101"}, "per_page", "This must be a whole number from 1 to 100."),
        ({"per_page": "-1"}, "per_page", "This must be a whole number from 1 to 100."),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(client, query, parameter, words):
    status, content = ask(client, LIST, **query)

    assert status == 400
    assert {"parameter": parameter, "message": words} in content["errors"]


def test_a_page_that_is_not_there(client):
    status, content = ask(client, LIST, page=2)

    assert status == 404
    assert content["errors"] == [{"parameter": "page", "message": "There are 1 pages."}]


@pytest.mark.parametrize("reference", ["HCC-999999", "x", "%00", "hcc-1001", "a" * 500])
def test_an_advert_that_is_not_there(client, reference):
    assert ask(client, DETAIL, reference=reference)[0] == 404


def test_any_other_address_is_answered_in_json(client):
    response = client.get("/api/v1/people/")

    assert response.status_code == 404
    assert response.json()["errors"][0]["message"] == "There is nothing at this address."


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(client, method):
    assert ask(client, LIST, method=method)[0] == 405
    assert ask(client, DETAIL, method=method, reference=LiveVacancyFactory().reference)[0] == 405


def test_a_partner_that_sends_something_is_answered_in_json_too():
    strict = Client(enforce_csrf_checks=True)

    assert ask(strict, LIST, method="post")[0] == 405


def test_staff_are_told_no_more_than_everybody(client):
    hidden = [StaffOnlyVacancyFactory(), StaffFirstVacancyFactory(), ClosedVacancyFactory()]
    seen = LiveVacancyFactory()
    client.force_login(StaffMemberFactory(user=UserFactory(roles=["hr_admin"])).user)

    assert references(ask(client, LIST)[1]) == [seen.reference]
    assert [ask(client, DETAIL, reference=each.reference)[0] for each in hidden] == [404] * 3


def test_a_partner_that_has_it_already_is_told_so_until_it_changes(client, today):
    vacancy = LiveVacancyFactory()
    etag = client.get("/api/v1/vacancies/")["ETag"]

    assert ask(client, LIST, headers={"If-None-Match": etag})[0] == 304
    vacancy.title = "Another title"
    vacancy.save()
    assert ask(client, LIST, headers={"If-None-Match": etag})[0] == 200


def test_an_address_that_asks_too_often_waits(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "api": "2/m/ip"}

    statuses = [ask(client, LIST)[0] for _ in range(3)]

    assert statuses == [200, 200, 429]
    assert client.get("/api/v1/vacancies/")["Retry-After"] == "60"


def test_any_site_may_read_and_no_cookie_is_set(client):
    response = client.get("/api/v1/vacancies/")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.cookies == {}


def parameters():
    return {row["name"]: row["schema"] for row in OPENAPI["paths"][LIST]["get"]["parameters"]}


def test_every_parameter_is_described_and_every_described_one_exists():
    assert set(parameters()) == {*NAMES, "page", "per_page"}


def test_every_described_value_is_taken(client):
    RoleFactory(slug="social-worker")
    DistrictFactory(slug="hart")
    Place.objects.create(name="Alton", latitude=51.1, longitude=-0.97, district="Hart")
    examples = {"role": ["social-worker"], "district": ["hart"], "q": ["help"], "place": ["Alton"]}
    for name, schema in parameters().items():
        one = schema.get("items", schema)
        for value in examples.get(name) or one.get("enum") or [one["minimum"]]:
            assert ask(client, LIST, **{name: value})[0] == 200, (name, value)


def test_the_described_values_are_those_of_the_portal():
    described = {
        name: schema.get("items", schema).get("enum")
        for name, schema in parameters().items()
        if "enum" in schema.get("items", schema)
    }

    assert described == {
        "radius": portal_settings.SEARCH_RADII,
        "family": RoleFamily.values,
        "contract": Contract.values,
        "pattern": Pattern.values,
        "registration": [*REGISTRATION],
        "driving": [*DRIVING],
        "posted": portal_settings.POSTED_SINCE_DAYS,
        "sort": [*SORTS],
        **{flag: ["on"] for flag in (*YES, "exact", "text")},
    }
    fields = OPENAPI["components"]["schemas"]["FullVacancy"]["properties"]
    assert fields["dbs_level"]["enum"] == DBSLevel.values
    assert fields["driving"]["properties"]["need"]["enum"] == Driving.values
    kinds = [
        fields[name]["items"]["properties"]["kind"]["enum"] for name in ("criteria", "payments")
    ]
    assert kinds == [CriterionKind.values, PaymentKind.values]


def test_the_limits_are_those_of_the_portal():
    limit = portal_settings.RATE_LIMITS["api"].split("/")[0]

    assert f"may ask {limit} times a minute" in OPENAPI["info"]["description"]
    assert parameters()["page"]["maximum"] == portal_settings.LAST_PAGE
    assert parameters()["per_page"]["default"] == portal_settings.VACANCIES_PER_PAGE
    assert parameters()["radius"]["default"] == portal_settings.DEFAULT_RADIUS


def test_the_description_is_sound_and_served(client):
    assert OPENAPI["openapi"] == "3.1.0"
    for name, schema in OPENAPI["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert set(schema["required"]) == set(schema["properties"]), name
    assert client.get("/api/v1/openapi.json").json() == OPENAPI


def test_an_answer_that_strays_from_the_description_would_be_noticed(client):
    LiveVacancyFactory()
    _, content = ask(client, LIST)
    schema = {"$ref": "#/components/schemas/Page"}
    content["results"][0]["colour"] = "blue"

    with pytest.raises(Exception, match="Additional properties are not allowed"):
        hold_to(content, schema)


def test_people_read_how_to_begin(client):
    page = client.get("/api/").content.decode()

    assert "at most 120 times a minute" in page
    assert 'href="/api/v1/openapi.json"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(client, django_assert_num_queries, count):
    for _ in range(count):
        full_vacancy()

    # Roles and districts that the form knows, the count, the adverts, their places and districts.
    with django_assert_num_queries(6):
        assert len(ask(client, LIST)[1]["results"]) == count


def test_a_closed_advert_leaves_the_list_the_day_after(client, today, time_machine):
    vacancy = LiveVacancyFactory(closes_on=today)
    assert references(ask(client, LIST)[1]) == [vacancy.reference]

    time_machine.shift(timedelta(days=1))

    assert ask(client, LIST)[1]["count"] == 0
