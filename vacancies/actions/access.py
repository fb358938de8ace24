"""How every action on an advert begins: the row is locked, and the clock has had its say."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from vacancies.exceptions import ReasonMissing
from vacancies.models import Vacancy
from vacancies.states import VacancyEvent, VacancyState


def locked(vacancy):
    """Return the locked row; one whose opening day has come is live, also when the timetable is late."""
    vacancy = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
    if vacancy.state == VacancyState.SCHEDULED and vacancy.opens_on <= timezone.localdate():
        vacancy.move_to(VacancyState.LIVE)
        vacancy.save(update_fields=["state"])
        audit.record(VacancyEvent.VACANCY_OPENED, vacancy, by=None)
    return vacancy


def require(user, permission):
    if not user.has_perm(permission):
        raise PermissionDenied("You cannot do this with a vacancy.")


def in_words(reason):
    """Return the reason without the space around it; one is needed."""
    reason = reason.strip()
    if not reason:
        raise ReasonMissing("A reason is needed.")
    return reason
