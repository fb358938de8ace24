"""Words typed into a page whose session is lost come back after the sign-in, to their writer alone."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from applications.actions import save_statement, submit_application
from applications.models import Application
from notifications.delivery import deliver_due_messages
from notifications.models import DemoMail
from tests.applications.test_actions import close
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory

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


def page_of(application, step="statement"):
    return reverse(f"applications:application-{step}", args=[application.reference])


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
def test_a_statement_comes_back_after_the_sign_in_until_it_is_saved(
    client, application, sign_in, lose
):
    client.force_login(application.applicant)
    lose(client)
    page = f"{page_of(application)}?change=1"

    to_login = client.post(page, {"statement": WORDS, "version": 1}).url
    back = sign_in(client, application.applicant, to_login).url
    shown = client.get(back)
    again = client.get(back)

    assert back == page
    for answer in (shown, again):
        assert answer.context["form"]["statement"].value() == WORDS
        assert answer.content.decode().count(NOTICE) == 1
    assert Application.objects.get().statement == SAVED

    client.post(back, {"statement": WORDS, "version": shown.context["form"]["version"].value()})
    after = client.get(back)

    assert Application.objects.get().statement == WORDS
    assert after.content.decode().count(NOTICE) == 0
    assert "words_kept" not in client.session


def test_details_come_back_with_what_was_chosen(client, application):
    typed = {
        "full_name": "Nia O'Hara",
        "phone": "ring me",
        "town": "",
        "right_to_work": "no",
        "version": "1",
    }
    to_login = client.post(page_of(application, "details"), typed).url
    back = sign_in_by_password(client, application.applicant, to_login).url

    form = client.get(back).context["form"]

    assert {name: form[name].value() for name in typed} == typed
    assert form["needs_sponsorship"].value() == "no"


def test_words_that_do_not_pass_are_kept_until_they_do(client, application):
    to_login = client.post(page_of(application), {"statement": WORDS, "version": 1}).url
    back = sign_in_by_password(client, application.applicant, to_login).url

    client.post(back, {"statement": "", "version": 1})

    assert client.get(back).context["form"]["statement"].value() == WORDS


def test_words_saved_elsewhere_meanwhile_are_not_run_over(client, application):
    to_login = client.post(page_of(application), {"statement": WORDS, "version": 1}).url
    save_statement(application=application, statement="Newer.", version=1, by=application.applicant)
    back = sign_in_by_password(client, application.applicant, to_login).url
    version = client.get(back).context["form"]["version"].value()

    answer = client.post(back, {"statement": WORDS, "version": version})

    assert answer.context["saved_elsewhere"]["words"] == "Newer."
    assert Application.objects.get().statement == "Newer."


@pytest.mark.parametrize("step", ["details", "statement"])
def test_a_stranger_who_signs_in_gets_no_page_and_the_words_are_dropped(client, application, step):
    stranger = with_password(UserFactory())
    typed = {"statement": WORDS, "full_name": WORDS, "version": 1}
    to_login = client.post(page_of(application, step), typed).url

    back = sign_in_by_password(client, stranger, to_login).url
    answer = client.get(back)

    assert answer.status_code == 404
    assert "Seven years" not in answer.content.decode()
    assert "words_kept" not in client.session


def test_the_words_of_a_stranger_do_not_pass_to_the_next_who_signs_in(client, application):
    stranger = with_password(UserFactory())
    to_login = client.post(page_of(application), {"statement": WORDS, "version": 1}).url
    sign_in_by_password(client, stranger, to_login)

    client.logout()
    client.force_login(application.applicant)
    form = client.get(page_of(application)).context["form"]

    assert form["statement"].value() == SAVED


def test_words_are_shown_on_their_own_page_alone(client, application):
    other = ApplicationFactory(applicant=application.applicant)
    to_login = client.post(page_of(application), {"statement": WORDS, "version": 1}).url
    sign_in_by_password(client, application.applicant, to_login)

    for page in (page_of(other), page_of(application, "details")):
        assert client.get(page).content.decode().count(NOTICE) == 0
    assert client.get(page_of(application)).content.decode().count(NOTICE) == 1


@pytest.mark.parametrize("send", [True, False])
def test_words_that_come_back_too_late_can_still_be_copied(client, application, send):
    to_login = client.post(page_of(application), {"statement": WORDS, "version": 1}).url
    if send:
        submit_application(application=application, by=application.applicant)
    else:
        close(application.vacancy)
    back = sign_in_by_password(client, application.applicant, to_login).url

    answer = client.get(back)

    assert answer.context["typed"] == [{"key": "Your statement", "value": WORDS}]
    assert answer.context["already_sent"] is send


def test_more_than_fits_and_what_no_box_asks_for_is_not_kept(client, application):
    page = page_of(application)

    client.post(page, {"statement": "é" * 25_001, "version": 1})
    too_much = client.session.get("words_kept")
    client.post(page, {"statement": "Fits.", "version": 1, "password": PASSWORD})

    assert too_much is None
    assert client.session["words_kept"] == {
        "path": page,
        "words": {"statement": "Fits.", "version": "1"},
    }


def test_keeping_words_is_limited_for_each_address(client, application, settings):
    settings.RATE_LIMITS = {"keep_words": "1/h/ip"}

    for words in ("First.", "Second."):
        answer = client.post(page_of(application), {"statement": words, "version": 1})

    assert answer.url == f"{reverse('account_login')}?next={page_of(application)}"
    assert client.session["words_kept"]["words"]["statement"] == "First."


def test_a_visitor_who_posts_without_a_token_leaves_nothing(application):
    visitor = Client(enforce_csrf_checks=True)

    answer = visitor.post(page_of(application), {"statement": WORDS, "version": 1})

    assert answer.status_code == 403
    assert Session.objects.count() == 0
