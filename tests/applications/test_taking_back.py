"""A withdrawal can be taken back for a day, to where it was, unless the place is gone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.states import InvalidTransition
from applications import progress, rules
from applications.actions import (
    declare_conflict,
    mark_vacancy_filled,
    start_application,
    take_withdrawal_back,
    undoing,
    withdraw_application,
)
from applications.exceptions import (
    AlreadyApplied,
    ApplicantsWaiting,
    PlaceTaken,
    TooLateToTakeBack,
)
from applications.models import Application, ApplicationMove
from applications.states import ApplicationState
from notifications.delivery import deliver_due_messages
from notifications.models import DemoMail, Message
from tests.applications.test_actions import sent_messages
from tests.applications.test_housekeeping import broken
from tests.applications.test_races import at_once, second_while_first_is_paused
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.shortlisting import (
    PanelMemberFactory,
    in_shortlisting,
    vacancy_with_criteria,
)
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory
from vacancies.models import Vacancy
from vacancies.states import VacancyState

pytestmark = pytest.mark.django_db
S = ApplicationState
BEFORE = [S.SUBMITTED, S.SHORTLISTING, S.INTERVIEW, S.OFFERED, S.CHECKS]


def withdrawn_from(state, **fields):
    application = SentApplicationFactory(state=state, **fields)
    return withdraw_application(application=application, by=application.applicant, reason="travel")


def take_back(application):
    return take_withdrawal_back(application=application, by=application.applicant)


def undo_url(application):
    return reverse("applications:application-withdraw-undo", args=[application.reference])


@pytest.mark.parametrize("state", BEFORE)
def test_an_application_comes_back_to_the_state_it_had(state, settings):
    application = withdrawn_from(state)

    take_back(application)

    application.refresh_from_db()
    assert application.state == state
    assert (application.withdrawn_at, application.withdrawal_reason) == (None, "")
    last = application.moves.last()
    assert (last.from_state, last.to_state, last.moved_by) == (
        S.WITHDRAWN,
        state,
        application.applicant,
    )
    event = AuditEvent.objects.get(event="withdrawal_taken_back")
    assert (event.by, event.facts) == (
        application.applicant,
        {"from_state": "withdrawn", "to_state": state},
    )
    assert sent_messages()[2:] == [
        ("applications/emails/withdrawal_taken_back", application.applicant.email),
        ("applications/emails/withdrawal_taken_back_hr", settings.HR_MAILBOX),
    ]
    assert broken() == []


def test_taking_back_twice_does_it_once():
    application = withdrawn_from(S.INTERVIEW)

    first, second = take_back(application), take_back(application)

    assert (first.state, second.state) == (S.INTERVIEW, S.INTERVIEW)
    assert Message.objects.count() == 5  # with the one that asks for a self-declaration
    assert application.moves.count() == 5


def test_it_can_be_withdrawn_and_taken_back_again_and_everybody_is_told_each_time(time_machine):
    time_machine.move_to("2026-03-11 12:00+00:00", tick=False)
    application = take_back(withdrawn_from(S.SUBMITTED))
    time_machine.shift(timedelta(minutes=5))
    withdraw_application(application=application, by=application.applicant)

    take_back(application)

    assert Application.objects.get().state == S.SUBMITTED
    assert Message.objects.count() == 8


@pytest.mark.parametrize("state", sorted(set(S) - {S.WITHDRAWN}))
def test_what_was_never_withdrawn_cannot_be_taken_back(state):
    application = ApplicationFactory() if state == S.DRAFT else SentApplicationFactory(state=state)

    with pytest.raises(InvalidTransition):
        take_back(application)

    assert sent_messages() == []


def test_nobody_else_takes_it_back_and_hr_cannot_move_it_along():
    application = withdrawn_from(S.SHORTLISTING)

    for person in (HRAdminFactory(), UserFactory(), UserFactory(is_superuser=True)):
        with pytest.raises(PermissionDenied):
            take_withdrawal_back(application=application, by=person)
    assert rules.moves_for_hr(application) == []


@pytest.mark.parametrize(("hours", "is_back"), [(23.99, True), (24, False), (100, False)])
def test_it_comes_back_within_a_day_and_no_later(time_machine, hours, is_back):
    time_machine.move_to("2026-03-11 12:00+00:00", tick=False)
    application = withdrawn_from(S.SUBMITTED, vacancy=ClosedVacancyFactory())
    time_machine.shift(timedelta(hours=hours))

    if is_back:
        assert take_back(application).state == S.SUBMITTED
    else:
        with pytest.raises(TooLateToTakeBack):
            take_back(application)


@pytest.mark.parametrize("state", [VacancyState.FILLED, VacancyState.WITHDRAWN])
def test_not_when_the_job_is_filled_or_gone(state):
    application = withdrawn_from(S.INTERVIEW, vacancy=ClosedVacancyFactory())
    Vacancy.objects.update(state=state)

    with pytest.raises(PlaceTaken):
        take_back(application)

    assert Application.objects.get().state == S.WITHDRAWN


def test_an_offer_comes_back_only_while_a_post_is_free():
    vacancy = ClosedVacancyFactory(number_of_posts=2)
    SentApplicationFactory(vacancy=vacancy, state=S.HIRED)
    application = withdrawn_from(S.OFFERED, vacancy=vacancy)
    waits = withdrawn_from(S.INTERVIEW, vacancy=vacancy)
    assert take_back(application).state == S.OFFERED
    withdraw_application(application=application, by=application.applicant)

    SentApplicationFactory(vacancy=vacancy, state=S.CHECKS)

    with pytest.raises(PlaceTaken):
        take_back(application)
    assert take_back(waits).state == S.INTERVIEW


def test_a_new_application_for_the_same_job_stands_in_the_way(client):
    application = withdrawn_from(S.SUBMITTED)
    new = SentApplicationFactory(vacancy=application.vacancy, applicant=application.applicant)
    client.force_login(application.applicant)

    with pytest.raises(AlreadyApplied):
        take_back(application)
    text = client.get(application.get_absolute_url()).content.decode()

    assert text.count(f'href="{new.get_absolute_url()}">another application for this job</a>') == 1
    assert text.count("Take my withdrawal back") == 0


def test_the_page_offers_it_and_afterwards_says_until_when_it_was_possible(client, time_machine):
    time_machine.move_to("2026-03-11 12:00+00:00", tick=False)
    application = withdrawn_from(S.SUBMITTED, vacancy=ClosedVacancyFactory())
    client.force_login(application.applicant)
    page = application.get_absolute_url()

    offered = client.get(page).content.decode()
    time_machine.shift(timedelta(hours=25))
    client.force_login(application.applicant)
    over = client.get(page).content.decode()

    assert offered.count("You can take your withdrawal back until 12 March 2026, 12:00") == 1
    assert offered.count("Take my withdrawal back") == 1
    assert over.count("The withdrawal could be taken back until 12 March 2026, 12:00.") == 1
    assert over.count("Take my withdrawal back") == 0


def test_a_job_that_is_filled_offers_nothing(client):
    application = withdrawn_from(S.SUBMITTED, vacancy=ClosedVacancyFactory())
    Vacancy.objects.update(state=VacancyState.FILLED)
    client.force_login(application.applicant)

    text = client.get(application.get_absolute_url()).content.decode()

    assert text.count("The withdrawal cannot be taken back: the job is filled") == 1
    assert text.count("Take my withdrawal back") == 0


def test_the_button_brings_it_back(client):
    application = withdrawn_from(S.SHORTLISTING)
    client.force_login(application.applicant)

    client.get(undo_url(application))
    assert Application.objects.get().state == S.WITHDRAWN
    answer = client.post(undo_url(application), follow=True)

    assert Application.objects.get().state == S.SHORTLISTING
    assert [str(words) for words in answer.context["messages"]] == [
        "Your application is back where it was."
    ]


@pytest.mark.parametrize(
    ("hours", "state", "words"),
    [
        (30, VacancyState.CLOSED, "It is too late to take your withdrawal back."),
        (1, VacancyState.FILLED, "Your withdrawal cannot be taken back: the job has gone"),
    ],
)
def test_the_button_says_why_not(client, hours, state, words):
    application = withdrawn_from(S.SUBMITTED, vacancy=ClosedVacancyFactory())
    Application.objects.update(withdrawn_at=timezone.now() - timedelta(hours=hours))
    Vacancy.objects.update(state=state)
    client.force_login(application.applicant)

    answer = client.post(undo_url(application), follow=True)

    assert [str(said)[: len(words)] for said in answer.context["messages"]] == [words]


def test_the_letter_of_the_withdrawal_says_until_when(time_machine):
    time_machine.move_to("2026-03-11 12:00+00:00", tick=False)
    application = withdrawn_from(S.SUBMITTED)
    deliver_due_messages()

    letter = DemoMail.objects.get(to=application.applicant.email)

    assert letter.text.count("take it back until 12 March 2026 at 12:00") == 1
    assert letter.html.count("until 12 March 2026 at 12:00") == 1


# --- Races ----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_taking_back_twice_at_once_does_it_once():
    application = withdrawn_from(S.INTERVIEW)

    results = at_once(*[lambda: take_back(application).state] * 3)

    assert results == [S.INTERVIEW] * 3
    assert application.moves.filter(from_state=S.WITHDRAWN).count() == 1
    assert Message.objects.count() == 5  # with the one that asks for a self-declaration


def take_back_while_filling(monkeypatch, *, without_lock=False):
    """Take a withdrawal back, held just before it moves, while HR marks the job as filled."""
    application = withdrawn_from(S.INTERVIEW, vacancy=ClosedVacancyFactory())
    officer, outcome = HRAdminFactory(), {}
    if without_lock:
        monkeypatch.setattr(
            undoing, "lock_vacancy", lambda pk: Vacancy.objects.select_related("role").get(pk=pk)
        )

    def fill():
        try:
            mark_vacancy_filled(vacancy=application.vacancy, by=officer)
            outcome["filled"] = True
        except ApplicantsWaiting as problem:
            outcome["waiting"] = problem.count

    outcome["waited"] = second_while_first_is_paused(
        monkeypatch, undoing, "make_move", first=lambda: take_back(application), second=fill
    )
    return outcome


@pytest.mark.django_db(transaction=True)
def test_no_job_is_filled_past_somebody_who_comes_back(monkeypatch):
    assert take_back_while_filling(monkeypatch) == {"waited": True, "waiting": 1}

    assert Vacancy.objects.get().state == VacancyState.CLOSED
    assert broken() == []


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_a_job_would_be_filled_past_them(monkeypatch):
    """The lock is what the test above holds on to: take it away, and somebody waits for ever."""
    outcome = take_back_while_filling(monkeypatch, without_lock=True)

    assert outcome == {"waited": False, "filled": True}
    assert len(broken()) == 1


@pytest.mark.django_db(transaction=True)
def test_filling_first_leaves_it_withdrawn(monkeypatch):
    application = withdrawn_from(S.INTERVIEW, vacancy=ClosedVacancyFactory())
    officer, outcome = HRAdminFactory(), {}

    def come_back():
        try:
            take_back(application)
        except PlaceTaken:
            outcome["refused"] = True

    outcome["waited"] = second_while_first_is_paused(
        monkeypatch,
        Vacancy,
        "move_to",
        first=lambda: mark_vacancy_filled(vacancy=application.vacancy, by=officer),
        second=come_back,
    )

    assert outcome == {"waited": True, "refused": True}
    assert Application.objects.get().state == S.WITHDRAWN


@pytest.mark.django_db(transaction=True)
def test_coming_back_and_applying_anew_at_once_leaves_one_of_the_two():
    application = withdrawn_from(S.SUBMITTED, vacancy=LiveVacancyFactory())
    person, vacancy = application.applicant, application.vacancy

    at_once(
        lambda: take_back(application),
        lambda: start_application(vacancy=vacancy, one_time_key=uuid4(), by=person),
    )

    assert Application.objects.not_withdrawn().count() == 1


def test_who_withdraws_reads_how_long_it_can_be_taken_back(client, settings):
    settings.WITHDRAWAL_UNDO_HOURS = 30
    application = SentApplicationFactory()
    client.force_login(application.applicant)

    page = client.get(reverse("applications:application-withdraw", args=[application.reference]))

    assert "you have 30 hours to take it back" in page.content.decode()


def test_a_withdrawal_is_told_to_the_panel_by_code_but_not_to_who_knows_the_applicant():
    application = in_shortlisting(vacancy_with_criteria())
    reader, knows, undeclared = (PanelMemberFactory(vacancy=application.vacancy) for _ in range(3))
    undeclared.declared_at = None
    undeclared.save()
    declare_conflict(member=knows, application=application, words="My cousin", by=knows.person)

    withdraw_application(application=application, by=application.applicant)

    told = Message.objects.get(template="applications/emails/applicant_withdrew")
    assert told.to == reader.person.email
    assert told.context["code"] == application.code
    assert application.reference not in str(told.context)
    assert application.full_name not in str(told.context)


def test_a_withdrawal_before_the_panel_has_begun_is_not_told_to_it():
    application = SentApplicationFactory()
    PanelMemberFactory(vacancy=application.vacancy)

    withdraw_application(application=application, by=application.applicant)

    assert not Message.objects.filter(template="applications/emails/applicant_withdrew").exists()


def moved(application, *steps):
    for before, after, words in steps:
        ApplicationMove.objects.create(
            application=application, from_state=before, to_state=after, words=words
        )
    return progress.timeline(application, application.moves.order_by("pk"))


def test_the_timeline_keeps_no_word_of_a_refusal_that_was_undone():
    application = SentApplicationFactory(state=S.SHORTLISTING)
    application.moves.all().delete()

    entries = moved(
        application,
        (S.DRAFT, S.SUBMITTED, ""),
        (S.SUBMITTED, S.SHORTLISTING, ""),
        (S.SHORTLISTING, S.UNSUCCESSFUL, "Others showed more court work."),
        (S.UNSUCCESSFUL, S.SHORTLISTING, ""),
    )

    told = [(entry["title"], entry["text"]) for entry in entries if entry["state"] != "next"]
    assert told == [("Received", ""), ("Being considered", ""), ("Looked at again", "")]
    assert [entry["state"] for entry in entries[:3]] == ["", "", "now"]


def test_the_timeline_keeps_a_refusal_that_stands_after_one_that_was_undone():
    application = SentApplicationFactory(state=S.UNSUCCESSFUL)
    application.moves.all().delete()

    entries = moved(
        application,
        (S.INTERVIEW, S.UNSUCCESSFUL, "First words."),
        (S.UNSUCCESSFUL, S.INTERVIEW, ""),
        (S.INTERVIEW, S.UNSUCCESSFUL, "Second words."),
    )

    assert [entry["text"] for entry in entries] == ["", "Second words."]
