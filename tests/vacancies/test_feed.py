"""The Atom feed of a search, and the sitemap."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from tests.factories.accounts import HRAdminFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory, VacancyFactory
from tests.factories.vacancy_parts import StaffFirstVacancyFactory
from vacancies.actions import change_criteria
from vacancies.models import Criterion

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, **query):
    response = client.get("/vacancies/feed.atom", query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(client, **query):
    return feed(client, **query).findall(f"{ATOM}entry")


def told(entry, name):
    return entry.findtext(f"{ATOM}{name}")


def test_the_feed_holds_open_adverts_the_newest_first(client, today):
    older = LiveVacancyFactory(published_at=timezone.now() - timedelta(days=2))
    newer = LiveVacancyFactory(
        title="Work & learn <here>", weekly_hours="18.5", published_at=timezone.now()
    )
    ClosedVacancyFactory()
    VacancyFactory()

    first, second = entries(client)

    address = f"http://127.0.0.1:8000/vacancies/{newer.reference}/"
    assert told(first, "title") == "Work & learn <here>, Basingstoke"
    assert told(first, "id") == address
    assert first.find(f"{ATOM}link").get("href") == f"{address}?from=feed"
    assert told(first, "updated") == "2026-03-11T12:00:00+00:00"
    assert "£18,600 to £20,900 a year" in told(first, "summary")
    assert "Apply by 11:59pm on Wednesday 25 March 2026." in told(first, "summary")
    assert told(second, "id").endswith(f"/{older.reference}/")


def test_the_feed_of_a_search_holds_what_the_search_finds(client):
    fits = LiveVacancyFactory(title="Administrator")
    LiveVacancyFactory()

    tree = feed(client, q="administrator", sort="closing", rubbish="\x00")

    [entry] = tree.findall(f"{ATOM}entry")
    assert told(entry, "id").endswith(f"/{fits.reference}/")
    assert tree.findtext(f"{ATOM}title") == ("Hampshire County Council vacancies: “administrator”")
    [self_link] = [link for link in tree.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert self_link.get("href") == (
        "http://127.0.0.1:8000/vacancies/feed.atom?q=administrator&sort=closing"
    )


def test_the_feed_ends_somewhere(client, settings):
    settings.FEED_MOST = 2
    LiveVacancyFactory.create_batch(3)

    assert len(entries(client)) == 2


def test_an_advert_that_changed_is_updated_and_keeps_its_id(client, today, time_machine):
    vacancy = LiveVacancyFactory()
    [before] = entries(client)
    time_machine.move_to(datetime(2026, 3, 12, 9, tzinfo=UTC), tick=False)

    change_criteria(vacancy=vacancy, by=HRAdminFactory(), kept=[Criterion(text="Tact")])

    [after] = entries(client)
    assert told(after, "id") == told(before, "id")
    assert told(after, "updated") == "2026-03-12T09:00:00+00:00"


def test_what_staff_saw_first_is_updated_on_its_public_day(client, today, time_machine):
    StaffFirstVacancyFactory()
    time_machine.move_to(datetime(2026, 3, 20, 9, tzinfo=UTC), tick=False)

    [entry] = entries(client)

    assert told(entry, "updated") == "2026-03-18T00:00:00+00:00"


@pytest.mark.parametrize(
    "query",
    [{"q": "\x00"}, {"q": "x" * 10_000}, {"radius": "abc"}, {"place": "Nowhere"}, {"sort": "'"}],
)
def test_any_address_gives_a_feed(client, query):
    LiveVacancyFactory(summary="A\x0bstray\x01control character.")

    feed(client, **query)


def test_a_reader_that_has_it_already_is_told_so(client, today):
    LiveVacancyFactory()
    etag = client.get("/vacancies/feed.atom")["ETag"]

    assert client.get("/vacancies/feed.atom", headers={"If-None-Match": etag}).status_code == 304


def test_an_empty_feed_stays_the_same_all_day(client, today, time_machine):
    def etag_at(hour):
        time_machine.move_to(datetime(2026, 3, 11, hour, tzinfo=UTC), tick=False)
        return client.get("/vacancies/feed.atom")["ETag"]

    assert etag_at(9) == etag_at(17)
    assert feed(client).findtext(f"{ATOM}updated") == "2026-03-11T00:00:00+00:00"


@pytest.mark.parametrize(
    "address",
    [
        "/vacancies/", "/vacancies/feed.atom", "/vacancies/saved/", "/sitemap.xml",
        "/vacancies/alerts/check-your-email/", "/api/v1/vacancies/", "/api/v1/openapi.json",
    ],
)  # fmt: skip
def test_what_can_only_be_read_takes_no_post(client, address):
    assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


def test_the_list_names_the_feed_of_its_search_in_its_head(client):
    head = client.get(
        "/vacancies/", {"q": "tact", "contract": "permanent", "page": "2"}
    ).content.decode()

    assert re.findall(r'<link rel="alternate"[^>]*href="(.*?)"', head) == [
        "/vacancies/feed.atom?q=tact&amp;contract=permanent"
    ]


def test_the_sitemap_says_when_an_advert_last_changed(client, today, time_machine):
    changed, untouched = LiveVacancyFactory(), LiveVacancyFactory()
    time_machine.move_to(datetime(2026, 3, 13, 9, tzinfo=UTC), tick=False)
    change_criteria(vacancy=changed, by=HRAdminFactory(), kept=[Criterion(text="Tact")])

    page = client.get("/sitemap.xml").content.decode()

    assert re.findall(r"/vacancies/(HCC-\d+)/</loc><lastmod>(.*?)</lastmod>", page) == [
        (changed.reference, "2026-03-13"),
        (untouched.reference, "2026-03-11"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_feed_query_count(client, django_assert_num_queries, count):
    LiveVacancyFactory.create_batch(count)

    # Roles and districts that the form knows, and the adverts.
    with django_assert_num_queries(3):
        assert len(entries(client)) == count
