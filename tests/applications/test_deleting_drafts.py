"""A draft can be deleted by who writes it, and then it is out of the way of an earlier application."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.exceptions import Held
from accounts.models import AuditEvent
from applications.actions import (
    delete_draft,
    drafts,
    keep_typed_words,
    submit_application,
    withdraw_application,
)
from applications.exceptions import AlreadySent
from applications.models import Application, Document, TypedWords
from applications.states import ApplicationState
from notifications.models import Message
from tests.applications.test_actions import CONTACT, close
from tests.applications.test_by_phone import enter
from tests.applications.test_housekeeping import broken
from tests.applications.test_races import at_once, second_while_first_is_paused
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    DocumentFactory,
    SentApplicationFactory,
)
from tests.factories.keeping import LegalHoldFactory
from vacancies.models import Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db
History = Application.pgh_event_model
DELETE = "Delete this draft"


def url(name, application):
    return reverse(f"applications:{name}", args=[application.reference])


def said(answer):
    return [str(words) for words in answer.context["messages"]]


def delete(application):
    delete_draft(application=application, by=application.applicant)


def withdrawn_and_begun_anew():
    """Return an application that was withdrawn, and the draft that its applicant began after it."""
    sent = SentApplicationFactory(state=ApplicationState.SHORTLISTING)
    withdraw_application(application=sent, by=sent.applicant)
    draft = ApplicationFactory(vacancy=sent.vacancy, applicant=sent.applicant, answers=False)
    return sent, draft


# --- The deletion ---------------------------------------------------------------------------------


def test_a_draft_goes_with_its_words_its_files_and_its_history(
    django_capture_on_commit_callbacks,
):
    document = DocumentFactory()
    draft = document.application
    person, pk = draft.applicant, draft.pk
    keep_typed_words(
        application=draft, page="contact", tab=uuid4(), words={"town": "Alresford"}, by=person
    )

    with django_capture_on_commit_callbacks(execute=True):
        delete(draft)

    assert Application.objects.count() == 0
    assert (Document.objects.count(), TypedWords.objects.count()) == (0, 0)
    assert default_storage.exists(document.file.name) is False
    assert History.objects.filter(pgh_obj=pk).count() == 0
    event = AuditEvent.objects.get(event="draft_deleted")
    assert (event.by, event.subject_id) == (person, str(pk))
    assert event.facts == {"vacancy": draft.vacancy.reference}
    assert Message.objects.count() == 0
    assert broken() == []


def test_deleting_it_again_does_nothing():
    draft = ApplicationFactory()

    delete(draft)
    delete(draft)

    assert AuditEvent.objects.filter(event="draft_deleted").count() == 1


@pytest.mark.parametrize("make", [UserFactory, HRAdminFactory])
def test_nobody_else_deletes_it(make):
    with pytest.raises(PermissionDenied):
        delete_draft(application=ApplicationFactory(), by=make())

    assert Application.objects.count() == 1


@pytest.mark.parametrize("state", sorted(set(ApplicationState) - {ApplicationState.DRAFT}))
def test_what_was_sent_is_never_deleted(state):
    application = SentApplicationFactory(state=state)

    with pytest.raises(AlreadySent):
        delete(application)

    assert Application.objects.count() == 1


def test_what_a_hold_keeps_stays_and_the_page_says_so(client):
    draft = ApplicationFactory()
    LegalHoldFactory(person=draft.applicant)
    client.force_login(draft.applicant)

    with pytest.raises(Held):
        delete(draft)
    answer = client.post(url("draft-delete", draft), follow=True)
    text = answer.content.decode()

    assert Application.objects.count() == 1
    assert text.count("This draft cannot be deleted today</h1>") == 1
    assert text.count("Delete this draft") == 0


# --- Its pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_open", [True, False])
def test_its_writer_is_asked_first_and_then_it_is_gone(client, is_open):
    document = DocumentFactory()
    draft = document.application
    if not is_open:
        close(draft.vacancy)
    client.force_login(draft.applicant)

    leads = client.get(draft.get_absolute_url()).content.decode()
    asked = client.get(url("draft-delete", draft)).content.decode()
    before = Application.objects.count()
    done = client.post(url("draft-delete", draft), follow=True)

    assert leads.count(f'href="{url("draft-delete", draft)}">{DELETE}</a>') == 1
    assert asked.count(f'href="{url("application-answers", draft)}" download>') == 1
    assert asked.count(document.original_name) == 1
    assert asked.count("what was typed and not saved") == 0
    assert asked.count("You can begin a new application until") == is_open
    assert (before, Application.objects.count()) == (1, 0)
    assert done.redirect_chain == [(reverse("applications:application-list"), 302)]
    assert said(done) == ["The draft has been deleted."]
    assert client.get(url("draft-delete", draft)).status_code == 404


def test_to_a_stranger_it_is_not_there(client):
    draft = ApplicationFactory()

    visitor = client.post(url("draft-delete", draft))
    client.force_login(UserFactory())
    answers = [client.get(url("draft-delete", draft)), client.post(url("draft-delete", draft))]

    assert visitor.url == f"{reverse('account_login')}?next={url('draft-delete', draft)}"
    assert [answer.status_code for answer in answers] == [404, 404]
    assert Application.objects.count() == 1


def test_what_was_sent_is_no_draft(client):
    application = SentApplicationFactory()
    client.force_login(application.applicant)

    for ask in (client.get, client.post):
        answer = ask(url("draft-delete", application), follow=True)
        assert answer.redirect_chain[0][0] == application.get_absolute_url()
        assert said(answer) == ["This application has been sent, so it is no draft any more."]
    assert Application.objects.count() == 1


def test_hr_deletes_a_draft_they_wrote_for_somebody_and_no_colleague_does(client):
    hr = HRAdminFactory()
    draft = enter(by=hr)
    client.force_login(HRAdminFactory())
    colleague = client.post(url("draft-delete", draft))
    client.force_login(hr)

    asked = client.get(url("draft-delete", draft)).content.decode()
    done = client.post(url("draft-delete", draft), follow=True)

    assert colleague.status_code == 404
    assert asked.count("You are writing this application down for <strong>Ida Ringwood") == 1
    assert said(done) == ["The draft has been deleted."]
    assert Application.objects.count() == 0
    assert AuditEvent.objects.get(event="draft_deleted").by == hr


@pytest.mark.parametrize("by_phone", [True, False])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_draft_is_not_withdrawn_but_deleted(client, verb, by_phone):
    draft = enter() if by_phone else ApplicationFactory()
    client.force_login(draft.entered_by or draft.applicant)

    answer = getattr(client, verb)(url("application-withdraw", draft), follow=True)

    assert answer.redirect_chain == [(url("draft-delete", draft), 302)]
    assert said(answer) == [
        "A draft cannot be withdrawn, because it has not been sent. You can delete it here."
    ]
    assert Application.objects.get().state == ApplicationState.DRAFT


# --- A withdrawal that a draft stands in the way of ----------------------------------------------


@pytest.mark.parametrize("is_open", [True, False])
def test_a_withdrawal_is_taken_back_once_the_draft_in_its_way_is_deleted(client, is_open):
    sent, draft = withdrawn_and_begun_anew()
    if not is_open:
        close(sent.vacancy)
    client.force_login(sent.applicant)

    refused = client.post(url("application-withdraw-undo", sent), follow=True)
    asked = client.get(url("draft-delete", draft)).content.decode()
    deleted = client.post(url("draft-delete", draft), follow=True)
    offered = client.get(sent.get_absolute_url()).content.decode()
    back = client.post(url("application-withdraw-undo", sent), follow=True)

    text = refused.content.decode()
    assert said(refused) == [
        "Your withdrawal is not taken back yet: you have another application for this job. "
        "Below we say what you can do."
    ]
    assert text.count(f'href="{url("draft-delete", draft)}">Delete draft {draft.reference},') == 1
    assert text.count("Take my withdrawal back") == 0
    link = f'<a class="govuk-link" href="{sent.get_absolute_url()}">'
    assert asked.count(f"take the withdrawal of {link}application {sent.reference}</a> back") == 1
    assert said(deleted) == [
        f"The draft has been deleted. You can now {link}take the withdrawal of application "
        f"{sent.reference} back</a>."
    ]
    assert deleted.content.decode().count(f"{link}take the withdrawal of") == 1
    assert offered.count("Take my withdrawal back") == 1
    assert said(back) == ["Your application is back where it was."]
    assert Application.objects.get().state == ApplicationState.SHORTLISTING


@pytest.mark.parametrize("over", ["late", "filled"])
def test_a_withdrawal_that_cannot_come_back_is_not_promised(client, over):
    sent, draft = withdrawn_and_begun_anew()
    if over == "late":
        long_ago = timezone.now() - timedelta(hours=30)
        Application.objects.filter(pk=sent.pk).update(withdrawn_at=long_ago)
    else:
        Vacancy.objects.update(state=VacancyState.FILLED, closed_at=timezone.now())
    client.force_login(sent.applicant)

    asked = client.get(url("draft-delete", draft)).content.decode()
    deleted = client.post(url("draft-delete", draft), follow=True)

    assert asked.count("you can take the withdrawal of") == 0
    assert said(deleted) == ["The draft has been deleted."]


# --- Races ----------------------------------------------------------------------------------------


def press(person, page, answers=None):
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return lambda: client.post(page, answers or {}).status_code


@pytest.mark.django_db(transaction=True)
def test_deleting_twice_at_once_deletes_it_once():
    draft = ApplicationFactory()
    presses = [press(draft.applicant, url("draft-delete", draft)) for _ in range(3)]

    answers = at_once(*presses)

    assert set(answers) <= {302, 404}
    assert answers.count(302) >= 1
    assert AuditEvent.objects.filter(event="draft_deleted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_second_deletion_waits_for_the_first_and_finds_nothing(monkeypatch):
    draft = ApplicationFactory()
    second = {}

    def again():
        second["answer"] = press(draft.applicant, url("draft-delete", draft))()
        connections.close_all()

    waited = second_while_first_is_paused(
        monkeypatch, drafts, "take_draft_away", first=lambda: delete(draft), second=again
    )

    assert (waited, second) == (True, {"answer": 302})
    assert AuditEvent.objects.filter(event="draft_deleted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_section_saved_while_the_draft_goes_finds_no_page(monkeypatch):
    draft, outcome = ApplicationFactory(), {}
    page = reverse("applications:application-section", args=[draft.reference, "contact"])

    def save():
        outcome["answer"] = press(draft.applicant, page, {**CONTACT, "version": 0})()

    outcome["waited"] = second_while_first_is_paused(
        monkeypatch, drafts, "take_draft_away", first=lambda: delete(draft), second=save
    )

    assert outcome == {"waited": True, "answer": 404}
    assert Application.objects.count() == 0


def send_while_it_is_deleted(monkeypatch, draft):
    """Delete a draft, held just before, while it is sent from another tab. Says who came through."""
    outcome = {}

    def send():
        try:
            submit_application(application=draft, by=draft.applicant)
            outcome["sent"] = True
        except Application.DoesNotExist:
            outcome["gone"] = True

    outcome["waited"] = second_while_first_is_paused(
        monkeypatch, drafts, "take_draft_away", first=lambda: delete(draft), second=send
    )
    return outcome


@pytest.mark.django_db(transaction=True)
def test_what_is_being_deleted_is_not_sent(monkeypatch):
    outcome = send_while_it_is_deleted(monkeypatch, ApplicationFactory())

    assert outcome == {"waited": True, "gone": True}
    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_sending_would_not_wait(monkeypatch):
    """The lock is what the test above holds on to: take it away, and what was sent is deleted."""
    monkeypatch.setattr(drafts, "locked", lambda application: application)

    outcome = send_while_it_is_deleted(monkeypatch, ApplicationFactory())

    assert outcome == {"waited": False, "sent": True}
    assert Application.objects.count() == 0
