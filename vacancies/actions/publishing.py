from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from vacancies import rules
from vacancies.exceptions import VacancyNotReady
from vacancies.models import Vacancy
from vacancies.states import VacancyEvent, VacancyState


@transaction.atomic
def publish_vacancy(*, vacancy, by):
    """Make a vacancy public from its opening date, at once when that is today or past.

    Raises PermissionDenied without the permission `vacancies.publish_vacancy`, InvalidTransition when
    its state does not allow it, and VacancyNotReady with what must be put right first.
    """
    vacancy = _locked(vacancy)
    _require(by, "vacancies.publish_vacancy")
    vacancy.move_to(VacancyState.LIVE)
    problems = rules.problems_before_publishing(vacancy, on=timezone.localdate())
    if problems:
        raise VacancyNotReady(problems)
    vacancy.published_at = timezone.now()
    vacancy.published_by = by
    vacancy.save(update_fields=["state", "published_at", "published_by"])
    audit.record(VacancyEvent.VACANCY_PUBLISHED, vacancy, by=by)
    return vacancy


@transaction.atomic
def withdraw_vacancy(*, vacancy, by):
    """Take a vacancy back: its page answers "gone" when it was public. This cannot be undone.

    Raises PermissionDenied without the permission `vacancies.withdraw_vacancy`, and InvalidTransition
    when it is already over.
    """
    vacancy = _locked(vacancy)
    _require(by, "vacancies.withdraw_vacancy")
    vacancy.move_to(VacancyState.WITHDRAWN)
    vacancy.closed_at = timezone.now()
    vacancy.save(update_fields=["state", "closed_at"])
    audit.record(VacancyEvent.VACANCY_WITHDRAWN, vacancy, by=by)
    return vacancy


@transaction.atomic
def close_vacancy(*, vacancy, by):
    """Close a live vacancy: by the timetable after its closing day (`by` None), or by HR before it.

    The timetable may ask again or too early: one that is not live, or whose day is not over, is left
    as it is. Raises PermissionDenied when a person may not, and InvalidTransition when it is not live.
    """
    vacancy = _locked(vacancy)
    if by is None:
        if vacancy.state != VacancyState.LIVE or vacancy.closes_on >= timezone.localdate():
            return vacancy
    else:
        _require(by, "vacancies.change_vacancy")
    vacancy.move_to(VacancyState.CLOSED)
    vacancy.closed_at = timezone.now()
    vacancy.save(update_fields=["state", "closed_at"])
    audit.record(VacancyEvent.VACANCY_CLOSED, vacancy, by=by)
    return vacancy


def _locked(vacancy):
    return Vacancy.objects.select_for_update().get(pk=vacancy.pk)


def _require(user, permission):
    if not user.has_perm(permission):
        raise PermissionDenied("You cannot do this with a vacancy.")
