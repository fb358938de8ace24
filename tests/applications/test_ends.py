"""How an application ends by HR's hand: a refusal that is taken back, a withdrawal noted for somebody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from applications.actions import (
    decide_outcome,
    erase_applications,
    mark_vacancy_filled,
    move_application,
    take_withdrawal_back,
    undo_refusal,
    withdraw_application,
)
from applications.exceptions import TooLateToUndo, WordsMissing
from applications.models import RefusalUndone
from applications.states import ApplicationState
from notifications.models import Message
from notifications.states import MessageState
from tests.applications.test_housekeeping import broken
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.interviews import booked, round_of
from tests.factories.shortlisting import (
    in_shortlisting,
    panel_of,
    read_by_all,
    vacancy_with_criteria,
)
from tests.factories.vacancies import ClosedVacancyFactory

pytestmark = pytest.mark.django_db
S = ApplicationState
WORDS = "Others showed more of their work with courts."
NOBODYS = {
    "applicant__email": "nobody@no-address.invalid",
    "full_name": "Ida Ringwood",
    "phone": "01632 960 300",
}


@pytest.fixture
def hr(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    person = HRAdminFactory()
    client.force_login(person)
    return person


def refused(application, by):
    return move_application(application=application, to_state=S.UNSUCCESSFUL, words=WORDS, by=by)


def said(page):
    return [str(message) for message in page.context["messages"]]


def page_of(client, application):
    url = reverse("admin:applications_application_change", args=[application.pk])
    return client.get(url).content.decode()


# --- A refusal taken back -------------------------------------------------------------------------


@pytest.mark.parametrize("before", [S.SUBMITTED, S.SHORTLISTING, S.INTERVIEW])
def test_a_refusal_by_hand_is_undone_in_silence_before_anybody_was_told(hr, before):
    application = refused(SentApplicationFactory(state=before), hr)

    assert undo_refusal(application=application, reason="The wrong row.", by=hr) is False

    application.refresh_from_db()
    assert (application.state, application.decision) == (before, "")
    assert (application.decided_at, application.decided_by) == (None, None)
    row = RefusalUndone.objects.get(application=application)
    assert (row.reason, row.undone_by, row.was_told) == ("The wrong row.", hr, False)
    letters = Message.objects.filter(key__startswith="application_")
    assert not letters.exists()
    event = AuditEvent.objects.get(event="refusal_undone")
    assert (event.by, event.facts["to_state"]) == (hr, before)
    assert "wrong row" not in str(event.facts)
    assert broken() == []


def test_who_had_been_told_of_a_refusal_is_told_that_it_is_undone(hr):
    application = refused(SentApplicationFactory(state=S.SHORTLISTING), hr)
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())

    assert undo_refusal(application=application, reason="The wrong row.", by=hr) is True

    letter = Message.objects.get(template="applications/emails/application_reconsidered")
    assert letter.to == application.applicant.email
    last = application.moves.last()
    assert last.words == "We are looking at your application again."


def test_back_in_interview_the_person_is_asked_for_a_time_again(client, hr):
    booking = booked(round_of())
    application = booking.application
    url = reverse("admin:applications_application_move", args=[application.pk])
    shown = client.get(url).content.decode()
    assert f"They have chosen {booking.slot.when} for their interview." in shown
    assert "“Not successful” frees this time" in shown
    assert "cannot be undone" not in shown
    refused(application, hr)
    booking.refresh_from_db()
    assert booking.cancelled_because == "left"
    before = application.interview_invitations.get().invited_at

    undo_refusal(application=application, reason="The wrong row.", by=hr)

    assert application.interview_invitations.get().invited_at > before


def test_undoing_a_refusal_wants_a_reason_and_a_permission(hr):
    application = refused(SentApplicationFactory(), hr)
    own = refused(SentApplicationFactory(applicant=HRAdminFactory()), hr)

    with pytest.raises(WordsMissing):
        undo_refusal(application=application, reason=" ", by=hr)
    for found, by in ((application, UserFactory()), (own, own.applicant)):
        with pytest.raises(PermissionDenied):
            undo_refusal(application=found, reason="A slip", by=by)


@pytest.mark.parametrize("before", [S.OFFERED, S.CHECKS])
def test_a_refusal_after_an_offer_stays(client, hr, before):
    application = SentApplicationFactory(state=before)
    url = reverse("admin:applications_application_move", args=[application.pk])
    assert "ends the offer, which does not come back" in client.get(url).content.decode()
    refused(application, hr)

    with pytest.raises(TooLateToUndo):
        undo_refusal(application=application, reason="A slip", by=hr)


def test_nothing_is_undone_once_the_job_is_filled(hr):
    application = refused(SentApplicationFactory(vacancy=ClosedVacancyFactory()), hr)
    mark_vacancy_filled(vacancy=application.vacancy, by=hr)

    with pytest.raises(TooLateToUndo):
        undo_refusal(application=application, reason="A slip", by=hr)


def test_what_a_table_decided_is_undone_there(client, hr):
    vacancy = vacancy_with_criteria(essential=1, desirable=1)
    panel, application = panel_of(vacancy), in_shortlisting(vacancy)
    read_by_all(application, panel)
    facts = {"outcome": "not_taken", "words": WORDS, "reason": "So it is.", "mark": None}
    decide_outcome(application=application, by=hr, **facts)

    with pytest.raises(TooLateToUndo):
        undo_refusal(application=application, reason="A slip", by=hr)
    assert "Undo this refusal" not in page_of(client, application)


def test_hr_undoes_a_refusal_from_the_page_of_the_application(client, hr):
    application = refused(SentApplicationFactory(), hr)
    url = reverse("admin:applications_refusal_undo", args=[application.pk])
    assert url in page_of(client, application)
    assert "goes back to “Received”" in client.get(url).content.decode()
    assert "Say why" in client.post(url, {"reason": ""}).content.decode()

    done = client.post(url, {"reason": "The wrong row."}, follow=True)
    again = client.post(url, {"reason": "The wrong row."}, follow=True)

    assert said(done) == ["The refusal is undone. The applicant had not been told."]
    assert said(again)[0].startswith("This cannot be undone")
    application.refresh_from_db()
    assert application.state == S.SUBMITTED
    refused(application, hr)
    undo_refusal(application=application, reason="Once more.", by=hr)
    assert application.refusals_undone.count() == 2


def test_why_a_refusal_was_undone_goes_with_the_person(hr):
    application = refused(SentApplicationFactory(), hr)
    undo_refusal(application=application, reason="Ida Ringwood is another.", by=hr)

    erase_applications(person=application.applicant, by=hr)

    assert not RefusalUndone.objects.exists()


# --- A withdrawal noted for somebody --------------------------------------------------------------


def test_hr_notes_the_withdrawal_of_somebody_without_an_address(client, hr):
    booking = booked(round_of(), **NOBODYS)
    application = booking.application
    url = reverse("admin:applications_withdrawal_note", args=[application.pk])
    assert url in page_of(client, application)
    assert "I have taken another job" in client.get(url).content.decode()
    assert "Choose one" in client.post(url, {"reason": "bribe"}).content.decode()

    done = client.post(url, {"reason": "other_job"}, follow=True)

    application.refresh_from_db()
    assert (application.state, application.withdrawal_reason) == (S.WITHDRAWN, "other_job")
    assert application.moves.last().moved_by == hr
    event = AuditEvent.objects.get(event="application_withdrawn")
    assert (event.by, event.facts["reason"]) == (hr, "other_job")
    booking.refresh_from_db()
    assert booking.cancelled_because == "left"
    ring = "They have no e-mail address. Please ring Ida Ringwood on 01632 960 300 and tell them."
    assert said(done) == [f"The withdrawal is noted. {ring}"]
    back = reverse("admin:applications_withdrawal_undo", args=[application.pk])
    assert back in page_of(client, application)
    client.post(back)
    application.refresh_from_db()
    assert (application.state, application.withdrawal_reason) == (S.INTERVIEW, "")


def test_hr_notes_the_withdrawal_of_somebody_who_applied_on_paper(client, hr):
    application = SentApplicationFactory(entered_how="paper", entered_by=HRAdminFactory())
    url = reverse("admin:applications_withdrawal_note", args=[application.pk])

    done = client.post(url, {"reason": ""}, follow=True)

    assert said(done) == ["The withdrawal is noted. The applicant has been told."]
    assert Message.objects.filter(to=application.applicant.email).count() == 1


def test_nobody_withdraws_for_somebody_who_signs_in_themselves(client, hr):
    application = SentApplicationFactory()
    url = reverse("admin:applications_withdrawal_note", args=[application.pk])

    assert url not in page_of(client, application)
    assert client.get(url).status_code == 404
    with pytest.raises(PermissionDenied):
        withdraw_application(application=application, by=hr)


def test_only_who_moves_applications_speaks_for_somebody(hr):
    application = SentApplicationFactory(**NOBODYS)

    with pytest.raises(PermissionDenied):
        withdraw_application(application=application, by=UserFactory())
    withdraw_application(application=application, by=hr)
    withdraw_application(application=application, by=hr)
    with pytest.raises(PermissionDenied):
        take_withdrawal_back(application=application, by=UserFactory())
