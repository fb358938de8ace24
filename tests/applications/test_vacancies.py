"""What an application has to do with the end of its vacancy: news of it, and filling it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.actions import erase_person
from accounts.models import AuditEvent
from accounts.states import InvalidTransition
from applications.actions import mark_vacancy_filled, submit_application
from applications.exceptions import ApplicantsWaiting
from applications.invariants import nobody_waits_for_an_answer_when_a_vacancy_is_filled
from applications.models import NoticeTold
from applications.states import ApplicationState
from applications.tasks import tell_applicants_what_became_of_a_vacancy
from notifications.models import Message
from tests.applications.test_actions import example_of
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.vacancies import LiveVacancyFactory, NoticeFactory, vacancy_in
from tests.factories.vacancy_parts import SavedVacancyFactory
from vacancies.actions import close_vacancy, extend_vacancy, withdraw_vacancy
from vacancies.states import OVER, VacancyState
from vacancies.tasks import tell_savers_what_became_of_a_vacancy

pytestmark = pytest.mark.django_db
A = ApplicationState


def told():
    tell_applicants_what_became_of_a_vacancy()
    mails = Message.objects.filter(template="applications/emails/vacancy_news")
    return sorted((mail.to, mail.context["news"]) for mail in mails)


@pytest.fixture
def vacancy():
    return LiveVacancyFactory()


@pytest.fixture
def draft(vacancy):
    return ApplicationFactory(vacancy=vacancy)


@pytest.fixture
def sent(vacancy):
    return SentApplicationFactory(vacancy=vacancy)


def test_who_writes_an_application_is_told_once_that_it_closed_early(vacancy, draft, sent):
    SentApplicationFactory(vacancy=vacancy, state=A.WITHDRAWN)
    ApplicationFactory()  # for another job
    close_vacancy(vacancy=vacancy, reason="Enough have applied.", by=HRAdminFactory())

    assert told() == [(draft.applicant.email, "closed_early")]
    assert told() == [(draft.applicant.email, "closed_early")]
    mail = Message.objects.get(template="applications/emails/vacancy_news")
    assert mail.context["reason"] == "Enough have applied."
    assert NoticeTold.objects.get().application == draft


def test_an_application_that_was_told_can_still_be_deleted(vacancy, draft):
    NoticeFactory(vacancy=vacancy)
    told()

    erase_person(person=draft.applicant, by=HRAdminFactory())

    assert NoticeTold.objects.count() == 0


def test_who_writes_an_application_is_told_that_there_is_more_time(vacancy, draft, sent):
    later = vacancy.closes_on + timedelta(days=7)
    extend_vacancy(vacancy=vacancy, closes_on=later, reason="Half-term.", by=HRAdminFactory())

    assert told() == [(draft.applicant.email, "extended")]


def test_applicants_are_told_too_that_it_was_withdrawn(vacancy, draft, sent):
    for state in (A.HIRED, A.UNSUCCESSFUL, A.WITHDRAWN):
        SentApplicationFactory(vacancy=vacancy, state=state)
    withdraw_vacancy(vacancy=vacancy, reason="The team has changed.", by=HRAdminFactory())

    everybody = sorted((one.applicant.email, "withdrawn") for one in (draft, sent))
    assert told() == everybody


def test_each_piece_of_news_is_told_for_itself(vacancy, draft):
    hr = HRAdminFactory()
    later = vacancy.closes_on + timedelta(days=7)
    extend_vacancy(vacancy=vacancy, closes_on=later, reason="Half-term.", by=hr)
    told()
    close_vacancy(vacancy=vacancy, reason="Enough have applied.", by=hr)

    address = draft.applicant.email
    assert told() == [(address, "closed_early"), (address, "extended")]


def savers_told():
    tell_savers_what_became_of_a_vacancy()
    mails = Message.objects.filter(template="vacancies/emails/saved_vacancy_over")
    return sorted((mail.to, mail.context["news"]) for mail in mails)


def test_who_saved_a_job_is_told_once_that_it_is_over(vacancy, time_machine):
    saved = SavedVacancyFactory(vacancy=vacancy)
    SavedVacancyFactory(vacancy=vacancy, wants_nudges=False)
    SavedVacancyFactory()  # another job
    close_vacancy(vacancy=vacancy, reason="Enough have applied.", by=HRAdminFactory())

    assert savers_told() == []  # Those who are writing are told first.
    time_machine.move_to(timezone.now() + timedelta(minutes=20))
    assert savers_told() == savers_told() == [(saved.user.email, "closed_early")]


def test_who_saved_a_job_and_is_writing_an_application_gets_one_letter(
    vacancy, draft, time_machine
):
    SavedVacancyFactory(vacancy=vacancy, user=draft.applicant)
    withdraw_vacancy(vacancy=vacancy, reason="The team has changed.", by=HRAdminFactory())

    assert told() == [(draft.applicant.email, "withdrawn")]
    time_machine.move_to(timezone.now() + timedelta(minutes=20))
    assert savers_told() == []


def test_who_saved_a_job_is_not_told_that_there_is_more_time(vacancy, time_machine):
    SavedVacancyFactory(vacancy=vacancy)
    NoticeFactory(vacancy=vacancy, kind="extended")
    time_machine.move_to(timezone.now() + timedelta(minutes=20))

    assert savers_told() == []


def test_who_began_afterwards_is_not_told_of_what_was_before(vacancy):
    NoticeFactory(vacancy=vacancy, kind="extended", made_at=timezone.now() - timedelta(hours=1))
    ApplicationFactory(vacancy=vacancy)

    assert told() == []


@pytest.mark.parametrize(("days", "mails"), [(6, 1), (8, 0)])
def test_news_is_told_late_but_not_when_it_is_stale(vacancy, draft, time_machine, days, mails):
    NoticeFactory(vacancy=vacancy)
    time_machine.move_to(timezone.now() + timedelta(days=days))

    assert len(told()) == mails


def test_who_was_erased_is_not_written_to(vacancy, draft):
    NoticeFactory(vacancy=vacancy)
    erase_person(person=draft.applicant, by=HRAdminFactory())

    assert told() == []


@pytest.mark.parametrize("state", [A.SUBMITTED, A.SHORTLISTING, A.INTERVIEW])
def test_a_vacancy_is_not_filled_while_somebody_waits_for_an_answer(state):
    vacancy = vacancy_in(VacancyState.CLOSED)
    SentApplicationFactory.create_batch(2, vacancy=vacancy, state=state)

    with pytest.raises(ApplicantsWaiting) as refused:
        mark_vacancy_filled(vacancy=vacancy, by=HRAdminFactory())

    vacancy.refresh_from_db()
    assert (refused.value.count, vacancy.state) == (2, VacancyState.CLOSED)


def test_a_vacancy_is_filled_when_everybody_has_an_answer():
    hr, vacancy = HRAdminFactory(), vacancy_in(VacancyState.CLOSED)
    for state in (A.OFFERED, A.CHECKS, A.HIRED, A.UNSUCCESSFUL, A.WITHDRAWN):
        SentApplicationFactory(vacancy=vacancy, state=state)
    ApplicationFactory(vacancy=vacancy)

    filled = mark_vacancy_filled(vacancy=vacancy, by=hr)

    assert (filled.state, filled.filled_at is not None) == (VacancyState.FILLED, True)
    events = AuditEvent.objects.filter(event="vacancy_filled").values_list("subject_id", "by")
    assert list(events) == [(str(vacancy.pk), hr.pk)]
    with pytest.raises(InvalidTransition):
        mark_vacancy_filled(vacancy=vacancy, by=hr)


@pytest.mark.parametrize("state", sorted(set(VacancyState) - {VacancyState.CLOSED}))
def test_only_what_is_closed_is_filled(state):
    with pytest.raises(InvalidTransition):
        mark_vacancy_filled(vacancy=vacancy_in(state), by=HRAdminFactory())


@pytest.mark.parametrize("roles", [[], ["hiring_manager"], ["panel_member"]])
def test_only_hr_marks_a_vacancy_as_filled(roles):
    with pytest.raises(PermissionDenied):
        mark_vacancy_filled(vacancy=vacancy_in(VacancyState.CLOSED), by=UserFactory(roles=roles))


@pytest.mark.parametrize("state", sorted(OVER))
def test_words_are_not_lost_when_a_job_is_over(client, state):
    """The pages of an application refuse in words what comes after the end, whatever ended it."""
    application = ApplicationFactory(vacancy=vacancy_in(state))
    client.force_login(application.applicant)

    page = client.post(
        f"/applications/{application.reference}/{example_of(application)}/",
        {"evidence": "My last words.", "version": 1},
    )

    assert "This job closed while you were writing" in page.content.decode()
    assert "My last words." in page.content.decode()


def test_after_midnight_nothing_is_taken_though_no_task_has_run(client, time_machine):
    """The clock closes a vacancy, and the state is still live."""
    time_machine.move_to("2026-03-11T23:58:00+00:00", tick=False)
    vacancy = LiveVacancyFactory(closes_on=timezone.localdate())
    application = ApplicationFactory(vacancy=vacancy)
    other = ApplicationFactory(vacancy=vacancy)
    submit_application(application=other, by=other.applicant)
    client.force_login(application.applicant)
    time_machine.move_to("2026-03-12T00:00:01+00:00", tick=False)
    client.force_login(application.applicant)

    sent = client.post(f"/applications/{application.reference}/check/", follow=True)
    started = client.post(f"/vacancies/{vacancy.reference}/apply/", follow=True)
    client.force_login(UserFactory())
    begun = client.post(f"/vacancies/{vacancy.reference}/apply/")

    vacancy.refresh_from_db()
    application.refresh_from_db()
    assert (vacancy.state, application.state) == (VacancyState.LIVE, A.DRAFT)
    assert "The job closed before your application was sent" in sent.content.decode()
    assert started.status_code == 200
    assert begun.status_code == 410
    assert "closed" in begun.content.decode()


def test_an_invariant_names_who_was_forgotten():
    application = SentApplicationFactory(vacancy=vacancy_in(VacancyState.FILLED))

    assert list(nobody_waits_for_an_answer_when_a_vacancy_is_filled()) == [
        f"Application {application} has no answer, and its vacancy is filled."
    ]
