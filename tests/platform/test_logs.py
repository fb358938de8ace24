"""Log lines say what happened in which request, and carry no secret of anybody's."""

import io
import json
import logging
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path, reverse

from accounts.models import User
from hampshire_portal import urls
from hampshire_portal.logs import JsonFormatter
from notifications.delivery import deliver_due_messages
from notifications.models import DemoMail
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

PASSWORD, WRONG, NEW = "plenty-of-otters-1", "plenty-of-weasels-2", "plenty-of-badgers-3"


def broken(request):
    """Fail the way a page may: with the person's words at hand."""
    typed = request.POST["password"]
    raise RuntimeError(f"This page fails on {len(typed)} letters.")


def forbidden(request):
    raise PermissionDenied


urlpatterns = [path("broken/", broken), path("forbidden/", forbidden), *urls.urlpatterns]
handler500 = urls.handler500


@pytest.fixture
def log():
    """What the portal's own handler writes, as it does in production."""
    handlers = logging.getLogger("django").handlers
    [handler] = [one for one in handlers if isinstance(one.formatter, JsonFormatter)]
    assert handler in logging.getLogger().handlers
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def lines_of(log):
    return [json.loads(line) for line in log.getvalue().splitlines()]


def code_sent_last():
    deliver_due_messages()
    text = DemoMail.objects.first().text
    return re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", text, re.MULTILINE)[1]


def session_of(visitor):
    return visitor.cookies["sessionid"].value


@pytest.fixture
def kim():
    person = UserFactory(email="kim@example.org")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_up(visitor):
    words = {"email": "noor@example.org", "password1": PASSWORD, "full_name": "Noor Vale"}
    visitor.post(reverse("account_signup"), words)
    code, waiting = code_sent_last(), session_of(visitor)
    visitor.post(reverse("account_email_verification_sent"), {"code": code})
    assert "_auth_user_id" in visitor.session
    return [code, waiting, session_of(visitor)]


def sign_in_by_code(visitor):
    visitor.post(reverse("account_request_login_code"), {"email": "kim@example.org"})
    code, waiting = code_sent_last(), session_of(visitor)
    visitor.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    visitor.post(reverse("account_confirm_login_code"), {"code": code})
    assert "_auth_user_id" in visitor.session
    return [code, waiting, session_of(visitor)]


def give_wrong_passwords(visitor):
    for _ in range(7):
        visitor.post(reverse("account_login"), {"login": "kim@example.org", "password": WRONG})
    return [WRONG]


def reset_the_password(visitor):
    visitor.post(reverse("account_reset_password"), {"email": "kim@example.org"})
    code, waiting = code_sent_last(), session_of(visitor)
    page = visitor.post(reverse("account_confirm_password_reset_code"), {"code": code})
    visitor.post(page.url, {"password1": NEW, "password2": NEW})
    assert User.objects.get(email="kim@example.org").check_password(NEW)
    return [code, waiting, NEW]


@pytest.mark.parametrize("fail", ["/broken/", "/forbidden/", "/nothing-here/"])
@pytest.mark.parametrize(
    "walk", [sign_up, sign_in_by_code, give_wrong_passwords, reset_the_password]
)
def test_no_secret_is_logged_on_the_way_in_or_when_a_page_fails_after_it(
    log, visitor, kim, walk, fail
):
    secrets = [PASSWORD, kim.password, *walk(visitor)]
    visitor.post(fail, {"password": PASSWORD})

    assert log.getvalue().count(fail) >= 1
    assert [secret for secret in secrets if secret in log.getvalue()] == []
    assert [line for line in lines_of(log) if not line.get("request_id")] == []


@pytest.mark.parametrize(
    ("address", "status", "message"),
    [
        ("/broken/", 500, "Internal Server Error: /broken/"),
        ("/forbidden/", 403, "Forbidden (Permission denied): /forbidden/"),
        ("/nothing-here/", 404, "Not Found: /nothing-here/"),
    ],
)
def test_a_page_that_fails_is_one_line_with_the_id_its_answer_carries(
    log, visitor, address, status, message
):
    answer = visitor.post(f"{address}?code=KQ7-4XP", {"password": PASSWORD})

    [line] = lines_of(log)
    assert answer.status_code == status
    assert (line["message"], line["request_id"]) == (message, answer["X-Request-ID"])
    assert ("RuntimeError" in line.get("exception", "")) == (status == 500)
    assert "KQ7-4XP" not in log.getvalue()


def test_a_form_without_its_token_is_one_line_that_does_not_repeat_it(log):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(
        reverse("account_login"), {"login": "kim@example.org", "password": PASSWORD}
    )

    [line] = lines_of(log)
    assert line["message"] == "Forbidden (CSRF cookie not set.): /accounts/login/"
    assert line["request_id"] == answer["X-Request-ID"]
    assert PASSWORD not in log.getvalue()
