"""The life of an advert: every action tried in every state, by everybody."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.states import InvalidTransition
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.vacancies import (
    CriterionFactory,
    LiveVacancyFactory,
    ScheduledVacancyFactory,
    VacancyFactory,
    vacancy_in,
)
from vacancies.actions import (
    approve_vacancy,
    change_vacancy,
    close_vacancy,
    copy_vacancy,
    extend_vacancy,
    publish_vacancy,
    relist_vacancy,
    return_vacancy,
    send_vacancy,
    take_back_vacancy,
    unschedule_vacancy,
    withdraw_vacancy,
)
from vacancies.exceptions import DateNotLater, DatesFixed, ReasonMissing, VacancyNotReady
from vacancies.models import Notice, Payment, Vacancy
from vacancies.states import VacancyState
from vacancies.tasks import (
    close_vacancies_past_their_closing_date,
    open_vacancies_whose_day_has_come,
)

pytestmark = pytest.mark.django_db
S = VacancyState


def extend(*, vacancy, by):
    later = vacancy.closes_on + timedelta(days=7)
    return extend_vacancy(vacancy=vacancy, closes_on=later, reason="To hear from more.", by=by)


def close(*, vacancy, by):
    return close_vacancy(vacancy=vacancy, reason="Enough have applied.", by=by)


def withdraw(*, vacancy, by):
    return withdraw_vacancy(vacancy=vacancy, reason="The team has changed.", by=by)


def give_back(*, vacancy, by):
    return return_vacancy(vacancy=vacancy, comment="Please name a contact.", by=by)


# Each action, and which state it leads to from each state in which it may be done.
LIFE = {
    send_vacancy: {S.DRAFT: S.AWAITING_APPROVAL},
    take_back_vacancy: {S.AWAITING_APPROVAL: S.DRAFT},
    give_back: {S.AWAITING_APPROVAL: S.DRAFT, S.APPROVED: S.DRAFT},
    approve_vacancy: {S.AWAITING_APPROVAL: S.APPROVED},
    publish_vacancy: {S.DRAFT: S.LIVE, S.APPROVED: S.LIVE},
    unschedule_vacancy: {S.SCHEDULED: S.DRAFT},
    extend: {S.SCHEDULED: S.SCHEDULED, S.LIVE: S.LIVE},
    close: {S.LIVE: S.CLOSED},
    withdraw: {
        S.DRAFT: S.WITHDRAWN,
        S.AWAITING_APPROVAL: S.WITHDRAWN,
        S.APPROVED: S.WITHDRAWN,
        S.SCHEDULED: S.WITHDRAWN,
        S.LIVE: S.WITHDRAWN,
    },
}  # fmt: skip


def who_may(action, vacancy):
    """Somebody who may do the action as far as who they are goes."""
    return (
        vacancy.submitted_by or UserFactory() if action == take_back_vacancy else HRAdminFactory()
    )


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("action", LIFE)
def test_each_action_in_each_state(action, state):
    vacancy = vacancy_in(state)
    by = who_may(action, vacancy)

    if state in LIFE[action]:
        done = action(vacancy=vacancy, by=by)
        assert done.state == LIFE[action][state]
        assert Vacancy.objects.get(pk=vacancy.pk).state == LIFE[action][state]
    else:
        with pytest.raises(InvalidTransition):
            action(vacancy=vacancy, by=by)
        assert Vacancy.objects.get(pk=vacancy.pk).state == state


def person(kind, vacancy):
    """Somebody of the kind, who hires for the vacancy or sent it where that is in the name."""
    if kind in ("hiring manager of it", "HR of it", "former hiring manager of it"):
        roles = {"HR of it": ["hr_admin"], "hiring manager of it": ["hiring_manager"]}.get(kind, [])
        vacancy.hiring_manager = UserFactory(roles=roles)
        vacancy.submitted_by = vacancy.submitted_by and vacancy.hiring_manager
        vacancy.save()
        return vacancy.hiring_manager
    if kind == "staff":
        return StaffMemberFactory().user
    return UserFactory(roles=[] if kind == "job seeker" else [kind])


OTHERS = [
    "hiring_manager", "panel_member", "workforce_development_officer", "trainer", "staff",
    "job seeker", "former hiring manager of it",
]  # fmt: skip
EVERYBODY = ["hr_admin", "HR of it", "hiring manager of it", *OTHERS]
MAY = {
    send_vacancy: {"hr_admin", "HR of it", "hiring manager of it"},
    take_back_vacancy: {"HR of it", "hiring manager of it", "former hiring manager of it"},
    give_back: {"hr_admin", "HR of it"},
    approve_vacancy: {"hr_admin"},
    publish_vacancy: {"hr_admin"},
    unschedule_vacancy: {"hr_admin", "HR of it"},
    extend: {"hr_admin", "HR of it"},
    close: {"hr_admin", "HR of it"},
    withdraw: {"hr_admin", "HR of it"},
}


@pytest.mark.parametrize("kind", EVERYBODY)
@pytest.mark.parametrize("action", LIFE)
def test_each_action_by_each_role(action, kind):
    [before, *_] = LIFE[action]
    vacancy = vacancy_in(before)
    by = person(kind, vacancy)

    if kind in MAY[action]:
        assert action(vacancy=vacancy, by=by).state == LIFE[action][before]
    else:
        with pytest.raises(PermissionDenied):
            action(vacancy=vacancy, by=by)
        assert Vacancy.objects.get(pk=vacancy.pk).state == before


@pytest.mark.parametrize("action", LIFE)
def test_pressing_twice_does_it_once(action):
    [before, *_] = LIFE[action]
    vacancy = vacancy_in(before)
    by = who_may(action, vacancy)
    action(vacancy=vacancy, by=by)
    story = (AuditEvent.objects.count(), Message.objects.count(), Notice.objects.count())

    with pytest.raises((InvalidTransition, DateNotLater)):
        if action == extend:
            extend_vacancy(
                vacancy=vacancy,
                closes_on=vacancy.closes_on + timedelta(days=7),
                reason="To hear from more.",
                by=by,
            )
        else:
            action(vacancy=vacancy, by=by)

    assert story == (AuditEvent.objects.count(), Message.objects.count(), Notice.objects.count())


def mails():
    return list(Message.objects.order_by("pk").values_list("template", "to"))


def test_from_draft_to_live_each_is_told(settings):
    manager, hr = UserFactory(roles=["hiring_manager"]), HRAdminFactory()
    vacancy = vacancy_in(S.DRAFT, hiring_manager=manager)

    send_vacancy(vacancy=vacancy, by=manager)
    return_vacancy(vacancy=vacancy, comment="Please name a contact.", by=hr)
    send_vacancy(vacancy=vacancy, by=manager)
    approve_vacancy(vacancy=vacancy, by=hr)
    publish_vacancy(vacancy=vacancy, by=hr)

    assert mails() == [
        ("vacancies/emails/vacancy_sent", settings.HR_MAILBOX),
        ("vacancies/emails/vacancy_returned", manager.email),
        ("vacancies/emails/vacancy_sent", settings.HR_MAILBOX),
        ("vacancies/emails/vacancy_approved", manager.email),
        ("vacancies/emails/vacancy_published", manager.email),
    ]
    returned = Message.objects.get(template="vacancies/emails/vacancy_returned")
    assert returned.context["comment"] == "Please name a contact."
    [comment] = vacancy.review_comments.all()
    assert (comment.text, comment.written_by) == ("Please name a contact.", hr)
    assert list(AuditEvent.objects.order_by("pk").values_list("event", "by")) == [
        ("vacancy_sent_for_approval", manager.pk),
        ("vacancy_returned", hr.pk),
        ("vacancy_sent_for_approval", manager.pk),
        ("vacancy_approved", hr.pk),
        ("vacancy_published", hr.pk),
    ]


def test_nobody_who_left_is_written_to():
    manager = UserFactory(roles=["hiring_manager"], is_active=False)
    vacancy = vacancy_in(S.AWAITING_APPROVAL, hiring_manager=manager, submitted_by=manager)

    approve_vacancy(vacancy=vacancy, by=HRAdminFactory())
    publish_vacancy(vacancy=vacancy, by=HRAdminFactory())

    assert mails() == []


def test_the_database_refuses_that_somebody_approves_their_own():
    hr = HRAdminFactory()
    vacancy = vacancy_in(S.AWAITING_APPROVAL, submitted_by=hr)

    with pytest.raises(IntegrityError), transaction.atomic():
        Vacancy.objects.filter(pk=vacancy.pk).update(approved_by=hr)


@pytest.mark.parametrize("comment", ["", " \n "])
def test_an_advert_is_returned_with_words_or_not_at_all(comment):
    vacancy = vacancy_in(S.AWAITING_APPROVAL)

    with pytest.raises(ReasonMissing):
        return_vacancy(vacancy=vacancy, comment=comment, by=HRAdminFactory())


def test_what_is_returned_is_a_draft_that_nobody_sent():
    vacancy = vacancy_in(S.APPROVED)

    give_back(vacancy=vacancy, by=HRAdminFactory())

    vacancy.refresh_from_db()
    story = (vacancy.submitted_by, vacancy.submitted_at, vacancy.approved_by, vacancy.approved_at)
    assert story == (None, None, None, None)


def test_an_advert_that_lacks_something_is_not_sent():
    vacancy = VacancyFactory(summary="", contract="fixed_term")

    with pytest.raises(VacancyNotReady) as refused:
        send_vacancy(vacancy=vacancy, by=HRAdminFactory())

    assert refused.value.problems == [
        "Say how many months the fixed term lasts.",
        "Write the advert: its summary and its text.",
        "Add at least one essential criterion: people are shortlisted on them.",
    ]


def test_publishing_ahead_schedules_and_the_clock_shows_it(client, today, time_machine):
    vacancy = vacancy_in(S.APPROVED, opens_on=today + timedelta(days=1))

    published = publish_vacancy(vacancy=vacancy, by=HRAdminFactory())

    assert published.state == S.SCHEDULED
    assert client.get(vacancy.get_absolute_url()).status_code == 404
    time_machine.shift(timedelta(days=1))
    # Nothing has run, and people see it.
    assert client.get(vacancy.get_absolute_url()).status_code == 200
    open_vacancies_whose_day_has_come()
    open_vacancies_whose_day_has_come()
    assert Vacancy.objects.get().state == S.LIVE
    assert list(AuditEvent.objects.order_by("pk").values_list("event", flat=True)) == [
        "vacancy_scheduled",
        "vacancy_opened",
    ]


def test_what_opens_tomorrow_stays_scheduled(today):
    vacancy = ScheduledVacancyFactory(opens_on=today + timedelta(days=1))

    open_vacancies_whose_day_has_come()

    assert Vacancy.objects.get(pk=vacancy.pk).state == S.SCHEDULED


def test_what_people_see_cannot_be_unscheduled_though_the_timetable_is_late(today):
    vacancy = ScheduledVacancyFactory(opens_on=today)

    with pytest.raises(InvalidTransition):
        unschedule_vacancy(vacancy=vacancy, by=HRAdminFactory())


def test_what_people_see_can_be_closed_though_the_timetable_is_late(today):
    vacancy = ScheduledVacancyFactory(opens_on=today)

    assert close(vacancy=vacancy, by=HRAdminFactory()).state == S.CLOSED


def test_the_timetable_closes_what_it_never_opened(today):
    before = today - timedelta(days=9)
    vacancy = ScheduledVacancyFactory(opens_on=before, closes_on=today - timedelta(days=1))

    close_vacancies_past_their_closing_date()

    assert Vacancy.objects.get(pk=vacancy.pk).state == S.CLOSED
    assert Notice.objects.count() == 0


def test_unscheduling_makes_a_draft_that_was_never_published(today):
    vacancy = ScheduledVacancyFactory()

    unschedule_vacancy(vacancy=vacancy, by=HRAdminFactory())

    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.published_at, vacancy.published_by) == (S.DRAFT, None, None)
    assert not vacancy.is_gone(today + timedelta(days=400))


def test_extending_keeps_the_reason_and_the_days(today):
    hr = HRAdminFactory()
    vacancy = LiveVacancyFactory(closes_on=today, interview_on=today + timedelta(days=3))
    later, interviews = today + timedelta(days=7), today + timedelta(days=14)

    extend_vacancy(
        vacancy=vacancy, closes_on=later, interview_on=interviews, reason=" Half-term. ", by=hr
    )

    vacancy.refresh_from_db()
    assert (vacancy.closes_on, vacancy.interview_on) == (later, interviews)
    event = AuditEvent.objects.get()
    assert (event.event, event.by, event.facts) == (
        "vacancy_extended",
        hr,
        {"before": "2026-03-11", "closes_on": "2026-03-18", "reason": "Half-term."},
    )
    notice = Notice.objects.get()
    assert (notice.kind, notice.reason, notice.closes_on) == ("extended", "Half-term.", later)


@pytest.mark.parametrize("days", [-1, 0])
def test_extending_goes_later_only(today, days):
    vacancy = LiveVacancyFactory(closes_on=today + timedelta(days=2))

    with pytest.raises(DateNotLater):
        extend_vacancy(
            vacancy=vacancy,
            closes_on=vacancy.closes_on + timedelta(days=days),
            reason="Half-term.",
            by=HRAdminFactory(),
        )


def test_what_is_over_by_the_clock_is_not_extended_though_the_timetable_is_late(today):
    yesterday = today - timedelta(days=1)
    vacancy = LiveVacancyFactory(opens_on=yesterday, closes_on=yesterday)

    with pytest.raises(InvalidTransition):
        extend(vacancy=vacancy, by=HRAdminFactory())


@pytest.mark.parametrize("action", [extend_vacancy, close_vacancy, withdraw_vacancy])
def test_what_people_are_told_of_needs_a_reason(action):
    vacancy, hr = LiveVacancyFactory(), HRAdminFactory()
    day = {"closes_on": date(2090, 1, 1)} if action == extend_vacancy else {}

    with pytest.raises(ReasonMissing):
        action(vacancy=vacancy, by=hr, reason=" ", **day)


def test_closing_and_withdrawing_leave_a_notice_for_those_who_are_told():
    closed, withdrawn = LiveVacancyFactory.create_batch(2)

    close(vacancy=closed, by=HRAdminFactory())
    withdraw(vacancy=withdrawn, by=HRAdminFactory())

    assert list(Notice.objects.values_list("vacancy", "kind", "reason")) == [
        (closed.pk, "closed_early", "Enough have applied."),
        (withdrawn.pk, "withdrawn", "The team has changed."),
    ]


def test_nobody_is_told_of_a_draft_that_is_withdrawn_and_it_needs_no_reason():
    withdraw_vacancy(vacancy=vacancy_in(S.DRAFT), by=HRAdminFactory())

    assert Notice.objects.count() == 0


def test_closing_what_is_over_by_the_clock_tells_nobody(today):
    yesterday = today - timedelta(days=1)
    vacancy = LiveVacancyFactory(opens_on=yesterday, closes_on=yesterday)

    close(vacancy=vacancy, by=HRAdminFactory())

    assert Notice.objects.count() == 0


@pytest.mark.parametrize("day", ["opens_on", "closes_on"])
def test_the_days_of_what_is_published_move_by_their_own_actions_only(day):
    vacancy = LiveVacancyFactory()

    with pytest.raises(DatesFixed):
        change_vacancy(vacancy=vacancy, by=HRAdminFactory(), **{day: date(2090, 1, 1)})


def test_a_copy_takes_the_words_along_and_starts_afresh(today):
    hr, campaign_key = HRAdminFactory(), uuid4()
    old = vacancy_in(
        S.FILLED,
        interview_on=today,
        visibility="staff_only",
        filled_at=timezone.now(),
        hiring_manager=UserFactory(),
        number_of_posts=3,
    )
    CriterionFactory(vacancy=old, kind="desirable", text="A second language.")
    Payment.objects.create(vacancy=old, kind="one_off", name="Golden hello", amount=3000)
    old.other_places.create(
        place_name="Alton", latitude=51.1, longitude=-0.9, district=old.district
    )
    old.sift_dates.create(sift_on=today)

    copy = copy_vacancy(vacancy=old, one_time_key=campaign_key, by=hr)

    copy.refresh_from_db()
    assert (copy.state, copy.copied_from, copy.title) == (S.DRAFT, old, old.title)
    assert (copy.opens_on, copy.closes_on) == (today, today + timedelta(days=28))
    assert (copy.interview_on, copy.visibility, copy.filled_at) == (None, "public", None)
    assert (copy.hiring_manager, copy.number_of_posts) == (old.hiring_manager, 3)
    assert [row.text for row in copy.criteria.all()] == [row.text for row in old.criteria.all()]
    assert [str(row) for row in copy.payments.all()] == ["Golden hello: £3,000"]
    assert [str(row) for row in copy.other_places.all()] == ["Alton"]
    assert copy.sift_dates.count() == 0
    assert (old.criteria.count(), old.payments.count(), old.other_places.count()) == (2, 1, 1)


@pytest.mark.parametrize("state", [S.CLOSED, S.FILLED, S.WITHDRAWN])
def test_relisting_publishes_the_same_words_from_today(today, state):
    hr, key = HRAdminFactory(), uuid4()
    old = vacancy_in(
        state, hiring_manager=UserFactory(), published_at=timezone.now(), published_by=hr
    )
    CriterionFactory(vacancy=old, text="A second language.")
    closes_on = today + timedelta(days=14)

    again = [
        relist_vacancy(vacancy=old, closes_on=closes_on, one_time_key=key, by=hr) for _ in "ab"
    ]

    assert again[0] == again[1]
    new = Vacancy.objects.get(pk=again[0].pk)
    assert (new.state, new.title, new.copied_from) == (S.LIVE, old.title, old)
    assert (new.opens_on, new.closes_on) == (today, closes_on)
    assert [row.text for row in new.criteria.all()] == [row.text for row in old.criteria.all()]
    assert [message.to for message in Message.objects.all()] == [old.hiring_manager.email]


@pytest.mark.parametrize("state", [S.DRAFT, S.APPROVED, S.LIVE])
def test_only_what_is_over_is_relisted_and_only_by_hr(today, state):
    closes_on = today + timedelta(days=14)
    old, over = vacancy_in(state), vacancy_in(S.CLOSED)

    with pytest.raises(InvalidTransition):
        relist_vacancy(vacancy=old, closes_on=closes_on, one_time_key=uuid4(), by=HRAdminFactory())
    manager = UserFactory(roles=["hiring_manager"])
    with pytest.raises(PermissionDenied):
        relist_vacancy(vacancy=over, closes_on=closes_on, one_time_key=uuid4(), by=manager)


def test_the_page_of_a_closed_job_leads_to_where_it_is_open_again(client, today):
    old = vacancy_in(S.CLOSED)
    new = relist_vacancy(
        vacancy=old, closes_on=today + timedelta(days=14), one_time_key=uuid4(), by=HRAdminFactory()
    )

    page = client.get(old.get_absolute_url())

    assert page.status_code == 410
    assert f'href="{new.get_absolute_url()}"' in page.content.decode()


def test_the_same_form_sent_again_gives_the_same_copy():
    old, hr, key = vacancy_in(S.CLOSED), HRAdminFactory(), uuid4()

    first = copy_vacancy(vacancy=old, one_time_key=key, by=hr)
    again = copy_vacancy(vacancy=old, one_time_key=key, by=hr)

    assert (first, Vacancy.objects.count()) == (again, 2)


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("kind", EVERYBODY)
def test_hr_copies_anything_and_a_hiring_manager_their_own(kind, state):
    vacancy = vacancy_in(state)
    by = person(kind, vacancy)

    if kind in ("hr_admin", "HR of it", "hiring manager of it"):
        assert copy_vacancy(vacancy=vacancy, one_time_key=uuid4(), by=by).state == S.DRAFT
    else:
        with pytest.raises(PermissionDenied):
            copy_vacancy(vacancy=vacancy, one_time_key=uuid4(), by=by)
