"""Who may do what with a vacancy, and what it still lacks before it can be published."""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.formats import date_format

from accounts.retention import months_before
from vacancies.models import Contract, CriterionKind
from vacancies.states import OVER, PUBLISHED, VacancyState

# The days of a published advert move by extending, closing and unscheduling it, each with its news.
FIXED_ONCE_PUBLISHED = frozenset({"opens_on", "closes_on"})


def last_day(on):
    """The last day that an advert written down on the date `on` may close, or hold its interviews."""
    return months_before(on, -settings.VACANCY_DAYS_WITHIN_MONTHS)


def too_late(on):
    """What is said of a day after `last_day`."""
    months = settings.VACANCY_DAYS_WITHIN_MONTHS
    return (
        f"Choose a day by {date_format(last_day(on), 'j F Y')}: {months} months ahead is the most."
    )


def is_own(user, vacancy):
    """The person began the advert, hires for it or sent it for approval."""
    theirs = (vacancy.created_by_id, vacancy.hiring_manager_id, vacancy.submitted_by_id)
    return user.pk is not None and user.pk in theirs


def can_change_vacancy(user, vacancy):
    """HR may change an advert until it is over."""
    return user.has_perm("vacancies.change_vacancy") and vacancy.state not in OVER


def can_write_vacancy(user, vacancy):
    """A hiring manager writes an advert of their own as long as it is a draft; HR until it is over."""
    is_theirs = user.pk is not None and user.pk == vacancy.hiring_manager_id
    own_draft = is_theirs and vacancy.state == VacancyState.DRAFT
    return can_change_vacancy(user, vacancy) or (
        own_draft and user.has_perm("vacancies.draft_vacancy")
    )


def may_send(user, vacancy):
    """HR sends any advert for approval, a hiring manager their own."""
    is_theirs = user.pk is not None and user.pk == vacancy.hiring_manager_id
    return user.has_perm("vacancies.change_vacancy") or (
        is_theirs and user.has_perm("vacancies.draft_vacancy")
    )


def may_approve(user, vacancy):
    """HR approves what others wrote: nobody approves their own."""
    return user.has_perm("vacancies.publish_vacancy") and not is_own(user, vacancy)


def may_copy(user, vacancy):
    """HR copies any advert, a hiring manager one of their own."""
    is_theirs = user.pk is not None and user.pk == vacancy.hiring_manager_id
    return user.has_perm("vacancies.add_vacancy") or (
        is_theirs and user.has_perm("vacancies.draft_vacancy")
    )


def can_relist_vacancy(user, vacancy, on):
    """HR publishes once more what people could see and cannot apply for any more on the date `on`."""
    return user.has_perm("vacancies.publish_vacancy") and vacancy.is_gone(on)


def can_send_vacancy(user, vacancy):
    return may_send(user, vacancy) and vacancy.can_become(VacancyState.AWAITING_APPROVAL)


def can_take_back_vacancy(user, vacancy):
    """Who sent an advert may take it back as long as nobody has decided."""
    return (
        user.pk is not None
        and user.pk == vacancy.submitted_by_id
        and vacancy.state == VacancyState.AWAITING_APPROVAL
    )


def can_return_vacancy(user, vacancy):
    return user.has_perm("vacancies.publish_vacancy") and vacancy.state in (
        VacancyState.AWAITING_APPROVAL,
        VacancyState.APPROVED,
    )


def can_approve_vacancy(user, vacancy):
    return may_approve(user, vacancy) and vacancy.can_become(VacancyState.APPROVED)


def may_publish(user, vacancy):
    """HR publishes what was approved, and a draft that somebody else wrote: that is its approval."""
    own_draft = vacancy.state == VacancyState.DRAFT and is_own(user, vacancy)
    return user.has_perm("vacancies.publish_vacancy") and not own_draft


def can_publish_vacancy(user, vacancy):
    """Who may publishes a draft or what was approved; what is scheduled opens by itself."""
    return may_publish(user, vacancy) and vacancy.state in (
        VacancyState.DRAFT,
        VacancyState.APPROVED,
    )


def can_unschedule_vacancy(user, vacancy, on):
    return (
        user.has_perm("vacancies.publish_vacancy")
        and vacancy.state == VacancyState.SCHEDULED
        and on < vacancy.opens_on
    )


def can_extend_vacancy(user, vacancy, on):
    """HR extends what is published, until its last day is over on the date `on`."""
    return (
        user.has_perm("vacancies.change_vacancy")
        and vacancy.state in PUBLISHED
        and on <= vacancy.closes_on
    )


def can_close_vacancy(user, vacancy, on):
    """HR closes what is open by the clock on the date `on`."""
    return user.has_perm("vacancies.change_vacancy") and vacancy.is_live(on)


def can_withdraw_vacancy(user, vacancy):
    return user.has_perm("vacancies.withdraw_vacancy") and vacancy.can_become(
        VacancyState.WITHDRAWN
    )


def can_see_vacancy(user, vacancy, on):
    """What staff alone see, or see first, is for staff; the rest is for everyone on the date `on`.

    One that is over is judged by its last day: it does not become public afterwards.
    """
    if user.is_authenticated and user.has_role("staff"):
        return True
    last_day = min(on, vacancy.closes_on)
    if vacancy.closed_at:
        last_day = min(last_day, timezone.localdate(vacancy.closed_at))
    return vacancy.is_public(last_day) or can_preview_vacancy(user, vacancy)


def can_save_vacancy(user, vacancy, on):
    """Anybody, a visitor too, may save what they can apply for on the date `on`."""
    return vacancy.is_open(on) and can_see_vacancy(user, vacancy, on)


def can_preview_vacancy(user, vacancy):
    """HR and the hiring manager may see an advert as the public will."""
    return user.is_authenticated and (
        user.has_perm("vacancies.change_vacancy")
        or (vacancy.hiring_manager_id is not None and user.pk == vacancy.hiring_manager_id)
    )


def can_manage_chats(user, vacancy):
    """HR and the hiring manager see the chats and take them back, also when the job is over."""
    return can_preview_vacancy(user, vacancy)


def can_offer_chats(user, vacancy):
    """HR and the hiring manager offer chats, until the job is over."""
    return can_manage_chats(user, vacancy) and vacancy.state not in OVER


def can_see_who_comes(user, slot):
    """The host and HR see who comes to a chat, nobody else: no panel may know of it."""
    return user.pk == slot.host_id or user.has_perm("vacancies.change_vacancy")


def problems_before_publishing(vacancy, on):
    """Return what must be put right before the date `on` can be its first day, as sentences."""
    problems = []
    if vacancy.closes_on < on:
        problems.append("The closing date has passed: choose a later one.")
    if vacancy.closes_on > last_day(on):
        problems.append(f"The closing date is too far ahead. {too_late(on)}")
    if vacancy.contract == Contract.FIXED_TERM and not vacancy.contract_months:
        problems.append("Say how many months the fixed term lasts.")
    if not vacancy.summary.strip() or not vacancy.body.strip():
        problems.append("Write the advert: its summary and its text.")
    if not vacancy.criteria.filter(kind=CriterionKind.ESSENTIAL).exists():
        problems.append("Add at least one essential criterion: people are shortlisted on them.")
    return problems


def is_needed(row):
    """Say whether something of an applicant hangs on a row of an advert, so that it cannot be removed."""
    try:
        Collector(using=DEFAULT_DB_ALIAS, origin=row).collect([row])
    except ProtectedError:
        return True
    return False


def can_end_alert(user):
    """HR may end somebody's job alert for them."""
    return user.has_perm("vacancies.change_alert")


def can_import_vacancies(user):
    """Whoever may both write and change adverts may read in a file of them."""
    return user.has_perms(["vacancies.add_vacancy", "vacancies.change_vacancy"])


def can_see_reports(user):
    """The figures of recruitment are for those who run it."""
    return user.has_perm("vacancies.change_vacancy")
