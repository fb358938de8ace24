"""Words typed into a page whose session is lost come back after the sign-in, to their writer alone."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from applications.actions import submit_application
from notifications.delivery import deliver_due_messages
from notifications.models import DemoMail
from tests.applications.test_actions import close, example, example_of, save_example
from tests.factories.accounts import UserFactory
from tests.factories.answers import InterviewSchemeFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.vacancy_parts import OtherPlaceFactory

pytestmark = pytest.mark.django_db

PASSWORD = "plenty-of-otters-1"
WORDS = "Seven years with families, “and” more: 100% & <b>bold</b>."
SAVED = "I have worked with families for six years."
NOTICE = "You were signed out. Your words are below: save them."


def with_password(person):
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def application():
    return ApplicationFactory(applicant=with_password(UserFactory()))


def page_of(application, name=""):
    name = name or example_of(application)
    return reverse("applications:application-section", args=[application.reference, name])


def sign_in_by_password(client, person, to_login):
    return client.post(to_login, {"login": person.email, "password": PASSWORD})


def sign_in_by_code(client, person, to_login):
    ask = to_login.replace(reverse("account_login"), reverse("account_request_login_code"))
    answer = client.post(ask, {"email": person.email})
    deliver_due_messages()
    text = DemoMail.objects.first().text
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", text, re.MULTILINE)[1]
    return client.post(answer.url, {"code": code})


@pytest.mark.parametrize("sign_in", [sign_in_by_password, sign_in_by_code])
@pytest.mark.parametrize("lose", [Client.logout, lambda client: Session.objects.all().delete()])
def test_an_example_comes_back_after_the_sign_in_until_it_is_saved(
    client, application, sign_in, lose
):
    client.force_login(application.applicant)
    lose(client)
    page = f"{page_of(application)}?change=1"

    to_login = client.post(page, {"evidence": WORDS, "version": 1}).url
    back = sign_in(client, application.applicant, to_login).url
    shown = client.get(back)
    again = client.get(back)

    assert back == page
    for answer in (shown, again):
        assert answer.context["form"]["evidence"].value() == WORDS
        assert answer.content.decode().count(NOTICE) == 1
    assert example(application) == SAVED

    client.post(back, {"evidence": WORDS, "version": shown.context["form"]["version"].value()})
    after = client.get(back)

    assert example(application) == WORDS
    assert after.content.decode().count(NOTICE) == 0
    assert "words_kept" not in client.session


@pytest.mark.parametrize(
    ("section", "typed"),
    [
        ("contact", {"full_name": "Nia O'Hara", "phone": "ring me", "town": ""}),
        ("right-to-work", {"right_to_work": "no"}),
        ("referees", {"kind_1": "character", "full_name_2": "Piers", "email_1": "no address"}),
        ("adjustments", {"adjustments": "A lift."}),
    ],
)
def test_a_section_comes_back_with_what_was_chosen(client, application, section, typed):
    typed = {**typed, "version": "1"}
    to_login = client.post(page_of(application, section), typed).url
    back = sign_in_by_password(client, application.applicant, to_login).url

    form = client.get(back).context["form"]

    assert {name: form[name].value() for name in typed} == typed


def test_places_and_schemes_come_back_as_they_were_chosen(client, application):
    place = OtherPlaceFactory(vacancy=application.vacancy)
    one, other = InterviewSchemeFactory(), InterviewSchemeFactory()
    chosen = {
        "places": {"place_main": "2", f"place_{place.pk}": "1", "travel_miles": "far"},
        "schemes": {"schemes": [str(one.pk), str(other.pk)]},
    }

    for section, typed in chosen.items():
        client.logout()
        to_login = client.post(page_of(application, section), {**typed, "version": "0"}).url
        back = sign_in_by_password(client, application.applicant, to_login).url
        form = client.get(back).context["form"]
        assert {name: form[name].value() for name in typed} == typed


def test_words_that_do_not_pass_are_kept_until_they_do(client, application):
    to_login = client.post(page_of(application), {"evidence": WORDS, "version": 1}).url
    back = sign_in_by_password(client, application.applicant, to_login).url

    client.post(back, {"evidence": "", "version": 1})

    assert client.get(back).context["form"]["evidence"].value() == WORDS


def test_words_saved_elsewhere_meanwhile_are_not_run_over(client, application):
    to_login = client.post(page_of(application), {"evidence": WORDS, "version": 1}).url
    save_example(application, "Newer.")
    back = sign_in_by_password(client, application.applicant, to_login).url
    version = client.get(back).context["form"]["version"].value()

    answer = client.post(back, {"evidence": WORDS, "version": version})

    assert [part["words"] for part in answer.context["saved_elsewhere"]] == ["Newer."]
    assert example(application) == "Newer."


@pytest.mark.parametrize("step", ["contact", ""])
def test_a_stranger_who_signs_in_gets_no_page_and_the_words_are_dropped(client, application, step):
    stranger = with_password(UserFactory())
    typed = {"evidence": WORDS, "full_name": WORDS, "version": 1}
    to_login = client.post(page_of(application, step), typed).url

    back = sign_in_by_password(client, stranger, to_login).url
    answer = client.get(back)

    assert answer.status_code == 404
    assert "Seven years" not in answer.content.decode()
    assert "words_kept" not in client.session


def test_the_words_of_a_stranger_do_not_pass_to_the_next_who_signs_in(client, application):
    stranger = with_password(UserFactory())
    to_login = client.post(page_of(application), {"evidence": WORDS, "version": 1}).url
    sign_in_by_password(client, stranger, to_login)

    client.logout()
    client.force_login(application.applicant)
    form = client.get(page_of(application)).context["form"]

    assert form["evidence"].value() == SAVED


def test_words_are_shown_on_their_own_page_alone(client, application):
    other = ApplicationFactory(applicant=application.applicant)
    to_login = client.post(page_of(application), {"evidence": WORDS, "version": 1}).url
    sign_in_by_password(client, application.applicant, to_login)

    for page in (page_of(other), page_of(application, "contact")):
        assert client.get(page).content.decode().count(NOTICE) == 0
    assert client.get(page_of(application)).content.decode().count(NOTICE) == 1


@pytest.mark.parametrize("send", [True, False])
def test_words_that_come_back_too_late_can_still_be_copied(client, application, send):
    to_login = client.post(page_of(application), {"evidence": WORDS, "version": 1}).url
    if send:
        submit_application(application=application, by=application.applicant)
    else:
        close(application.vacancy)
    back = sign_in_by_password(client, application.applicant, to_login).url

    answer = client.get(back)

    assert answer.context["typed"] == [{"key": "Your example", "value": WORDS}]
    assert answer.context["already_sent"] is send


def test_more_than_fits_and_what_no_box_asks_for_is_not_kept(client, application):
    page = page_of(application)

    client.post(page, {"evidence": "é" * 25_001, "version": 1})
    too_much = client.session.get("words_kept")
    client.post(page, {"evidence": "Fits.", "version": 1, "password": PASSWORD})

    assert too_much is None
    assert client.session["words_kept"] == {
        "path": page,
        "words": {"evidence": "Fits.", "version": "1"},
    }


def test_keeping_words_is_limited_for_each_address(client, application, settings):
    settings.RATE_LIMITS = {"keep_words": "1/h/ip"}

    for words in ("First.", "Second."):
        answer = client.post(page_of(application), {"evidence": words, "version": 1})

    assert answer.url == f"{reverse('account_login')}?next={page_of(application)}"
    assert client.session["words_kept"]["words"]["evidence"] == "First."


def test_a_visitor_who_posts_without_a_token_leaves_nothing(application):
    visitor = Client(enforce_csrf_checks=True)

    answer = visitor.post(page_of(application), {"evidence": WORDS, "version": 1})

    assert answer.status_code == 403
    assert Session.objects.count() == 0
