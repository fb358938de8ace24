"""Reminders: each goes once, on working days, and only to whom it concerns."""

from datetime import date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.actions import erase_person
from applications.actions import chase_drafts, chase_readers, hold_on_to_applicants, nudge_savers
from applications.models import Chaser
from applications.queries.hr import without_answer_too_long
from applications.states import ApplicationState as S
from notifications.models import Message
from notifications.rendering import render
from organisation.models import BankHoliday
from organisation.queries.working_days import working_days_before
from tests.factories.accounts import HRAdminFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.shortlisting import give, in_shortlisting, panel_of, vacancy_with_criteria
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory
from tests.factories.vacancy_parts import SavedVacancyFactory

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _on_a_wednesday(time_machine):
    at(time_machine, WEDNESDAY)


def at(time_machine, day):
    moment = timezone.make_aware(datetime.combine(day, time(9)))
    time_machine.move_to(moment, tick=False)


def letters(name=""):
    return list(
        Message.objects.filter(template__endswith=name).order_by("pk").values_list("to", flat=True)
    )


def ago(days):
    return timezone.now() - timedelta(days=days)


@pytest.mark.parametrize(
    ("on", "number", "day"),
    [
        (WEDNESDAY, 3, date(2026, 11, 19)),
        (WEDNESDAY, 0, date(2026, 11, 24)),
        (date(2026, 11, 30), 1, date(2026, 11, 26)),
        (date(2026, 12, 28), 1, date(2026, 12, 23)),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(on, number, day):
    BankHoliday.objects.create(on=date(2026, 12, 25), name="Christmas Day")

    assert working_days_before(on, number) == day


def draft(days_left, begun_days_ago=30, **fields):
    closes_on = WEDNESDAY + timedelta(days=days_left)
    vacancy = LiveVacancyFactory(opens_on=WEDNESDAY - timedelta(days=40), closes_on=closes_on)
    started_at = ago(begun_days_ago)
    return ApplicationFactory(vacancy=vacancy, started_at=started_at, answers=False, **fields)


@pytest.mark.parametrize(
    ("days_left", "told"),
    [(11, []), (10, [10]), (9, [9]), (2, [2]), (0, [0])],
)
def test_a_draft_is_reminded_of_ten_and_two_days_before_closing(days_left, told):
    draft(days_left)

    assert chase_drafts(on=WEDNESDAY) == len(told)
    assert [message.context["days_left"] for message in Message.objects.all()] == told


def test_each_letter_about_a_draft_goes_once(time_machine):
    row = draft(10)
    for day in range(14):
        at(time_machine, WEDNESDAY + timedelta(days=day))
        chase_drafts(on=timezone.localdate())
        chase_drafts(on=timezone.localdate())

    assert letters("draft_unfinished") == [row.applicant.email] * 2
    assert sorted(Chaser.objects.values_list("kind", "step")) == [("draft", 2), ("draft", 10)]


def test_a_draft_that_was_begun_late_or_sent_is_not_reminded_of():
    draft(9, begun_days_ago=0)
    SentApplicationFactory(vacancy=draft(10).vacancy, answers=False)

    assert chase_drafts(on=WEDNESDAY) == 1


def test_who_wants_no_letters_about_the_job_gets_none():
    row = draft(10)
    SavedVacancyFactory(user=row.applicant, vacancy=row.vacancy, wants_nudges=False)

    assert chase_drafts(on=WEDNESDAY) == 0


def test_who_saved_the_job_and_has_a_draft_hears_once():
    row = draft(10)
    SavedVacancyFactory(user=row.applicant, vacancy=row.vacancy, saved_at=ago(30))

    chase_drafts(on=WEDNESDAY)
    nudge_savers(on=WEDNESDAY)

    assert letters() == [row.applicant.email]


def waits(state=S.SHORTLISTING, days=40, **fields):
    vacancy = fields.pop("vacancy", None) or ClosedVacancyFactory(closed_at=ago(days))
    row = SentApplicationFactory(vacancy=vacancy, state=state, answers=False, **fields)
    row.moves.update(moved_at=ago(days))
    return row


@pytest.mark.parametrize("state", [S.SUBMITTED, S.SHORTLISTING, S.INTERVIEW])
def test_who_has_heard_nothing_is_told_once_a_stage(state, time_machine):
    row = waits(state)

    for day in range(30):
        at(time_machine, WEDNESDAY + timedelta(days=day))
        hold_on_to_applicants(on=timezone.localdate())

    assert letters("not_forgotten") == [row.applicant.email]


def test_the_next_stage_may_bring_another_letter():
    row = waits(S.SUBMITTED)
    hold_on_to_applicants(on=WEDNESDAY)
    Message.objects.update(created_at=ago(40))
    row.state = S.SHORTLISTING
    row.save()

    hold_on_to_applicants(on=WEDNESDAY)

    assert letters("not_forgotten") == [row.applicant.email] * 2


@pytest.mark.parametrize("state", [S.OFFERED, S.CHECKS, S.HIRED, S.UNSUCCESSFUL, S.WITHDRAWN])
def test_who_has_an_answer_gets_no_holding_letter(state):
    waits(state)

    assert hold_on_to_applicants(on=WEDNESDAY) == 0


def test_nobody_is_held_on_to_who_heard_lately_or_can_still_see_others_apply():
    waits(days=5)
    waits(S.SUBMITTED, vacancy=LiveVacancyFactory())
    told = waits()
    Message.objects.create(
        to=told.applicant.email,
        template="x",
        about_type="applications.Interview",
        about_id="1",
        created_at=ago(3),
    )
    waits(applicant__email="x@no-address.invalid")

    assert hold_on_to_applicants(on=WEDNESDAY) == 0


def test_holding_letters_go_on_working_days_only():
    waits()

    assert hold_on_to_applicants(on=date(2026, 11, 28)) == 0
    assert hold_on_to_applicants(on=WEDNESDAY) == 1


def test_hr_is_reminded_of_what_nobody_considers_once_for_each_step(time_machine):
    vacancy = ClosedVacancyFactory(closed_at=timezone.now())
    SentApplicationFactory(vacancy=vacancy, answers=False)
    told = []
    for day in range(14):
        at(time_machine, WEDNESDAY + timedelta(days=day))
        told.append((timezone.localdate(), chase_readers(on=timezone.localdate())))
        assert chase_readers(on=timezone.localdate()) == 0

    assert [day for day, number in told if number] == [date(2026, 12, 1), date(2026, 12, 4)]
    assert letters("applications_unread") == [settings.HR_MAILBOX] * 2


def test_a_run_that_comes_late_sends_one_reminder_only():
    SentApplicationFactory(vacancy=ClosedVacancyFactory(closed_at=ago(60)), answers=False)

    assert chase_readers(on=WEDNESDAY) == 1
    assert chase_readers(on=WEDNESDAY) == 0
    assert Chaser.objects.get().step == 6


def late_panel(days):
    vacancy = vacancy_with_criteria()
    members = panel_of(vacancy)
    application = in_shortlisting(vacancy)
    application.moves.update(moved_at=ago(days))
    return vacancy, members, application


def test_the_lead_hears_first_that_scores_are_missing_and_then_hr(time_machine):
    _, (lead, _), _ = late_panel(6)

    chase_readers(on=WEDNESDAY)
    at(time_machine, WEDNESDAY + timedelta(days=5))
    chase_readers(on=timezone.localdate())
    chase_readers(on=timezone.localdate())

    assert letters("panel_late") == [lead.person.email, settings.HR_MAILBOX]


def test_a_panel_that_has_sent_all_its_scores_is_not_late():
    _, members, application = late_panel(30)
    for member in members:
        give(member, application, 3)

    assert chase_readers(on=WEDNESDAY) == 0


def test_what_one_member_has_not_scored_is_late():
    _, members, application = late_panel(30)
    give(members[0], application, 3)

    assert chase_readers(on=WEDNESDAY) == 1


def test_who_has_waited_too_long_for_any_answer_is_found():
    over = waits(S.INTERVIEW, days=50)
    waits(S.INTERVIEW, days=20)
    waits(S.UNSUCCESSFUL, days=90)

    assert list(without_answer_too_long(WEDNESDAY)) == [over]


def test_reminders_go_with_a_person_who_is_erased():
    row = waits()
    hold_on_to_applicants(on=WEDNESDAY)

    erase_person(person=row.applicant, by=HRAdminFactory())

    assert Chaser.objects.count() == 0


def test_every_letter_of_the_timetable_reads_whole():
    draft(1)
    waits()
    late_panel(30)
    SentApplicationFactory(vacancy=ClosedVacancyFactory(closed_at=ago(60)), answers=False)
    chase_drafts(on=WEDNESDAY)
    hold_on_to_applicants(on=WEDNESDAY)
    chase_readers(on=WEDNESDAY)

    found = Message.objects.with_what_delivery_needs().order_by("template")
    subjects = [render(message).subject.split(":")[0] for message in found]
    assert [subject.split(" A-")[0] for subject in subjects] == [
        "1 application not begun",
        "Closes tomorrow",
        "Your application",
        "Scores are still to come",
    ]
