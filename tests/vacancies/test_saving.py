"""Saving jobs, before signing in and after."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.actions import erase_person
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory, VacancyFactory
from tests.factories.vacancy_parts import SavedVacancyFactory, StaffOnlyVacancyFactory
from vacancies.actions import delete_saved_past_their_time
from vacancies.models import SavedVacancy
from vacancies.saved_cookie import COOKIE

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def save(client, vacancy, how="save", **headers):
    return client.post(f"/vacancies/{vacancy.reference}/{how}/", **(headers or OURS))


def listed(client):
    """Return the references on the page of saved jobs: open ones and closed ones."""
    context = client.get("/vacancies/saved/").context
    return [[row.vacancy.reference for row in context[part]] for part in ("open", "closed")]


def test_a_visitor_saves_in_a_cookie_that_tells_only_the_references(client):
    first, second = LiveVacancyFactory(), LiveVacancyFactory()

    for vacancy in (first, second, first):
        response = save(client, vacancy)
        assert (response.status_code, response.url) == (302, "/vacancies/saved/")

    cookie = client.cookies[COOKIE]
    kept = cookie.value.split(":")[0]
    assert kept == f"{first.reference}.{second.reference}"
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 15_552_000)
    assert listed(client) == [[first.reference, second.reference], []]
    assert "sessionid" not in client.cookies
    assert not SavedVacancy.objects.exists()


def test_a_visitor_takes_a_job_off_again(client):
    first, second = LiveVacancyFactory(), LiveVacancyFactory()
    save(client, first)
    save(client, second)

    save(client, second, how="unsave")
    assert listed(client) == [[first.reference], []]

    save(client, first, how="unsave")
    assert listed(client) == [[], []]
    assert client.cookies[COOKIE].value == ""


def test_the_cookie_keeps_the_latest_fifty(client, settings):
    settings.SAVED_COOKIE_MOST = 3
    vacancies = LiveVacancyFactory.create_batch(5)

    for vacancy in vacancies:
        save(client, vacancy)

    assert listed(client)[0] == [vacancy.reference for vacancy in reversed(vacancies[2:])]


@pytest.mark.parametrize("value", ["", "x", "HCC-1001", "HCC-1001:1abc:forged", "\x00", "é" * 50])
def test_a_spoiled_cookie_holds_nothing(client, value):
    client.cookies[COOKIE] = value

    assert listed(client) == [[], []]


def test_what_was_saved_before_signing_in_goes_to_the_account(client, today):
    kept, closed = LiveVacancyFactory(), LiveVacancyFactory()
    save(client, kept)
    save(client, closed)
    closed.closes_on = today - timedelta(days=1)
    closed.opens_on = today - timedelta(days=9)
    closed.save()
    person = UserFactory()
    person.set_password("riverbank-lantern-42")
    person.save()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)

    client.post("/accounts/login/", {"login": person.email, "password": "riverbank-lantern-42"})

    assert list(SavedVacancy.objects.values_list("user", "vacancy")) == [(person.pk, kept.pk)]
    assert listed(client) == [[kept.reference], []]
    assert client.cookies[COOKIE].value == ""


def test_somebody_signed_in_saves_to_the_account_once(client):
    vacancy, person = LiveVacancyFactory(), UserFactory()
    client.force_login(person)

    save(client, vacancy)
    save(client, vacancy)

    assert SavedVacancy.objects.get().user == person
    assert COOKIE not in client.cookies or client.cookies[COOKIE].value == ""
    assert "Remove from saved jobs" in client.get(vacancy.get_absolute_url()).content.decode()

    save(client, vacancy, how="unsave")
    assert not SavedVacancy.objects.exists()
    assert "Save this job" in client.get(vacancy.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, 302),
        ({"HTTP_SEC_FETCH_SITE": "none"}, 302),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"}, 403),
        ({"HTTP_ORIGIN": "http://testserver"}, 302),
        ({"HTTP_ORIGIN": "https://elsewhere.example.org"}, 403),
        ({"HTTP_ORIGIN": "http://testserver.example.org"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_REFERER": "http://testserver/"}, 403),
    ],
)
@pytest.mark.parametrize("how", ["save", "unsave"])
def test_a_form_of_another_site_is_refused(how, headers, status):
    vacancy, person = LiveVacancyFactory(), UserFactory()
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    assert save(client, vacancy, how, **headers).status_code == status

    assert SavedVacancy.objects.exists() is (how == "save" and status == 302)


def test_the_page_that_visitors_share_has_no_token(client):
    page = client.get(LiveVacancyFactory().get_absolute_url())

    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert page.cookies == {}


@pytest.mark.parametrize("make", [VacancyFactory, ClosedVacancyFactory, StaffOnlyVacancyFactory])
def test_what_a_visitor_cannot_apply_for_cannot_be_saved(client, make):
    assert save(client, make()).status_code == 404
    assert save(client, VacancyFactory.build(reference="HCC-999999")).status_code == 404


def test_a_former_member_of_staff_no_longer_sees_what_was_for_staff(client, today):
    member = StaffMemberFactory()
    vacancy = StaffOnlyVacancyFactory()
    client.force_login(member.user)
    save(client, vacancy)
    assert listed(client) == [[vacancy.reference], []]

    member.left_on = today - timedelta(days=1)
    member.save()

    assert listed(client) == [[], []]


def test_the_list_tells_which_have_closed(client, today):
    person = UserFactory()
    live = SavedVacancyFactory(user=person).vacancy
    closed = SavedVacancyFactory(user=person, vacancy=ClosedVacancyFactory()).vacancy
    SavedVacancyFactory()
    client.force_login(person)

    assert listed(client) == [[live.reference], [closed.reference]]


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(client, django_assert_num_queries, count):
    person = UserFactory()
    SavedVacancyFactory.create_batch(count, user=person)
    client.force_login(person)

    # The session, the person, whether they work here, what they saved, its cards.
    with django_assert_num_queries(6):
        assert len(listed(client)[0]) == count


def test_letters_are_turned_off_and_on_for_one_job(client):
    saved = SavedVacancyFactory()
    other = SavedVacancyFactory(user=saved.user)
    client.force_login(saved.user)
    address = f"/vacancies/{saved.vacancy.reference}/nudges/"

    client.post(address, {"nudges": "off"})
    saved.refresh_from_db()
    other.refresh_from_db()
    assert (saved.wants_nudges, other.wants_nudges) == (False, True)

    client.post(address, {"nudges": "on"})
    saved.refresh_from_db()
    assert saved.wants_nudges


def test_nobody_turns_letters_of_a_job_they_did_not_save(client):
    client.force_login(UserFactory())
    address = f"/vacancies/{SavedVacancyFactory().vacancy.reference}/nudges/"

    assert client.post(address, {"nudges": "off"}).status_code == 404


def test_saved_jobs_go_three_months_after_closing(today):
    kept = [
        SavedVacancyFactory(
            vacancy__closes_on=today - timedelta(days=60),
            vacancy__opens_on=today - timedelta(days=90),
        ),
        SavedVacancyFactory(),
    ]
    SavedVacancyFactory(
        vacancy__closes_on=today - timedelta(days=91), vacancy__opens_on=today - timedelta(days=100)
    )

    assert delete_saved_past_their_time(on=today) == 1
    assert set(SavedVacancy.objects.all()) == set(kept)


def test_erasing_a_person_forgets_what_they_saved():
    saved = SavedVacancyFactory()
    other = SavedVacancyFactory()

    erase_person(person=saved.user, by=HRAdminFactory())

    assert list(SavedVacancy.objects.all()) == [other]
