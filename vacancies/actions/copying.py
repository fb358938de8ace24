"""One advert made of another: a new draft to change, or the same words published once more."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.states import InvalidTransition
from vacancies import rules
from vacancies.actions.access import locked, require
from vacancies.actions.publishing import publish_vacancy
from vacancies.exceptions import DateTooLate
from vacancies.models import Vacancy, Visibility
from vacancies.states import VacancyEvent, VacancyState

# What a copy does not take along: the advert's own story, its dates and who approved it.
NOT_COPIED = {
    "id", "reference", "state", "copied_from", "created_by", "opens_on", "closes_on", "interview_on",
    "public_from", "visibility", "published_at", "published_by", "submitted_at", "submitted_by",
    "approved_at", "approved_by", "filled_at", "finished_steps", "closed_at", "search_vector",
    "search_heads", "one_time_key",
}  # fmt: skip


@transaction.atomic
def copy_vacancy(*, vacancy, one_time_key, by):
    """Make a new draft of an advert, with its words, criteria, payments and places and fresh dates.

    The copy opens today for as long as new adverts do; interviews, sift dates and who sees it first
    are for its writer to choose. A hiring manager's copy is their own. The same form (`one_time_key`)
    sent again gives the same copy. Raises PermissionDenied when `by` may not copy it.
    """
    vacancy = locked(vacancy)
    if not rules.may_copy(by, vacancy):
        raise PermissionDenied("You cannot copy this advert.")
    same_form = Vacancy.objects.filter(one_time_key=one_time_key, copied_from=vacancy).first()
    if same_form:
        return same_form
    closes_on = timezone.localdate() + timedelta(days=settings.NEW_VACANCY_OPEN_DAYS)
    copy = _copy(
        vacancy,
        state=VacancyState.DRAFT,
        created_by=by,
        closes_on=closes_on,
        one_time_key=one_time_key,
    )
    audit.record(VacancyEvent.VACANCY_COPIED, copy, by=by, copied_from=vacancy.reference)
    return copy


@transaction.atomic
def relist_vacancy(*, vacancy, closes_on, one_time_key, by, interview_on=None):
    """Publish an advert that is over once more, from today to `closes_on`, under a new reference.

    Its words were approved and are the same, so nobody approves them again; what was for staff only
    stays so. The same form (`one_time_key`) sent again gives the same advert. Tells the hiring
    manager. Raises PermissionDenied without the permission `vacancies.publish_vacancy`, InvalidTransition
    when it is not over, VacancyNotReady with what must be put right first, and DateTooLate.
    """
    vacancy = locked(vacancy)
    today = timezone.localdate()
    require(by, "vacancies.publish_vacancy")
    if not rules.can_relist_vacancy(by, vacancy, today):
        raise InvalidTransition(f"{vacancy.state} is not over: {vacancy.pk}")
    same_form = Vacancy.objects.filter(one_time_key=one_time_key, copied_from=vacancy).first()
    if same_form:
        return same_form
    if closes_on > rules.last_day(today):
        raise DateTooLate(rules.too_late(today))
    for_staff = vacancy.visibility == Visibility.STAFF_ONLY
    relisted = _copy(
        vacancy,
        state=VacancyState.APPROVED,
        created_by=vacancy.created_by,
        closes_on=closes_on,
        interview_on=interview_on,
        visibility=Visibility.STAFF_ONLY if for_staff else Visibility.PUBLIC,
        approved_by=vacancy.approved_by,
        approved_at=vacancy.approved_at,
        submitted_by=vacancy.submitted_by,
        submitted_at=vacancy.submitted_at,
        one_time_key=one_time_key,
    )
    audit.record(VacancyEvent.VACANCY_RELISTED, relisted, by=by, copied_from=vacancy.reference)
    return publish_vacancy(vacancy=relisted, by=by)


def _copy(vacancy, **fields):
    """Make a vacancy of another's words, criteria, payments and places that opens today."""
    columns = [field.attname for field in Vacancy._meta.concrete_fields]
    copied = {name: getattr(vacancy, name) for name in columns if not _stays(name)}
    copy = Vacancy.objects.create(
        **copied,
        copied_from=vacancy,
        opens_on=timezone.localdate(),
        finished_steps=["job", "pay", "places", "people", "words", "criteria", "payments"],
        **fields,
    )
    for rows in (vacancy.criteria, vacancy.payments, vacancy.other_places):
        _copy_rows(rows.order_by("pk"), copy)
    return copy


def _stays(column):
    return column in NOT_COPIED or column.removesuffix("_id") in NOT_COPIED


def _copy_rows(rows, copy):
    for row in rows:
        row.pk, row._state.adding = None, True
        row.vacancy = copy
        row.save()
