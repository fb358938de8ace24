from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit
from vacancies import rules
from vacancies.models import Criterion, Vacancy
from vacancies.states import VacancyEvent


@transaction.atomic
def create_vacancy(*, by, **fields):
    """Start a draft. `fields` are those of Vacancy.

    Raises PermissionDenied without the permission `vacancies.add_vacancy`.
    """
    if not by.has_perm("vacancies.add_vacancy"):
        raise PermissionDenied("You cannot write a vacancy.")
    vacancy = Vacancy.objects.create(**fields)
    audit.record(VacancyEvent.VACANCY_CREATED, vacancy, by=by)
    return vacancy


@transaction.atomic
def change_vacancy(*, vacancy, by, **changes):
    """Change fields of an advert that is not over; a live one changes for the public at once.

    Raises PermissionDenied when `by` may not, or when the vacancy is over.
    """
    vacancy = _changeable(vacancy, by)
    for name, value in changes.items():
        setattr(vacancy, name, value)
    vacancy.save(update_fields=list(changes))
    audit.record(VacancyEvent.VACANCY_CHANGED, vacancy, by=by, changed=sorted(changes))
    return vacancy


@transaction.atomic
def change_criteria(*, vacancy, by, kept=(), removed=()):
    """Save the criteria `kept` (new ones too) of a vacancy and delete those `removed`.

    A criterion keeps its row when its words change, since evidence may refer to it.
    Raises PermissionDenied when `by` may not, or when the vacancy is over.
    """
    vacancy = _changeable(vacancy, by)
    vacancy.criteria.filter(pk__in=[criterion.pk for criterion in removed]).delete()
    for criterion in kept:
        criterion.vacancy = vacancy
        criterion.save()
    audit.record(
        VacancyEvent.VACANCY_CHANGED,
        vacancy,
        by=by,
        changed=["criteria"],
        criteria=Criterion.objects.filter(vacancy=vacancy).count(),
    )
    return vacancy


def _changeable(vacancy, by):
    vacancy = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
    if not rules.can_change_vacancy(by, vacancy):
        raise PermissionDenied("You cannot change this vacancy.")
    return vacancy
