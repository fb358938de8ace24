"""Words in a form that the site refuses are shown to who typed them, and nothing is done with them."""

import re
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from applications.models import Application
from applications.states import ApplicationState
from tests.applications.test_actions import close, example
from tests.applications.test_kept_words import (
    NOTICE,
    PASSWORD,
    SAVED,
    WORDS,
    page_of,
    with_password,
)
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.disclosure import at_interview

pytestmark = pytest.mark.django_db

HOME = "http://testserver"
REFUSED, TOO_LONG = "Your words are not saved yet</h1>", "This form was open too long</h1>"
HEADING = re.compile(r'<h1 class="govuk-heading-xl">(.*?</h1>)')


@pytest.fixture
def application():
    return ApplicationFactory(applicant=with_password(UserFactory()))


@pytest.fixture
def browser(application):
    """A browser in which the applicant is signed in, with tokens checked as they are in life."""
    made = Client(enforce_csrf_checks=True)
    made.force_login(application.applicant)
    return made


def token_in(answer):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.content.decode())[1]


def boxes_in(answer):
    """Return what the form of a page would send."""
    boxes = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode()
    )
    return {name: unescape(said) for name, said in boxes}


def heading(answer):
    return HEADING.search(answer.content.decode())[1]


def sign_in_anew(browser, person):
    """Sign out and in again, as in another tab: the tokens of open pages end."""
    browser.logout()
    browser.force_login(person)
    browser.get("/accounts/email/")


def send(browser, page, typed, **headers):
    return browser.post(page, typed, headers={"origin": HOME, **headers})


def send_after_signing_in_anew(browser, application, page=None, words=WORDS):
    page = page or page_of(application)
    opened = browser.get(page)
    typed = {"evidence": words, "version": "1", "csrfmiddlewaretoken": token_in(opened)}
    sign_in_anew(browser, application.applicant)
    return send(browser, page, typed)


def test_words_come_back_after_a_new_sign_in_elsewhere_and_are_sent_once_more(browser, application):
    page = f"{page_of(application)}?change=1"

    refused = send_after_signing_in_anew(browser, application, page)
    before = example(application)
    again = boxes_in(refused)
    sent = send(browser, page, {**again, "csrfmiddlewaretoken": token_in(refused)})

    text = refused.content.decode()
    assert (refused.status_code, heading(refused)) == (403, REFUSED)
    assert text.count(f'<form method="post" action="{page}">') == 1
    assert text.count("Send it again</button>") == 1
    assert text.count('<dt class="govuk-summary-list__key">Your example</dt>') == 1
    assert refused["Cache-Control"] == "private, no-store"
    assert again == {"csrfmiddlewaretoken": token_in(refused), "evidence": WORDS, "version": "1"}
    assert (before, sent.status_code) == (SAVED, 302)
    assert example(application) == WORDS


def test_words_sent_without_any_cookie_lead_to_signing_in_and_are_kept(browser, application):
    page = page_of(application)
    opened = token_in(browser.get(page))
    browser.cookies.clear()

    typed = {"evidence": WORDS, "version": "1", "csrfmiddlewaretoken": opened}
    refused = send(browser, page, typed)
    sessions = Session.objects.count()
    again = boxes_in(refused)
    to_login = send(browser, page, {**again, "csrfmiddlewaretoken": token_in(refused)})
    signing_in = browser.get(to_login.url)
    answers = {"login": application.applicant.email, "password": PASSWORD}
    back = send(browser, to_login.url, {**answers, "csrfmiddlewaretoken": token_in(signing_in)}).url
    shown = browser.get(back)

    assert (refused.status_code, heading(refused)) == (403, REFUSED)
    assert refused.content.decode().count("Sign in and go on with it</button>") == 1
    assert sessions == 1  # the one that the browser forgot
    assert to_login.url == f"{reverse('account_login')}?next={page}"
    assert back == page
    assert shown.context["form"]["evidence"].value() == WORDS
    assert shown.content.decode().count(NOTICE) == 1


def test_a_refused_form_stores_nothing(browser, application):
    events = AuditEvent.objects.count()

    refused = send_after_signing_in_anew(browser, application)

    assert heading(refused) == REFUSED
    assert example(application) == SAVED
    assert AuditEvent.objects.count() == events
    assert "words_kept" not in browser.session
    assert application.typed_words.count() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://testserver.elsewhere.example"},
        {"origin": "https://elsewhere.example", "referer": f"{HOME}/applications/"},
        {"referer": "https://elsewhere.example/http://testserver/"},
        {},
    ],
)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_words_that_no_page_of_ours_sent_are_not_shown(browser, application, headers, is_signed_in):
    if not is_signed_in:
        browser.logout()

    refused = browser.post(page_of(application), {"evidence": WORDS}, headers=headers)

    assert (refused.status_code, heading(refused)) == (403, TOO_LONG)
    assert refused.content.decode().count("Seven years") == 0
    assert example(application) == SAVED


def test_words_are_shown_escaped(browser, application):
    refused = send_after_signing_in_anew(
        browser, application, words='"><script>alert(1)</script>{{ user }}'
    )

    text = refused.content.decode()
    assert text.count("<script>alert") == 0
    assert text.count("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{ user }}") == 2


def test_passwords_files_and_what_no_box_asks_for_are_not_shown(browser, application):
    typed = {"evidence": WORDS, "version": "1", "password": PASSWORD, "other": "of no box"}

    refused = send(browser, page_of(application), typed)
    sign_in = {"login": application.applicant.email, "password": PASSWORD}
    at_sign_in = send(browser, reverse("account_login"), sign_in)

    text = refused.content.decode()
    assert (text.count(PASSWORD), text.count("of no box")) == (0, 0)
    assert set(boxes_in(refused)) == {"csrfmiddlewaretoken", "evidence", "version"}
    assert heading(at_sign_in) == TOO_LONG
    assert at_sign_in.content.decode().count(PASSWORD) == 0


def test_a_form_without_words_says_what_it_said(browser, application):
    refused = send(browser, page_of(application), {"evidence": " ", "version": "1"})

    assert heading(refused) == TOO_LONG


def test_what_is_sealed_is_shown_to_its_writer_and_stored_nowhere(browser):
    application = at_interview()
    page = reverse("applications:self-declaration", args=[application.reference])
    secret = "A caution, long ago."
    browser.force_login(application.applicant)
    typed = {"boxes": "1", "anything": "yes", "what_1": secret}

    refused = send(browser, page, typed)
    browser.logout()
    outside = send(browser, page, typed)
    send(browser, page, {**boxes_in(outside), "csrfmiddlewaretoken": token_in(outside)})

    shown = [answer.content.decode().count(secret) for answer in (refused, outside)]
    assert shown == [2, 2]
    assert set(browser.session["words_kept"]) == {"path", "sealed"}
    assert secret not in str(dict(browser.session.items()))


def test_words_sent_again_too_late_are_shown_to_be_copied(browser, application):
    refused = send_after_signing_in_anew(browser, application)
    close(application.vacancy)

    again = {**boxes_in(refused), "csrfmiddlewaretoken": token_in(refused)}
    late = send(browser, page_of(application), again)

    assert late.context["typed"] == [{"key": "Your example", "value": WORDS}]
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_who_signed_in_meanwhile_is_somebody_else_and_saves_nothing(browser, application):
    stranger = with_password(UserFactory())
    opened = token_in(browser.get(page_of(application)))
    sign_in_anew(browser, stranger)
    typed = {"evidence": WORDS, "version": "1", "csrfmiddlewaretoken": opened}

    refused = send(browser, page_of(application), typed)
    again = {**boxes_in(refused), "csrfmiddlewaretoken": token_in(refused)}
    answer = send(browser, page_of(application), again)

    assert (refused.status_code, answer.status_code) == (403, 404)
    assert example(application) == SAVED
