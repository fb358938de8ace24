"""Codes and reset links go to one person alone: HR never reads, finds or resends them."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.delivery import deliver_due_messages
from notifications.models import Message
from notifications.states import MessageState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:notifications_message_changelist")
CODE = "KQ7-4XP"
SECRET = {"subject": f"Your code {CODE}", "text": f"It is {CODE}.", "html": f"<p>{CODE}</p>"}


@pytest.fixture(params=["hr_admin", "superuser"])
def reader(request, client):
    """Those who may look at the outbox."""
    person = HRAdminFactory(is_superuser=request.param == "superuser")
    client.force_login(person)
    return client


def secret_message(state=MessageState.QUEUED, **fields):
    """A message with a code; as the database insists, the code is gone once it is over."""
    secret = json.dumps(SECRET) if state == MessageState.QUEUED else ""
    fields = {"state": state, "secret_context": secret, "to": "sam@example.org", **fields}
    return MessageFactory(context={}, is_secret=True, **fields)


def words_of(page):
    assert page.status_code == 200
    return page.content.decode()


def detail_of(message):
    return reverse("admin:notifications_message_change", args=[message.pk])


def test_mail_sent_by_django_is_secret_and_encrypted():
    email = EmailMultiAlternatives(SECRET["subject"], SECRET["text"], to=["Sam <sam@example.org>"])
    email.attach_alternative(SECRET["html"], "text/html")

    assert email.send() == 1

    message = Message.objects.get()
    assert (message.is_secret, message.to, message.context) == (True, "sam@example.org", {})
    assert json.loads(message.secret_context) == SECRET
    stored = Message.objects.extra(select={"raw": "secret_context"}).values("raw", "subject").get()
    assert CODE not in str(stored)


def sign_up(visitor):
    words = {
        "email": "new@example.org",
        "password1": "plenty-of-otters-1",
        "full_name": "Noor Vale",
    }
    visitor.post(reverse("account_signup"), words)


def ask_for_a_sign_in_code(visitor):
    visitor.post(reverse("account_request_login_code"), {"email": "kim@example.org"})


def ask_for_a_reset(visitor):
    visitor.post(reverse("account_reset_password"), {"email": "kim@example.org"})


@pytest.mark.parametrize("ask", [sign_up, ask_for_a_sign_in_code, ask_for_a_reset])
def test_codes_of_allauth_are_secret_and_shown_in_no_page_of_the_outbox(reader, ask):
    person = UserFactory(email="kim@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    ask(Client())
    message = Message.objects.get()
    secret = json.loads(message.secret_context)
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", secret["text"], re.MULTILINE)[1]

    pages = [words_of(reader.get(url)) for url in (LIST, detail_of(message))]

    assert message.is_secret is True
    assert [page.count(code) + page.count(secret["subject"]) for page in pages] == [0, 0]


@pytest.mark.parametrize("words", [CODE, "Your code", "It is"])
def test_a_secret_is_not_found_by_its_words(reader, words):
    secret_message()
    MessageFactory(subject=f"About {words}")

    found = reader.get(LIST, {"q": words}).context["cl"].result_list

    assert [message.is_secret for message in found] == [False]


@pytest.mark.parametrize("state", MessageState)
def test_the_pages_of_a_message_do_not_even_name_its_secret(reader, state):
    sent_at = timezone.now() if state == MessageState.SENT else None
    message = secret_message(state=state, sent_at=sent_at)
    history = reverse("admin:notifications_message_history", args=[message.pk])

    pages = "".join(words_of(reader.get(url)) for url in (LIST, detail_of(message), history))

    assert re.findall(r"secret.context", pages, re.IGNORECASE) == []
    assert pages.count(CODE) == 0


def test_no_list_of_the_admin_names_the_secret(client):
    client.force_login(UserFactory(is_superuser=True))
    secret_message()
    names = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]

    pages = [words_of(client.get(reverse(f"admin:{name}_changelist"))) for name in names]

    assert re.findall(rf"secret.context|{CODE}", "".join(pages), re.IGNORECASE) == []


@pytest.mark.parametrize(
    ("answer", "last_error"),
    [
        (f"451 Held: the subject was Your code {CODE}", "451"),
        (f"550 Refused: the subject was Your code {CODE}", "550"),
    ],
)
def test_a_server_that_quotes_a_secret_is_not_quoted(mail_server, caplog, answer, last_error):
    mail_server.answers["sam@example.org"] = answer
    message = secret_message()

    deliver_due_messages()

    message.refresh_from_db()
    assert message.last_error == last_error
    assert caplog.text.count(CODE) == 0


def test_a_template_that_quotes_a_secret_is_not_quoted(mail_server, caplog, tmp_path, settings):
    (tmp_path / "broken.txt").write_text("Subject: Hello\n\n{{ text|add:missing }}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    message = secret_message(template="broken")

    deliver_due_messages()

    message.refresh_from_db()
    assert message.last_error == "Cannot be rendered: VariableDoesNotExist"
    assert caplog.text.count(CODE) == 0


def test_a_server_that_is_away_is_named_by_its_fault_alone(mail_server):
    message = secret_message()
    mail_server.stop()

    deliver_due_messages()

    message.refresh_from_db()
    assert message.last_error == "ConnectionRefusedError"
