"""A hiring manager whose session is lost while writing finds their words again after signing in."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.applications.test_kept_words import NOTICE, sign_in_by_password, with_password
from tests.factories.accounts import UserFactory
from tests.factories.vacancies import vacancy_in
from tests.vacancies.test_writing import typed
from vacancies.actions import send_vacancy
from vacancies.models import Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    manager = with_password(UserFactory(roles=["hiring_manager"]))
    return vacancy_in(VacancyState.DRAFT, hiring_manager=manager, newly_qualified_welcome=True)


def page_of(draft, step):
    return reverse("vacancies:advert-step", args=[draft.reference, step])


def sent_after_the_session_was_lost(client, draft, step, given):
    """Open the page, lose the session, send the page, sign in. Returns the address one comes back to."""
    client.force_login(draft.hiring_manager)
    Session.objects.all().delete()
    to_login = client.post(page_of(draft, step), given).url
    return sign_in_by_password(client, draft.hiring_manager, to_login).url


WORDS = {
    "job": {"title": "Social worker, “Alton” & more"},
    "pay": {"patterns": ["part_time", "hybrid"], "weekly_hours": "about 20"},
    "places": {"place_name": "Altun", "other_places": "Fareham\r\nHavant"},
    "dates": {"closes_on_day": "31", "closes_on_month": "Feb", "closes_on_year": ""},
    "people": {"driving": "essential", "driving_alternatives": "A bus."},
    "words": {"body": "You visit families,\r\n\r\n- and you write."},
    "criteria": {"essential": "Kindness\r\nOrder"},
    "payments": {"name_1": "Golden hello", "amount_1": "lots", "kind_1": "one_off"},
    "contact": {"contact_name": "Ann", "contact_email": "not one"},
}


@pytest.mark.parametrize("step", list(WORDS))
def test_the_words_of_each_part_come_back_until_they_are_saved(client, draft, step):
    given = typed(draft, step, **WORDS[step])

    back = sent_after_the_session_was_lost(client, draft, step, given)
    page = client.get(back)
    form = page.context["form"]
    shown = {}
    for bound in form:
        parts = {"": bound.value()}
        if isinstance(bound.value(), list) and bound.name.endswith("_on"):
            parts = dict(zip(("_day", "_month", "_year"), bound.value(), strict=True))
        shown |= {f"{bound.html_name}{part}": value for part, value in parts.items()}

    assert back == page_of(draft, step)
    assert {name: shown[name] for name in WORDS[step]} == WORDS[step]
    assert page.content.decode().count(NOTICE) == 1
    assert not form.errors


def test_a_tick_that_was_taken_away_stays_away_and_saving_ends_it(client, draft):
    given = typed(draft, "people")
    given.pop("newly_qualified_welcome", None)

    back = sent_after_the_session_was_lost(client, draft, "people", given)
    form = client.get(back).context["form"]
    client.post(back, {**given, "opened_at": form["opened_at"].value()})

    assert form["newly_qualified_welcome"].value() is False
    assert Vacancy.objects.get().newly_qualified_welcome is False
    assert client.get(back).content.decode().count(NOTICE) == 0


def test_words_that_somebody_else_saved_meanwhile_are_not_run_over(client, draft):
    given = typed(draft, "job", title="Mine")
    back = sent_after_the_session_was_lost(client, draft, "job", given)
    Vacancy.objects.update(title="Theirs")
    form = client.get(back).context["form"]

    answer = client.post(back, {**given, "opened_at": form["opened_at"].value()})

    assert answer.context["saved_elsewhere"]
    assert Vacancy.objects.get().title == "Theirs"


def test_words_that_come_back_too_late_can_still_be_copied(client, draft):
    given = typed(draft, "job", title="Too late")
    back = sent_after_the_session_was_lost(client, draft, "job", given)
    send_vacancy(vacancy=draft, by=draft.hiring_manager)

    page = client.get(back)

    assert page.status_code == 409
    assert {"key": "Title", "value": "Too late"} in page.context["typed"]


def test_a_stranger_who_signs_in_gets_no_page_and_the_words_are_dropped(client, draft):
    stranger = with_password(UserFactory(roles=["hiring_manager"]))
    page = page_of(draft, "words")
    to_login = client.post(page, {"body": "Mine.", "password": "secret"}).url
    kept = client.session["words_kept"]

    back = sign_in_by_password(client, stranger, to_login).url

    assert kept == {"path": page, "words": {"body": "Mine."}}
    assert client.get(back).status_code == 404
    assert "words_kept" not in client.session
