"""Pages kept for visitors: what is kept, what never is, and that every change shows at once."""

import re
import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.models import District, Outcode, Place, Role
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.careers import PublishedStoryFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.vacancies import (
    ClosedVacancyFactory,
    CriterionFactory,
    LiveVacancyFactory,
    VacancyFactory,
)
from vacancies.actions import publish_vacancy, withdraw_vacancy
from vacancies.models import Generation, Vacancy, Visibility
from vacancies.views_count import COUNTED, counter

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/vacancies/"
PACKED = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture(autouse=True)
def _pages_are_kept(settings, _pages_made_afresh):
    settings.PAGES_KEPT_SECONDS = 300


def ask(address, client=None, **headers):
    """Return the answer and how many queries it took; one is for the generation of a kept page."""
    with CaptureQueriesContext(connection) as queries:
        response = (client or Client()).get(address, headers=headers)
    return response, len(queries)


def is_kept(address, client=None, **headers):
    """Ask, and say whether the answer took one query and no template."""
    response, queries = ask(address, client, **headers)
    return queries == 1 and response.context is None


def shown(address):
    return Client().get(address).content.decode()


@pytest.fixture
def advert():
    vacancy = LiveVacancyFactory(title="Social worker, family help")
    CriterionFactory(vacancy=vacancy)
    PublishedStoryFactory(team=vacancy.team)
    return vacancy


def test_a_list_and_an_advert_that_were_asked_for_once_are_kept(advert):
    for address in (LIST, f"{LIST}?q=social&radius=5", advert.get_absolute_url()):
        first, _ = ask(address)
        second, queries = ask(address)

        assert (queries, second.content) == (1, first.content)


def test_the_first_view_of_a_list_makes_at_most_six_queries(advert):
    assert ask(f"{LIST}?q=social&place=Winchester&contract=permanent")[1] <= 6


def test_a_kept_page_comes_packed_with_all_headers_and_an_id_of_its_own(advert):
    first, _ = ask(LIST, **PACKED)
    second, queries = ask(LIST, **PACKED)

    assert (queries, second["Content-Encoding"]) == (1, "gzip")
    ids = first.headers.pop("X-Request-ID"), second.headers.pop("X-Request-ID")
    assert ids[0] != ids[1]
    assert dict(first.headers) == dict(second.headers)
    assert {"Content-Security-Policy", "X-Frame-Options", "ETag"} <= set(second.headers)
    assert second["Cache-Control"] == "private, no-cache"


def test_a_page_kept_packed_is_not_sent_to_a_browser_that_cannot_unpack(advert):
    ask(LIST, **PACKED)

    response, _ = ask(LIST)

    assert "Content-Encoding" not in response.headers
    assert advert.title in response.content.decode()


def test_a_browser_that_has_the_page_still_is_told_so(advert):
    first, _ = ask(LIST, **PACKED)

    kept = Client().get(LIST, headers={**PACKED, "If-None-Match": first["ETag"]})
    Vacancy.objects.update(title="Another title")
    changed = Client().get(LIST, headers={**PACKED, "If-None-Match": first["ETag"]})

    assert (kept.status_code, kept.content) == (304, b"")
    assert changed.status_code == 200


def test_the_order_of_the_names_in_an_address_makes_no_other_page(advert):
    ask(f"{LIST}?q=social&radius=10")

    assert is_kept(f"{LIST}?radius=10&q=social")


def test_empty_parts_of_an_address_lead_to_the_page_that_is_kept_without_them(advert):
    ask(f"{LIST}?q=social")

    for _ in range(2):
        response, _ = ask(f"{LIST}?q=social&place=&salary_min=")
        assert (response.status_code, response.url) == (302, f"{LIST}?q=social")
    assert is_kept(response.url)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("?role=a&role=b", "?role=b&role=a"),
        ("?q=a%26place=b", "?q=a&place=b"),
        ("", "?page=2"),
    ],
)
def test_different_addresses_are_different_pages(advert, one, other):
    ask(LIST + one)

    assert not is_kept(LIST + other)


@pytest.mark.parametrize("address", [f"{LIST}?q={'x' * 600}", f"{LIST}nothing/", "/"])
def test_long_addresses_errors_and_other_pages_are_not_kept(advert, address):
    ask(address)

    assert not is_kept(address)


def test_nothing_is_kept_for_another_host_or_beyond_the_day(advert, time_machine):
    time_machine.move_to(datetime(2026, 11, 21, 23, 50, tzinfo=ZoneInfo("Europe/London")))
    ask(LIST)
    assert is_kept(LIST)
    assert not is_kept(LIST, Host="localhost")

    time_machine.move_to(datetime(2026, 11, 22, 0, 1, tzinfo=ZoneInfo("Europe/London")))
    assert not is_kept(LIST)


def test_a_page_lasts_no_longer_than_the_setting(advert, time_machine, settings):
    time_machine.move_to(datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/London")))
    ask(LIST)

    time_machine.shift(settings.PAGES_KEPT_SECONDS + 1)

    assert not is_kept(LIST)


def test_an_advert_that_closes_at_midnight_is_gone_a_minute_later(time_machine):
    time_machine.move_to(datetime(2026, 11, 21, 23, 59, tzinfo=ZoneInfo("Europe/London")))
    advert = LiveVacancyFactory(closes_on=datetime(2026, 11, 21).date())  # noqa: DTZ001
    ask(advert.get_absolute_url())
    assert is_kept(advert.get_absolute_url())

    time_machine.shift(60)

    assert ask(advert.get_absolute_url())[0].status_code == 410


def test_no_kept_page_holds_a_token_or_sets_a_cookie(advert):
    for address in (LIST, advert.get_absolute_url()):
        for _ in range(2):
            response, _ = ask(address)
            assert not response.cookies
            assert b"csrfmiddlewaretoken" not in response.content


def test_cookies_of_other_sites_make_no_difference(advert):
    client = Client()
    client.cookies["council_banner_seen"] = "yes"
    client.cookies["csrftoken"] = "x" * 32
    ask(LIST)

    assert is_kept(LIST, client)


def test_somebody_with_a_session_is_not_given_a_kept_page_and_theirs_is_not_kept(advert):
    person = UserFactory(full_name="Priya Marsh")
    client = Client()
    client.force_login(person)

    own, _ = ask(LIST, client)
    assert "Priya Marsh" in own.content.decode()
    assert "Priya Marsh" not in shown(LIST)
    assert is_kept(LIST)
    assert "Priya Marsh" in client.get(LIST).content.decode()


@pytest.mark.parametrize("name", ["sessionid", "savedjobs"])
def test_a_cookie_of_ours_that_tells_of_the_person_asks_for_a_page_of_its_own(advert, name):
    client = Client()
    client.cookies[name] = "something"
    ask(LIST)

    assert not is_kept(LIST, client)


def test_the_names_of_the_personal_cookies_are_those_that_are_set(settings):
    assert settings.SESSION_COOKIE_NAME in settings.PERSONAL_COOKIES


def test_a_staff_only_advert_that_staff_have_seen_is_not_there_for_visitors():
    advert = LiveVacancyFactory(visibility=Visibility.STAFF_ONLY, title="Inside only")
    staff = Client()
    staff.force_login(StaffMemberFactory().user)

    assert ask(advert.get_absolute_url(), staff)[0].status_code == 200
    assert ask(advert.get_absolute_url())[0].status_code == 404
    assert ask(advert.get_absolute_url(), staff)[0].status_code == 200
    assert "Inside only" not in shown(LIST)


def test_the_preview_of_a_draft_is_not_kept():
    draft = VacancyFactory()
    hr = Client()
    hr.force_login(HRAdminFactory())

    assert ask(draft.get_absolute_url(), hr)[0].status_code == 200
    assert ask(draft.get_absolute_url())[0].status_code == 404


def test_a_published_vacancy_shows_at_once():
    draft = VacancyFactory(title="Fresh out of the press")
    CriterionFactory(vacancy=draft)
    assert "Fresh out of the press" not in shown(LIST)

    publish_vacancy(vacancy=draft, by=HRAdminFactory())

    assert "Fresh out of the press" in shown(LIST)


def test_a_withdrawn_vacancy_is_gone_at_once(advert):
    assert advert.title in shown(LIST)
    ask(advert.get_absolute_url())

    withdraw_vacancy(vacancy=advert, by=HRAdminFactory(), reason="The money is gone.")

    assert advert.title not in shown(LIST)
    assert ask(advert.get_absolute_url())[0].status_code == 410


def test_a_closed_vacancy_is_gone_at_once(advert, today):
    shown(LIST)

    Vacancy.objects.filter(pk=advert.pk).update(
        closes_on=today - timedelta(days=1), opens_on=today - timedelta(days=9)
    )

    assert advert.title not in shown(LIST)


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


CHANGES = {
    "by SQL": lambda vacancy: sql("UPDATE vacancies_vacancy SET title = 'Changed'"),
    "criteria": lambda vacancy: vacancy.criteria.update(text="Changed"),
    "the role's name": lambda vacancy: Role.objects.filter(pk=vacancy.role_id).update(
        name="Changed"
    ),
    "the district's name": lambda vacancy: District.objects.update(name="Changed"),
    "the team's name": lambda vacancy: sql("UPDATE organisation_team SET name = 'Changed'"),
    "a story": lambda vacancy: sql("UPDATE careers_story SET headline = 'Changed'"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_what_an_advert_shows_is_seen_at_once(advert, change):
    before = shown(advert.get_absolute_url())
    assert "Changed" not in before
    assert is_kept(advert.get_absolute_url())

    change(advert)

    assert "Changed" in shown(advert.get_absolute_url())


def test_a_change_that_is_undone_leaves_the_kept_page_right(advert):
    shown(LIST)
    with transaction.atomic():
        Vacancy.objects.update(title="Never was")
        transaction.set_rollback(True)

    assert is_kept(LIST)


def test_signing_in_does_not_make_pages_stale_and_a_new_name_does(advert):
    person = UserFactory()
    ask(LIST)

    Client().force_login(person)  # Writes when they signed in last.
    assert is_kept(LIST)

    person.full_name = "Another Name"
    person.save()
    assert not is_kept(LIST)


def test_two_who_write_at_once_neither_wait_for_each_other_nor_go_unnoticed():
    slow, quick = LiveVacancyFactory(), LiveVacancyFactory()
    generations = [Generation.current()]
    begun, go_on = threading.Event(), threading.Event()

    def write_slowly():
        try:
            with transaction.atomic():
                Vacancy.objects.filter(pk=slow.pk).update(title="Slow")
                begun.set()
                go_on.wait(10)
        finally:
            connection.close()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    begun.wait(10)
    sql("SET lock_timeout = '2s'")
    Vacancy.objects.filter(pk=quick.pk).update(title="Quick")
    sql("SET lock_timeout = DEFAULT")
    generations.append(Generation.current())
    go_on.set()
    writer.join()
    generations.append(Generation.current())

    assert generations == sorted(set(generations))
    assert len(generations) == 3


def test_every_table_that_list_and_adverts_read_raises_the_generation(advert):
    """Whoever lets these pages show another table adds the trigger in the same migration:

    CREATE TRIGGER raise_generation AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON the_table
    FOR EACH STATEMENT EXECUTE FUNCTION vacancies_raise_generation()
    """
    gone = ClosedVacancyFactory(role=advert.role, team=advert.team)
    addresses = [
        LIST,
        f"{LIST}?q=social+worker&place=SO23&radius=10&contract=permanent",
        f"{LIST}?q=soical+wroker&place=Winchster",
        f"{LIST}?q=nothing+of+the+kind",
        advert.get_absolute_url(),
        gone.get_absolute_url(),
    ]
    Place.objects.create(name="Winchester", latitude=51.06, longitude=-1.31, district="Winchester")
    Outcode.objects.create(code="SO23", latitude=51.06, longitude=-1.32, name="Winchester")
    with CaptureQueriesContext(connection) as queries:
        for address in addresses:
            Client().get(address)
    read = set()
    for query in queries:
        read |= set(re.findall(r'(?:FROM|JOIN) "?([a-z_]+)"?', query["sql"]))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname = 'raise_generation'"
        )
        watched = {name for (name,) in cursor.fetchall()}

    assert read - watched == {"vacancies_generation"}


def test_each_view_of_a_kept_advert_is_counted(advert):
    counter().delete(COUNTED)
    for _ in range(3):
        ask(advert.get_absolute_url(), **{"User-Agent": "Mozilla/5.0"})

    assert sum(int(number) for number in counter().hvals(COUNTED)) == 3


def test_a_link_that_says_where_it_stands_makes_no_other_page_and_is_counted(advert):
    counter().delete(COUNTED)
    address = advert.get_absolute_url()
    plain, _ = ask(address, **{"User-Agent": "Mozilla/5.0"})

    for source in ("alert", "feed", "nudge"):
        linked = Client().get(f"{address}?from={source}", headers={"User-Agent": "Mozilla/5.0"})
        assert linked.context is None
        assert linked.content == plain.content

    counted = {field.split("|")[-1]: number for field, number in counter().hgetall(COUNTED).items()}
    assert counted == {"direct": "1", "alert": "2", "feed": "1"}


def test_no_page_of_a_list_shows_where_a_person_came_from(advert, settings):
    settings.VACANCIES_PER_PAGE = 1
    LiveVacancyFactory()

    first = ask(f"{LIST}?from=alert&q=social")[0].content.decode()

    assert "?q=social&amp;page=2" in first
    assert "from=alert" not in first


def test_pages_are_made_when_none_are_kept(advert, settings):
    settings.PAGES_KEPT_SECONDS = 0
    ask(LIST)

    assert not is_kept(LIST)
