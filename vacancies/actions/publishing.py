from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.states import InvalidTransition
from vacancies import emails, rules
from vacancies.actions.access import in_words, locked, require
from vacancies.actions.chats import take_back_chats
from vacancies.exceptions import DateNotLater, DateTooLate, VacancyNotReady
from vacancies.models import Notice, NoticeKind
from vacancies.states import VacancyEvent, VacancyState

OWN_DRAFT = (
    "Nobody publishes their own draft: send it for approval. Anybody else in HR can approve it."
)


@transaction.atomic
def publish_vacancy(*, vacancy, by):
    """Make a vacancy public from its opening date: live at once, or scheduled when that is to come.

    Tells the hiring manager, unless it is they who publish. Raises PermissionDenied without the
    permission `vacancies.publish_vacancy` and for a draft of one's own, InvalidTransition when its
    state does not allow it, and VacancyNotReady with what must be put right first.
    """
    vacancy = locked(vacancy)
    require(by, "vacancies.publish_vacancy")
    if not rules.may_publish(by, vacancy):
        raise PermissionDenied(OWN_DRAFT)
    today = timezone.localdate()
    vacancy.move_to(VacancyState.LIVE if vacancy.opens_on <= today else VacancyState.SCHEDULED)
    problems = rules.problems_before_publishing(vacancy, on=today)
    if problems:
        raise VacancyNotReady(problems)
    vacancy.published_at = timezone.now()
    vacancy.published_by = by
    vacancy.save(update_fields=["state", "published_at", "published_by"])
    scheduled = vacancy.state == VacancyState.SCHEDULED
    event = VacancyEvent.VACANCY_SCHEDULED if scheduled else VacancyEvent.VACANCY_PUBLISHED
    audit.record(event, vacancy, by=by)
    emails.vacancy_published(vacancy)
    return vacancy


@transaction.atomic
def open_vacancy(*, vacancy):
    """Make a scheduled vacancy live once its opening day has come. Repeating it does nothing."""
    return locked(vacancy)


@transaction.atomic
def unschedule_vacancy(*, vacancy, by):
    """Take a scheduled vacancy back to a draft before anybody has seen it.

    Raises PermissionDenied without the permission `vacancies.publish_vacancy`, and InvalidTransition
    when it is not scheduled or its opening day has come.
    """
    vacancy = locked(vacancy)
    require(by, "vacancies.publish_vacancy")
    if vacancy.state != VacancyState.SCHEDULED:
        raise InvalidTransition(f"{vacancy.state} is not scheduled: {vacancy.pk}")
    back_to_draft(vacancy)
    audit.record(VacancyEvent.VACANCY_UNSCHEDULED, vacancy, by=by)
    return vacancy


@transaction.atomic
def extend_vacancy(*, vacancy, closes_on, reason, by, interview_on=None):
    """Keep a published vacancy open until the later day `closes_on`; `reason` is for those told.

    `interview_on` is the new interview date, where one is given. Who is writing an application is
    told by what finds the notice. Raises PermissionDenied without the permission
    `vacancies.change_vacancy`, InvalidTransition when it is not published or its last day is over,
    DateNotLater, DateTooLate and ReasonMissing.
    """
    vacancy = locked(vacancy)
    require(by, "vacancies.change_vacancy")
    reason = in_words(reason)
    if not rules.can_extend_vacancy(by, vacancy, on=timezone.localdate()):
        raise InvalidTransition(f"{vacancy.state} cannot be extended: {vacancy.pk}")
    if closes_on <= vacancy.closes_on:
        raise DateNotLater(vacancy.reference)
    today = timezone.localdate()
    if max(closes_on, interview_on or closes_on) > rules.last_day(today):
        raise DateTooLate(rules.too_late(today))
    before, vacancy.closes_on = vacancy.closes_on, closes_on
    vacancy.interview_on = interview_on or vacancy.interview_on
    vacancy.save(update_fields=["closes_on", "interview_on"])
    _announce(vacancy, NoticeKind.EXTENDED, reason)
    facts = {"before": before.isoformat(), "closes_on": closes_on.isoformat(), "reason": reason}
    audit.record(VacancyEvent.VACANCY_EXTENDED, vacancy, by=by, **facts)
    return vacancy


@transaction.atomic
def close_vacancy(*, vacancy, by, reason=""):
    """Close a live vacancy: by the timetable after its closing day (`by` None), or by HR before it.

    The timetable may ask again or too early: one that is not live, or whose day is not over, is left
    as it is. HR gives a `reason` for those who saved it or are writing an application: they are told
    by what finds the notice, unless its last day was over by the clock. Chats to come are taken back.
    Raises PermissionDenied when a person may not, InvalidTransition when it is not live, and
    ReasonMissing.
    """
    vacancy = locked(vacancy)
    today = timezone.localdate()
    if by is None:
        if vacancy.state != VacancyState.LIVE or vacancy.closes_on >= today:
            return vacancy
    else:
        require(by, "vacancies.change_vacancy")
        reason = in_words(reason)
    early = vacancy.closes_on >= today
    _end(vacancy, VacancyState.CLOSED)
    if early:
        _announce(vacancy, NoticeKind.CLOSED_EARLY, reason)
        take_back_chats(vacancy=vacancy, news=NoticeKind.CLOSED_EARLY, reason=reason, by=by)
    facts = {"reason": reason} if reason else {}
    audit.record(VacancyEvent.VACANCY_CLOSED, vacancy, by=by, **facts)
    return vacancy


@transaction.atomic
def withdraw_vacancy(*, vacancy, by, reason=""):
    """Take a vacancy back: its page answers "gone" when it was public. This cannot be undone.

    One that people could see needs a `reason`: applicants, and those who saved it or are writing an
    application, are told by what finds the notice. Chats to come are taken back. Raises
    PermissionDenied without the permission `vacancies.withdraw_vacancy`, InvalidTransition when it is
    already over, and ReasonMissing.
    """
    vacancy = locked(vacancy)
    require(by, "vacancies.withdraw_vacancy")
    was_live = vacancy.is_live(timezone.localdate())
    _end(vacancy, VacancyState.WITHDRAWN)
    if was_live:
        reason = in_words(reason)
        _announce(vacancy, NoticeKind.WITHDRAWN, reason)
    take_back_chats(vacancy=vacancy, news=NoticeKind.WITHDRAWN, reason=reason.strip(), by=by)
    facts = {"reason": reason} if reason else {}
    audit.record(VacancyEvent.VACANCY_WITHDRAWN, vacancy, by=by, **facts)
    return vacancy


def back_to_draft(vacancy):
    """Make the locked vacancy a draft that nobody has sent, approved or published."""
    vacancy.move_to(VacancyState.DRAFT)
    blank = {
        f"{step}_{what}": None
        for step in ("submitted", "approved", "published")
        for what in ("at", "by")
    }
    for name, value in blank.items():
        setattr(vacancy, name, value)
    vacancy.save(update_fields=["state", *blank])


def _end(vacancy, state):
    vacancy.move_to(state)
    vacancy.closed_at = timezone.now()
    vacancy.save(update_fields=["state", "closed_at"])


def _announce(vacancy, kind, reason):
    Notice.objects.create(
        vacancy=vacancy,
        kind=kind,
        reason=reason,
        closes_on=vacancy.closes_on,
        made_at=timezone.now(),
    )
