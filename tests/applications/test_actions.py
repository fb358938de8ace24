from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.states import InvalidTransition
from applications.actions import (
    move_application,
    save_section,
    start_application,
    submit_application,
    withdraw_application,
)
from applications.actions.deciding import take_step
from applications.exceptions import (
    AlreadySent,
    NotAsked,
    NotComplete,
    SavedElsewhere,
    VacancyClosed,
    WordsMissing,
)
from applications.models import Application
from applications.progress import PROGRESS
from applications.rules import moves_for_hr
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
from tests.factories.answers import InterviewSchemeFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.vacancies import (
    ClosedVacancyFactory,
    CriterionFactory,
    LiveVacancyFactory,
    VacancyFactory,
)
from tests.factories.vacancy_parts import OtherPlaceFactory
from vacancies.models import CriterionKind

pytestmark = pytest.mark.django_db

CONTACT = {
    "full_name": "Nia O’Hara",
    "phone": "01632 960555",
    "address": "",
    "town": "Fleet",
    "postcode": "GU51 9ZZ",
}
REFEREES = {
    f"{name}_{position}": value
    for position, email in [(1, "rook@example.org"), (2, "alder@example.org")]
    for name, value in {
        "kind": "employer",
        "full_name": f"Referee {position}",
        "job_title": "Manager",
        "organisation": "Weir School",
        "email": email,
        "phone": "",
        "ask_before_interview": True,
    }.items()
}


def example_of(application):
    """Return the name of the section of the first criterion."""
    return f"evidence-{application.vacancy.criteria.first().pk}"


def save(application, name, answers, *, version=1, by=None):
    return save_section(
        application=application,
        name=name,
        answers=answers,
        version=version,
        by=by or application.applicant,
    )


def save_example(application, words, *, version=1, by=None):
    answers = {"evidence": words, "nothing_to_add": False}
    return save(application, example_of(application), answers, version=version, by=by)


def example(application):
    return application.evidence.get().words


def sent_messages():
    """Return every letter but the one that asks for a self-declaration: see test_declarations."""
    asking = "applications/emails/declaration_asked"
    letters = Message.objects.exclude(template=asking).order_by("pk")
    return list(letters.values_list("template", "to"))


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


def test_save_section_keeps_every_answer_and_counts_the_version():
    application = ApplicationFactory(answers=False)

    first = save(application, "contact", {**CONTACT, "town": "Alton"}, version=0)
    saved = save(application, "contact", CONTACT)

    application.refresh_from_db()
    assert {name: getattr(application, name) for name in CONTACT} == CONTACT
    assert (first.version, saved.version, saved.finished_at) == (1, 2, saved.saved_at)
    assert (
        list(AuditEvent.objects.values_list("event", "facts"))
        == [("section_saved", {"section": "contact"})] * 2
    )


def test_save_section_refuses_to_overwrite_what_another_tab_saved():
    application = ApplicationFactory(answers="From the other tab.")

    with pytest.raises(SavedElsewhere) as conflict:
        save_example(application, "Mine.", version=0)

    assert conflict.value.saved.saved()["evidence"] == "From the other tab."
    assert example(application) == "From the other tab."


def test_save_section_takes_the_same_words_again():
    application = ApplicationFactory(answers="The same.")

    save_example(application, "The same.", version=0)

    assert example(application) == "The same."


def test_save_section_does_not_mind_that_another_was_saved_elsewhere():
    application = ApplicationFactory()
    save(application, "contact", CONTACT)

    saved = save_example(application, "Mine.")

    assert (example(application), saved.version) == ("Mine.", 2)
    assert application.section_saves.get(name="contact").version == 2


@pytest.mark.parametrize("name", ["contact", "example"])
def test_saving_refuses_anyone_but_the_writers(name):
    application = ApplicationFactory()

    with pytest.raises(PermissionDenied):
        if name == "contact":
            save(application, name, CONTACT, by=HRAdminFactory())
        else:
            save_example(application, "Theirs.", by=HRAdminFactory())


def test_saving_refuses_once_the_application_is_sent():
    with pytest.raises(AlreadySent):
        save_example(SentApplicationFactory(), "More.")


def test_saving_refuses_once_the_vacancy_has_closed():
    with pytest.raises(VacancyClosed):
        save_example(ApplicationFactory(vacancy=ClosedVacancyFactory()), "Late.")


@pytest.mark.parametrize("name", ["registration", "places", "evidence-0", "nothing"])
def test_saving_refuses_a_section_the_application_does_not_have(name):
    with pytest.raises(NotAsked):
        save(ApplicationFactory(), name, {}, version=0)


def test_an_example_of_another_job_cannot_be_saved():
    other = ApplicationFactory()

    with pytest.raises(NotAsked):
        save(ApplicationFactory(), example_of(other), {"evidence": "Mine."}, version=0)


def test_save_section_keeps_two_referees_in_their_places():
    application = ApplicationFactory(answers=False)

    save(application, "referees", REFEREES, version=0)
    save(application, "referees", {**REFEREES, "full_name_2": "Somebody Else"})

    kept = application.referees.values_list("position", "full_name", "ask_before_interview")
    assert list(kept) == [(1, "Referee 1", True), (2, "Somebody Else", True)]


def test_save_section_ranks_the_places_anew():
    application = ApplicationFactory(answers=False)
    fleet = OtherPlaceFactory(vacancy=application.vacancy, place_name="Fleet")
    both = {"places": [str(fleet.pk), "main"], "travel_miles": 20}

    save(application, "places", both, version=0)
    save(application, "places", {"places": ["main"], "travel_miles": None})

    application.refresh_from_db()
    assert list(application.places_wanted.values_list("rank", "other_place")) == [(1, None)]
    assert application.travel_miles is None


def test_save_section_keeps_the_schemes_that_are_ticked():
    application = ApplicationFactory(answers=False)
    one, other = InterviewSchemeFactory(), InterviewSchemeFactory()

    save(application, "schemes", {"schemes": [one.pk, other.pk]}, version=0)
    save(application, "schemes", {"schemes": [other.pk]})

    assert [str(chosen) for chosen in application.schemes_chosen.all()] == [other.name]


def test_what_would_help_is_kept_encrypted():
    application = ApplicationFactory(answers=False)

    save(application, "adjustments", {"adjustments": "A lift."}, version=0)

    with connection.cursor() as cursor:
        cursor.execute("select adjustments from applications_application")
        [(stored,)] = cursor.fetchall()
    application.refresh_from_db()
    assert application.adjustments == "A lift."
    assert "lift" not in stored


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
    application = ApplicationFactory(vacancy=asking_everything())

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
        {"answers": "  \n"},
        {"answers": False},
    ],
)
def test_submit_application_refuses_when_a_section_is_missing(missing):
    application = ApplicationFactory(**missing)

    with pytest.raises(NotComplete):
        submit_application(application=application, by=application.applicant)

    assert sent_messages() == []


def asking_everything():
    """Return a vacancy of which an application has every kind of section."""
    vacancy = LiveVacancyFactory(role__needs_registration=True, takes_cv=True)
    for kind in CriterionKind:
        CriterionFactory.create_batch(3, vacancy=vacancy, kind=kind)
    OtherPlaceFactory(vacancy=vacancy)
    InterviewSchemeFactory()
    return vacancy


def test_submit_application_refuses_what_was_copied_and_not_checked():
    application = ApplicationFactory()
    application.section_saves.filter(name="contact").update(is_copied=True)

    with pytest.raises(NotComplete):
        submit_application(application=application, by=application.applicant)

    save(application, "contact", CONTACT)
    submit_application(application=application, by=application.applicant)


def test_submit_application_needs_the_registration_where_the_role_does():
    application = ApplicationFactory(vacancy__role__needs_registration=True, registration="")

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
    # So is an offer: made, accepted, firm, and cancelled before the first day.
    of_an_offer = {
        (ApplicationState.INTERVIEW, ApplicationState.OFFERED),
        (ApplicationState.OFFERED, ApplicationState.CHECKS),
        (ApplicationState.CHECKS, ApplicationState.HIRED),
        (ApplicationState.HIRED, ApplicationState.UNSUCCESSFUL),
    }
    by_hand = APPLICATION_TRANSITIONS[before] - of_the_applicant
    of_others = of_the_shortlisting | of_an_offer

    if before != "withdrawn" and after in by_hand and (before, after) not in of_others:
        moved = move_application(
            application=application, to_state=after, by=officer, words="Thank you."
        )
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
        (ApplicationState.CHECKS, ApplicationState.UNSUCCESSFUL, Decision.NOT_APPOINTED),
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


@pytest.mark.parametrize("state", [ApplicationState.SHORTLISTING, ApplicationState.INTERVIEW])
def test_nobody_who_was_read_or_met_is_turned_down_without_a_sentence(state):
    application = SentApplicationFactory(state=state)

    with pytest.raises(WordsMissing) as refused:
        move_application(
            application=application,
            to_state=ApplicationState.UNSUCCESSFUL,
            by=HRAdminFactory(),
            words="  ",
        )

    application.refresh_from_db()
    assert (application.state, str(refused.value)) == (
        state,
        "Write one sentence that the applicant reads.",
    )


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

    letters = Message.objects.with_what_delivery_needs()
    email = render(letters.get(template="applications/emails/application_moved"))
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
    application = ApplicationFactory(full_name="Canary Quillfeather", answers="Canary song")
    submit_application(application=application, by=application.applicant)

    kept = list(application.events.values())

    assert [row["state"] for row in kept] == ["draft", "submitted"]
    assert str(kept).count("Canary") == 0


@pytest.mark.parametrize("state", sorted(FINAL_STATES))
def test_hr_moves_nothing_out_of_a_final_state(state):
    assert moves_for_hr(SentApplicationFactory(state=state)) == []
