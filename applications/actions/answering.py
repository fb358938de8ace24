import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import queries, rules
from applications.exceptions import AlreadySent, VacancyClosed
from applications.models import Application
from applications.states import ApplicationEvent
from vacancies.models import Vacancy


@transaction.atomic
def start_application(*, vacancy, one_time_key, by):
    """Begin the person's application for the vacancy, or give back the one they have.

    `one_time_key` is the form's UUID: the same form sent again gives the same application, even after
    that was withdrawn. Raises VacancyClosed when the vacancy takes no applications today.
    """
    vacancy = lock_vacancy(vacancy.pk)
    same_form = Application.objects.filter(one_time_key=one_time_key).first()
    if same_form and (same_form.applicant_id, same_form.vacancy_id) == (by.pk, vacancy.pk):
        return same_form
    existing = queries.application_for(by, vacancy)
    if existing is not None:
        return existing
    if not rules.can_start_application(by, vacancy, on=timezone.localdate()):
        raise VacancyClosed(f"{vacancy.reference} takes no applications today.")
    application = Application.objects.create(
        vacancy=vacancy,
        applicant=by,
        one_time_key=uuid.uuid4() if same_form else one_time_key,
        full_name=by.full_name,
    )
    audit.record(
        ApplicationEvent.APPLICATION_STARTED,
        application,
        by=by,
        vacancy=vacancy.reference,
    )
    return application


def lock_vacancy(pk):
    """Lock the vacancy, so that it cannot be closed while somebody applies. Rows may still refer to it."""
    return (
        Vacancy.objects.select_for_update(no_key=True, of=["self"])
        .select_related("role")
        .get(pk=pk)
    )


def locked(application):
    """Return the application as it is now, with its row locked."""
    return (
        Application.objects.select_for_update(of=["self"])
        .select_related("vacancy__role", "applicant")
        .get(pk=application.pk)
    )


def lock_draft(application, by):
    """Return the locked draft, or say why its answers cannot be changed.

    Raises PermissionDenied for anyone but its writers, AlreadySent and VacancyClosed.
    """
    application = locked(application)
    if not rules.is_writer(by, application):
        raise PermissionDenied("Only its writers change an application.")
    if not application.is_draft:
        raise AlreadySent(application.reference)
    if not rules.can_change_answers(by, application, on=timezone.localdate()):
        raise VacancyClosed(application.vacancy.reference)
    return application
