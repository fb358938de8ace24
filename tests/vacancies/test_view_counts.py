import uuid
from datetime import timedelta

import pytest
import redis
from django.test import RequestFactory
from django.urls import reverse

from tests.factories.vacancies import LiveVacancyFactory
from vacancies import views_count
from vacancies.actions import counting, store_views_counted
from vacancies.models import ViewCount, ViewSource
from vacancies.views_count import count_view, counter, source_of

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def counted(monkeypatch):
    """The counter, under a name of its own for each test."""
    name = f"test:views:{uuid.uuid4().hex}"
    monkeypatch.setattr(views_count, "COUNTED", name)
    monkeypatch.setattr(counting, "COUNTED", name)
    yield counter()
    counter().delete(name)


def visit(path="/", *, method="get", **headers):
    request = getattr(RequestFactory(), method)(path, headers={"user-agent": BROWSER, **headers})
    request.META["SERVER_NAME"] = "careers.example.org"
    return request


@pytest.fixture(autouse=True)
def _our_name(settings):
    settings.ALLOWED_HOSTS = ["careers.example.org", "testserver"]


@pytest.mark.parametrize(
    ("path", "referer", "source"),
    [
        ("/", "", ViewSource.DIRECT),
        ("/?from=alert", "", ViewSource.ALERT),
        ("/?from=feed", "https://www.google.com/", ViewSource.FEED),
        ("/?utm_source=LinkedIn", "", ViewSource.SOCIAL),
        ("/?utm_source=indeed.co.uk", "", ViewSource.JOB_BOARD),
        ("/?utm_source=poster", "", ViewSource.PRINT),
        ("/?utm_source=newthing", "", ViewSource.OTHER),
        ("/", "https://www.google.co.uk/", ViewSource.SEARCH_ENGINE),
        ("/", "https://duckduckgo.com/?q=x", ViewSource.SEARCH_ENGINE),
        ("/", "https://l.facebook.com/l.php", ViewSource.SOCIAL),
        ("/", "https://t.co/abc", ViewSource.SOCIAL),
        ("/", "https://uk.indeed.com/", ViewSource.JOB_BOARD),
        ("/", "https://www.hants.gov.uk/jobs", ViewSource.COUNCIL),
        ("/", "https://shreds.example.com/", ViewSource.OTHER),
        ("/", "http://careers.example.org/vacancies/?q=x", ViewSource.OUR_SEARCH),
        ("/", "http://careers.example.org/", ViewSource.OUR_SEARCH),
        ("/", "http://careers.example.org/careers/stories/", ViewSource.OUR_PAGES),
        ("/", "http://[broken", ViewSource.OTHER),
        ("/", "android-app://com.example/", ViewSource.OTHER),
    ],
)
def test_the_source_is_what_the_link_says_or_where_the_person_came_from(path, referer, source):
    assert source_of(visit(path, referer=referer)) == source


def test_views_are_counted_and_stored(today):
    first, second = LiveVacancyFactory.create_batch(2)
    for _ in range(3):
        count_view(first.reference, visit())
    count_view(first.reference, visit("/?from=alert"))
    count_view(second.reference, visit())

    assert store_views_counted() == 5

    rows = ViewCount.objects.order_by("vacancy", "source")
    assert list(rows.values_list("vacancy", "day", "source", "number")) == [
        (first.pk, today, "alert", 1),
        (first.pk, today, "direct", 3),
        (second.pk, today, "direct", 1),
    ]
    assert store_views_counted() == 0


def test_a_later_run_adds_to_the_same_day(today):
    vacancy = LiveVacancyFactory()
    count_view(vacancy.reference, visit())
    store_views_counted()
    count_view(vacancy.reference, visit())

    store_views_counted()

    assert ViewCount.objects.get().number == 2


def test_views_belong_to_the_day_on_which_they_happened(today, time_machine):
    vacancy = LiveVacancyFactory()
    count_view(vacancy.reference, visit())
    time_machine.shift(timedelta(days=1))

    store_views_counted()

    assert ViewCount.objects.get().day == today


def test_what_a_stopped_run_took_is_stored_by_the_next(counted, today):
    vacancy = LiveVacancyFactory()
    count_view(vacancy.reference, visit())
    counted.rename(views_count.COUNTED, f"{views_count.COUNTED}:taken")

    assert store_views_counted() == 1
    assert ViewCount.objects.get().number == 1


def test_adverts_that_do_not_exist_are_not_stored():
    count_view("HCC-999999", visit())

    assert store_views_counted() == 0


@pytest.mark.parametrize(
    "request_",
    [
        visit(**{"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}),
        visit(**{"user-agent": "facebookexternalhit/1.1"}),
        visit(**{"user-agent": "python-requests/2.32"}),
        visit(**{"user-agent": ""}),
        visit(**{"sec-purpose": "prefetch;prerender"}),
        visit(method="head"),
        visit(method="post"),
    ],
)
def test_programs_and_pages_fetched_ahead_are_not_counted(counted, request_):
    count_view("HCC-1001", request_)

    assert not counted.exists(views_count.COUNTED)


def test_an_advert_counts_its_readers(client, today):
    vacancy = LiveVacancyFactory()
    address = reverse("vacancies:vacancy-detail", args=[vacancy.reference])

    client.get(address, headers={"user-agent": BROWSER, "referer": "https://www.bing.com/"})
    store_views_counted()

    assert list(ViewCount.objects.values_list("vacancy", "source", "number")) == [
        (vacancy.pk, "search_engine", 1)
    ]


def test_a_page_that_is_kept_for_visitors_counts_each_of_them(client, today, settings):
    settings.PAGES_KEPT_SECONDS = 60
    vacancy = LiveVacancyFactory()
    address = reverse("vacancies:vacancy-detail", args=[vacancy.reference])

    for _ in range(3):
        client.get(address, headers={"user-agent": BROWSER})

    assert store_views_counted() == 3


def test_without_redis_the_page_comes_and_the_view_is_not_counted(
    client, today, monkeypatch, caplog
):
    nobody = redis.Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.1)
    monkeypatch.setattr(views_count, "counter", lambda: nobody)
    vacancy = LiveVacancyFactory()

    response = client.get(
        reverse("vacancies:vacancy-detail", args=[vacancy.reference]),
        headers={"user-agent": BROWSER},
    )

    assert response.status_code == 200
    assert "A view was not counted" in caplog.text
    assert ViewCount.objects.count() == 0


def test_nothing_of_the_person_is_kept(counted, today):
    secret = visit(
        "/?from=alert&token=SECRET", referer="https://example.com/SECRET", cookie="a=SECRET"
    )
    count_view("HCC-1001", secret)

    assert list(counted.hgetall(views_count.COUNTED)) == ["2026-03-11|HCC-1001|alert"]
