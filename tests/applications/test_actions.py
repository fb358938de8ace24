from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.states import InvalidTransition
from applications.actions import (
    move_application,
    save_details,
    save_statement,
    start_application,
    submit_application,
    withdraw_application,
)
from applications.actions.deciding import take_step
from applications.exceptions import AlreadySent, NotComplete, SavedElsewhere, VacancyClosed
from applications.models import Application
from applications.progress import PROGRESS
from applications.states import (
    APPLICATION_TRANSITIONS,
    FINAL_STATES,
    UNDOING,
    ApplicationState,
    Decision,
    WithdrawalReason,
)
from notifications.models import Message
from notifications.rendering import render
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory, VacancyFactory

pytestmark = pytest.mark.django_db

DETAILS = {
    "full_name": "Nia O’Hara",
    "phone": "01632 960555",
    "address": "",
    "town": "Fleet",
    "postcode": "GU51 9ZZ",
    "right_to_work": True,
    "needs_sponsorship": False,
    "registration": "",
    "registration_number": "",
}


def sent_messages():
    return list(Message.objects.order_by("pk").values_list("template", "to"))


def close(vacancy):
    yesterday = timezone.localdate() - timedelta(days=1)
    type(vacancy).objects.filter(pk=vacancy.pk).update(opens_on=yesterday, closes_on=yesterday)


def test_start_application_makes_a_draft_with_the_name_of_the_account():
    person = UserFactory(full_name="Tomasz Ng")
    vacancy = LiveVacancyFactory()

    application = start_application(vacancy=vacancy, one_time_key=uuid4(), by=person)

    assert (application.state, application.full_name) == ("draft", "Tomasz Ng")
    assert AuditEvent.objects.get().event == "application_started"


def test_start_application_gives_back_the_one_there_is():
    application = ApplicationFactory()

    again = start_application(
        vacancy=application.vacancy, one_time_key=uuid4(), by=application.applicant
    )

    assert again == application


def test_start_application_with_the_same_form_gives_the_same_even_after_withdrawing():
    application = SentApplicationFactory(state=ApplicationState.WITHDRAWN)

    again = start_application(
        vacancy=application.vacancy,
        one_time_key=application.one_time_key,
        by=application.applicant,
    )

    assert again == application


def test_start_application_with_a_new_form_begins_afresh_after_withdrawing():
    application = SentApplicationFactory(state=ApplicationState.WITHDRAWN)

    again = start_application(
        vacancy=application.vacancy, one_time_key=uuid4(), by=application.applicant
    )

    assert (again.state, again != application) == ("draft", True)


def test_start_application_with_somebody_elses_key_is_their_own():
    other = ApplicationFactory()
    person = UserFactory()

    application = start_application(
        vacancy=other.vacancy, one_time_key=other.one_time_key, by=person
    )

    assert application.applicant == person
    assert application.one_time_key != other.one_time_key


@pytest.mark.parametrize("factory", [VacancyFactory, ClosedVacancyFactory])
def test_start_application_refuses_a_vacancy_that_is_not_open(factory):
    with pytest.raises(VacancyClosed):
        start_application(vacancy=factory(), one_time_key=uuid4(), by=UserFactory())

    assert Application.objects.count() == 0


def test_save_details_keeps_every_answer_and_counts_the_version():
    application = ApplicationFactory(details_version=3)

    saved = save_details(
        application=application, details=DETAILS, version=3, by=application.applicant
    )

    saved.refresh_from_db()
    assert {name: getattr(saved, name) for name in DETAILS} == DETAILS
    assert saved.details_version == 4


def test_save_statement_refuses_to_overwrite_what_another_tab_saved():
    application = ApplicationFactory(statement="From the other tab.", statement_version=2)

    with pytest.raises(SavedElsewhere) as conflict:
        save_statement(
            application=application, statement="Mine.", version=1, by=application.applicant
        )

    assert conflict.value.application.statement == "From the other tab."
    application.refresh_from_db()
    assert application.statement == "From the other tab."


def test_save_statement_takes_the_same_words_again():
    application = ApplicationFactory(statement="The same.", statement_version=2)

    saved = save_statement(
        application=application, statement="The same.", version=1, by=application.applicant
    )

    assert saved.statement == "The same."


def test_save_statement_does_not_mind_that_the_details_were_saved_elsewhere():
    application = ApplicationFactory(details_version=7, statement_version=1)

    saved = save_statement(
        application=application, statement="Mine.", version=1, by=application.applicant
    )

    assert (saved.statement, saved.statement_version, saved.details_version) == ("Mine.", 2, 7)


@pytest.mark.parametrize("action", [save_details, save_statement])
def test_saving_refuses_anyone_but_the_applicant(action):
    application = ApplicationFactory()
    words = {"details": DETAILS} if action is save_details else {"statement": "Theirs."}

    with pytest.raises(PermissionDenied):
        action(application=application, version=1, by=HRAdminFactory(), **words)


def test_saving_refuses_once_the_application_is_sent():
    application = SentApplicationFactory()

    with pytest.raises(AlreadySent):
        save_statement(
            application=application, statement="More.", version=1, by=application.applicant
        )


def test_saving_refuses_once_the_vacancy_has_closed():
    application = ApplicationFactory(vacancy=ClosedVacancyFactory())

    with pytest.raises(VacancyClosed):
        save_statement(
            application=application, statement="Late.", version=1, by=application.applicant
        )


def test_submit_application_sends_it_and_tells_both(settings):
    application = ApplicationFactory()

    sent = submit_application(application=application, by=application.applicant)

    sent.refresh_from_db()
    assert (sent.state, sent.submitted_at is not None) == (ApplicationState.SUBMITTED, True)
    assert sent_messages() == [
        ("applications/emails/application_submitted", application.applicant.email),
        ("applications/emails/application_received", settings.HR_MAILBOX),
    ]
    assert list(sent.moves.values_list("from_state", "to_state", "moved_by")) == [
        ("draft", "submitted", application.applicant.pk)
    ]


def test_submit_application_again_changes_nothing_and_mails_nobody():
    application = ApplicationFactory()
    first = submit_application(application=application, by=application.applicant)

    again = submit_application(application=application, by=application.applicant)

    assert (again.reference, again.submitted_at) == (first.reference, first.submitted_at)
    assert len(sent_messages()) == 2
    assert again.moves.count() == 1


def test_submit_application_costs_at_most_twenty_queries(django_assert_max_num_queries):
    application = ApplicationFactory()

    with django_assert_max_num_queries(20):
        submit_application(application=application, by=application.applicant)


@pytest.mark.parametrize(
    "missing",
    [
        {"full_name": ""},
        {"phone": ""},
        {"town": ""},
        {"right_to_work": None},
        {"needs_sponsorship": None},
        {"statement": "  \n"},
    ],
)
def test_submit_application_refuses_when_a_part_is_missing(missing):
    application = ApplicationFactory(**missing)

    with pytest.raises(NotComplete):
        submit_application(application=application, by=application.applicant)

    assert sent_messages() == []


def test_submit_application_needs_the_registration_where_the_role_does():
    application = ApplicationFactory(vacancy__role__needs_registration=True)

    with pytest.raises(NotComplete):
        submit_application(application=application, by=application.applicant)


@pytest.mark.parametrize("minutes_after_midnight", [-1, 0])
def test_submit_application_ends_with_the_closing_day_in_london(
    minutes_after_midnight, time_machine
):
    time_machine.move_to("2026-07-01 12:00+01:00")
    application = ApplicationFactory()
    # The clocks are an hour ahead of UTC in summer: midnight in London is 23:00 the day before.
    midnight = timezone.make_aware(
        timezone.datetime.combine(
            application.vacancy.closes_on + timedelta(days=1), timezone.datetime.min.time()
        )
    )
    time_machine.move_to(midnight + timedelta(minutes=minutes_after_midnight))

    if minutes_after_midnight < 0:
        sent = submit_application(application=application, by=application.applicant)
        assert sent.state == ApplicationState.SUBMITTED
    else:
        with pytest.raises(VacancyClosed):
            submit_application(application=application, by=application.applicant)


def test_submit_application_refuses_anyone_else():
    with pytest.raises(PermissionDenied):
        submit_application(application=ApplicationFactory(), by=HRAdminFactory())


@pytest.mark.parametrize("state", sorted(ApplicationState))
def test_withdraw_application_works_until_the_end(state, settings):
    application = ApplicationFactory() if state == "draft" else SentApplicationFactory(state=state)
    if state in {"draft", "hired", "unsuccessful"}:
        with pytest.raises(InvalidTransition):
            withdraw_application(application=application, by=application.applicant)
        assert sent_messages() == []
        return

    withdrawn = withdraw_application(
        application=application, by=application.applicant, reason=WithdrawalReason.TOO_SLOW
    )

    assert withdrawn.state == ApplicationState.WITHDRAWN
    told = [
        ("applications/emails/application_withdrawn", application.applicant.email),
        ("applications/emails/application_withdrawn_hr", settings.HR_MAILBOX),
    ]
    assert sent_messages() == ([] if state == "withdrawn" else told)


def test_withdraw_application_refuses_anyone_else():
    with pytest.raises(PermissionDenied):
        withdraw_application(application=SentApplicationFactory(), by=HRAdminFactory())


@pytest.mark.parametrize(("before", "after"), list(product(ApplicationState, repeat=2)))
def test_move_application_over_the_whole_grid(before, after):
    officer = HRAdminFactory()
    application = (
        ApplicationFactory() if before == "draft" else SentApplicationFactory(state=before)
    )
    of_the_applicant = {ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN}
    # A shortlisting is decided and undone by actions of its own.
    of_the_shortlisting = {*UNDOING, (ApplicationState.SHORTLISTING, ApplicationState.INTERVIEW)}
    by_hand = APPLICATION_TRANSITIONS[before] - of_the_applicant

    if after in by_hand and (before, after) not in of_the_shortlisting:
        moved = move_application(application=application, to_state=after, by=officer)
        moved.refresh_from_db()
        assert moved.state == after
        assert moved.moves.last().moved_by == officer
        assert sent_messages() == [
            ("applications/emails/application_moved", application.applicant.email)
        ]
    else:
        with pytest.raises(InvalidTransition):
            move_application(application=application, to_state=after, by=officer)
        assert sent_messages() == []


@pytest.mark.parametrize(
    ("before", "after", "decision"),
    [
        (ApplicationState.CHECKS, ApplicationState.HIRED, Decision.APPOINTED),
        (ApplicationState.SUBMITTED, ApplicationState.UNSUCCESSFUL, Decision.NOT_APPOINTED),
    ],
)
def test_move_application_to_its_end_records_the_decision(before, after, decision):
    officer = HRAdminFactory()

    application = move_application(
        application=SentApplicationFactory(state=before), to_state=after, by=officer
    )

    application.refresh_from_db()
    assert (application.decision, application.decided_by) == (decision, officer)
    assert application.decided_at == application.moves.last().moved_at


def test_move_application_refuses_people_without_the_permission():
    with pytest.raises(PermissionDenied):
        move_application(
            application=SentApplicationFactory(),
            to_state=ApplicationState.SHORTLISTING,
            by=UserFactory(roles=["hiring_manager", "panel_member"]),
        )


def test_move_application_refuses_ones_own_application():
    officer = HRAdminFactory()

    with pytest.raises(PermissionDenied):
        move_application(
            application=SentApplicationFactory(applicant=officer),
            to_state=ApplicationState.SHORTLISTING,
            by=officer,
        )


@pytest.mark.parametrize(
    "state", sorted(set(ApplicationState) - {"draft", "submitted", "withdrawn"})
)
def test_the_mail_of_a_move_says_what_happened_and_what_comes(state):
    before = next(state_ for state_, to in APPLICATION_TRANSITIONS.items() if state in to)
    application = SentApplicationFactory(
        state=before, full_name="Seán O'Neil", vacancy__title="Social worker & mentor"
    )

    take_step(application, state, by=HRAdminFactory(), words="Well done, Seán.")

    email = render(Message.objects.with_what_delivery_needs().get())
    reference = application.reference
    assert email.subject == (
        f"Your application {reference} for Social worker & mentor: "
        f"{ApplicationState(state).label.lower()}"
    )
    assert email.body.startswith("Hello Seán O'Neil,\n\n" + PROGRESS[state].happened)
    assert email.body.count("Well done, Seán.") == 1
    assert email.body.count(PROGRESS[state].what_next) == 1
    html = email.alternatives[0].content
    assert html.count("Seán O&#x27;Neil") == 1
    assert html.count(f"/applications/{reference}/") == 1


def test_the_mail_to_hr_names_nobody():
    application = ApplicationFactory(full_name="Canary Quillfeather")

    submit_application(application=application, by=application.applicant)

    email = render(
        Message.objects.with_what_delivery_needs().get(
            template="applications/emails/application_received"
        )
    )
    everything = email.subject + email.body + email.alternatives[0].content
    assert everything.count("Quillfeather") == 0
    assert everything.count(application.applicant.email) == 0
    assert email.subject.count(application.reference) == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "submitted"},
        {"submitted_at": timezone.now()},
        {"decision": "appointed"},
        {"withdrawn_at": timezone.now()},
        {"registration_number": "12345", "registration": "registered"},
        {"registration_number": "SW12345", "registration": "awaiting"},
    ],
)
def test_the_database_refuses_what_must_never_be(broken):
    application = ApplicationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**broken)


def test_the_database_refuses_two_applications_of_one_person_for_one_job():
    application = ApplicationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationFactory(vacancy=application.vacancy, applicant=application.applicant)


def test_the_history_keeps_states_and_no_personal_words():
    application = ApplicationFactory(full_name="Canary Quillfeather", statement="Canary song")
    submit_application(application=application, by=application.applicant)

    kept = list(application.events.values())

    assert [row["state"] for row in kept] == ["draft", "submitted"]
    assert str(kept).count("Canary") == 0


def test_final_states_are_left_only_by_undoing():
    for state in sorted(FINAL_STATES):
        assert {(state, after) for after in APPLICATION_TRANSITIONS[state]} - UNDOING == set()
