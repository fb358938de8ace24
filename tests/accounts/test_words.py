"""What account mails and account pages say, in the portal's own words."""

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.urls import reverse

from notifications.delivery import deliver_due_messages
from notifications.models import DemoMail
from tests.design_system.page import read
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "plenty-of-otters-1"


@pytest.fixture
def person(client):
    """Somebody who signed in with their password a moment ago."""
    person = UserFactory(email="kim@example.org")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return person


def last_mail():
    deliver_due_messages()
    return DemoMail.objects.first()


@pytest.mark.parametrize(
    ("template", "subject", "words"),
    [
        (
            "mfa/email/totp_activated",
            "An authenticator app is now part of your sign-in",
            "From now on we ask for a code from the app when you sign in.",
        ),
        (
            "mfa/email/totp_deactivated",
            "Your authenticator app is no longer part of your sign-in",
            "You sign in without a code from the app now.",
        ),
        (
            "mfa/email/recovery_codes_generated",
            "You have new recovery codes",
            "The codes you had before no longer work.",
        ),
        (
            "socialaccount/email/account_connected",
            "You can sign in with the council's directory",
            "You can use it to sign in.",
        ),
        (
            "socialaccount/email/account_disconnected",
            "You can no longer sign in with the council's directory",
            "You cannot use it to sign in any more.",
        ),
    ],
)
def test_mails_about_signing_in_speak_our_words(rf, person, template, subject, words):
    provider = {"name": "the council's directory"}
    with request_context(rf.get("/")):
        get_adapter().send_notification_mail(template, person, {"provider": provider})

    mail = last_mail()
    assert mail.subject == subject
    assert words in mail.text


def links_of(page):
    return {link.text: link["href"] for link in read(page.content.decode()).all("a")}


def test_the_way_to_a_job_is_kept_from_signing_in_to_signing_up(client):
    onward = "/vacancies/?q=social+worker&near=Romsey"
    kept = "?next=%2Fvacancies%2F%3Fq%3Dsocial%2Bworker%26near%3DRomsey"

    page = client.get(reverse("account_login"), {"next": onward})

    links = links_of(page)
    assert [links[text] for text in ("Sign in", "Create an account", "Forgot your password?")] == [
        reverse("account_login") + kept,
        reverse("account_signup") + kept,
        reverse("account_reset_password") + kept,
    ]
    body = read(page.content.decode())
    assert [link["href"] for link in body.all("a", css="hp-header__join")] == [
        reverse("account_signup") + kept
    ]


@pytest.mark.parametrize(
    "onward", ["https://evil.example", "//evil.example", "\\evil", "evil/", ""]
)
def test_the_way_to_another_site_is_not_kept(client, onward):
    links = links_of(client.get(reverse("account_login"), {"next": onward}))

    assert [links["Sign in"], links["Forgot your password?"]] == [
        reverse("account_login"),
        reverse("account_reset_password"),
    ]


def test_signing_up_leads_back_to_the_job(client):
    onward = reverse("vacancies:vacancy-list") + "?q=social+worker"
    address = client.get(reverse("account_signup"), {"next": onward})
    kept = {"email": "noor@example.org", "password1": PASSWORD, "full_name": "Noor Vale"}
    assert read(address.content.decode()).one("input", name="next")["value"] == onward
    client.post(reverse("account_signup"), kept | {"next": onward})

    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", last_mail().text, re.MULTILINE)[1]
    page = client.post(reverse("account_email_verification_sent"), {"code": code})

    assert page["Location"] == onward


def test_the_page_for_a_code_says_only_once_that_it_was_sent(client):
    kept = {"email": "noor@example.org", "password1": PASSWORD, "full_name": "Noor Vale"}
    page = client.post(reverse("account_signup"), kept, follow=True)

    assert list(page.context["messages"]) == []
    assert page.content.decode().count("noor@example.org") == 1


@pytest.mark.parametrize(
    ("page", "typed", "errors"),
    [
        (
            "account_login",
            {},
            {"login": ["Enter your e-mail address"], "password": ["Enter your password"]},
        ),
        (
            "account_login",
            {"login": "kim@example.org", "password": "wrong"},
            {"__all__": ["The e-mail address or the password is not right"]},
        ),
        (
            "account_signup",
            {"email": "kim"},
            {
                "email": ["Enter an e-mail address, like name@example.org"],
                "password1": ["Enter a password"],
                "full_name": ["Enter your full name"],
            },
        ),
        ("account_reset_password", {}, {"email": ["Enter your e-mail address"]}),
        ("account_request_login_code", {}, {"email": ["Enter your e-mail address"]}),
    ],
)
def test_what_is_wrong_is_said_in_our_words(client, page, typed, errors):
    assert client.post(reverse(page), typed).context["form"].errors == errors


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter the code from the e-mail"),
        ("WRONG1", "That code is not right. Check the e-mail, or ask for a new code"),
    ],
)
def test_a_wrong_code_is_told_in_our_words(client, typed, words):
    answers = {"email": "noor@example.org", "password1": PASSWORD, "full_name": "Noor Vale"}
    client.post(reverse("account_signup"), answers)

    page = client.post(reverse("account_email_verification_sent"), {"code": typed})

    assert page.context["verify_form"].errors == {"code": [words]}


def test_changing_a_password_has_plain_labels_and_one_way_for_who_forgot(client, person):
    page = client.get(reverse("account_change_password"))

    assert [field.label for field in page.context["form"]] == [
        "Current password",
        "New password",
        "New password again",
    ]
    ways = read(page.content.decode()).all("a", href=reverse("account_reset_password"))
    assert [way.text for way in ways] == ["I have forgotten my password"]
