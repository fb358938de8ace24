"""References, and two people at once: real threads and a real database."""

import pytest

from applications.actions import (
    answer_reference,
    ask_for_reference,
    references,
    withdraw_application,
)
from applications.models import Reference, ReferenceRequest
from applications.states import ApplicationState
from notifications.models import Message
from tests.applications.test_races import at_once
from tests.applications.test_references import TOLD
from tests.factories.accounts import HRAdminFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.references import ReferenceRequestFactory, link_to

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.outside_servers]


def ask_at_once():
    application = SentApplicationFactory(state=ApplicationState.INTERVIEW)
    referee, officers = application.referees.get(position=1), [HRAdminFactory(), HRAdminFactory()]
    return at_once(*[lambda by=by: ask_for_reference(referee=referee, by=by).pk for by in officers])


def test_two_of_hr_who_ask_at_once_write_once():
    results = ask_at_once()

    assert sorted(type(result).__name__ for result in results) == ["CannotAsk", "int"]
    assert ReferenceRequest.objects.count() == 1
    assert Message.objects.filter(key__startswith="reference_asked").count() == 1


def test_without_the_lock_the_database_still_refuses_the_second(monkeypatch):
    monkeypatch.setattr(references, "locked", lambda application: application)

    results = ask_at_once()

    assert {type(result).__name__ for result in results} <= {"int", "IntegrityError", "CannotAsk"}
    assert ReferenceRequest.objects.count() == 1


def test_a_form_sent_twice_at_once_is_one_reference():
    request = ReferenceRequestFactory()
    link_to(request)
    letter = request.letters.get()

    results = at_once(*[lambda: answer_reference(letter=letter, answers=TOLD).pk] * 2)

    assert sorted(type(result).__name__ for result in results) == ["LinkIsOver", "int"]
    assert Reference.objects.count() == 1


def test_answering_and_withdrawing_at_once_leaves_nothing_open():
    request = ReferenceRequestFactory()
    link_to(request)
    letter, application = request.letters.get(), request.application

    at_once(
        lambda: answer_reference(letter=letter, answers=TOLD),
        lambda: withdraw_application(application=application, by=application.applicant),
    )

    request.refresh_from_db()
    assert request.state in ("answered", "stopped")
    assert Reference.objects.count() == (request.state == "answered")
