from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError

from accounts import audit
from vacancies import rules
from vacancies.actions.access import locked
from vacancies.exceptions import DatesFixed, StillNeeded
from vacancies.models import Criterion, Vacancy
from vacancies.states import PUBLISHED, VacancyEvent


@transaction.atomic
def create_vacancy(*, by, **fields):
    """Start a draft. `fields` are those of Vacancy.

    Raises PermissionDenied without the permission `vacancies.add_vacancy`.
    """
    if not by.has_perm("vacancies.add_vacancy"):
        raise PermissionDenied("You cannot write a vacancy.")
    vacancy = Vacancy.objects.create(created_by=by, **fields)
    audit.record(VacancyEvent.VACANCY_CREATED, vacancy, by=by)
    return vacancy


@transaction.atomic
def change_vacancy(*, vacancy, by, **changes):
    """Change fields of an advert that is not over; a live one changes for the public at once.

    Raises PermissionDenied when `by` may not, or when the vacancy is over, and DatesFixed for the
    opening and closing day of one that is published: see `extend_vacancy` and `close_vacancy`.
    """
    vacancy = _changeable(vacancy, by)
    moved = rules.FIXED_ONCE_PUBLISHED & set(changes)
    if vacancy.state in PUBLISHED and any(getattr(vacancy, day) != changes[day] for day in moved):
        raise DatesFixed(vacancy.reference)
    for name, value in changes.items():
        setattr(vacancy, name, value)
    vacancy.save(update_fields=list(changes))
    audit.record(VacancyEvent.VACANCY_CHANGED, vacancy, by=by, changed=sorted(changes))
    return vacancy


@transaction.atomic
def change_criteria(*, vacancy, by, kept=(), removed=()):
    """Save the criteria `kept` (new ones too) of a vacancy and delete those `removed`.

    A criterion keeps its row when its words change, since evidence may refer to it.
    Raises PermissionDenied when `by` may not, or when the vacancy is over, and StillNeeded when
    somebody has written about one that is to go.
    """
    vacancy = _changeable(vacancy, by)
    _remove(removed)
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


@transaction.atomic
def change_rows(*, vacancy, by, kept=(), removed=()):
    """Save rows of other tables that belong to a vacancy (places, payments, sift dates), or remove them.

    Raises PermissionDenied when `by` may not, or when the vacancy is over, and StillNeeded when
    somebody has asked for a place that is to go.
    """
    vacancy = _changeable(vacancy, by)
    _remove(removed)
    for row in kept:
        row.vacancy = vacancy
        row.save()
    changed = sorted({str(row._meta.verbose_name_plural) for row in [*kept, *removed]})
    audit.record(VacancyEvent.VACANCY_CHANGED, vacancy, by=by, changed=changed)
    return vacancy


def _remove(rows):
    """Remove rows of an advert that nothing of an applicant hangs on: looked at once more as they go."""
    for row in rows:
        try:
            type(row).objects.filter(pk=row.pk).delete()
        except ProtectedError:
            raise StillNeeded(row) from None


def _changeable(vacancy, by):
    vacancy = locked(vacancy)
    if not rules.can_change_vacancy(by, vacancy):
        raise PermissionDenied("You cannot change this vacancy.")
    return vacancy
