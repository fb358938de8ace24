import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import queries, rules
from applications.exceptions import AlreadySent, SavedElsewhere, VacancyClosed
from applications.models import Application
from applications.states import ApplicationEvent
from vacancies.models import Vacancy

DETAIL_FIELDS = [
    "full_name",
    "phone",
    "address",
    "town",
    "postcode",
    "right_to_work",
    "needs_sponsorship",
    "registration",
    "registration_number",
]


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


@transaction.atomic
def save_details(*, application, details, version, by):
    """Save what the person told about themselves: `details` holds all of DETAIL_FIELDS.

    `version` is the one the person's page was opened at. Raises SavedElsewhere when other answers
    were saved since, AlreadySent, VacancyClosed, and PermissionDenied for anyone but the applicant.
    """
    application = lock_draft(application, by)
    application = _save_part(application, details, "details_version", version)
    audit.record(ApplicationEvent.DETAILS_SAVED, application, by=by)
    return application


@transaction.atomic
def save_statement(*, application, statement, version, by):
    """Save the statement. Arguments and exceptions are those of `save_details`."""
    application = lock_draft(application, by)
    application = _save_part(application, {"statement": statement}, "statement_version", version)
    audit.record(ApplicationEvent.STATEMENT_SAVED, application, by=by)
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
    """Return the locked draft, or say why its answers cannot be changed."""
    application = locked(application)
    if by != application.applicant:
        raise PermissionDenied("Only the applicant writes an application.")
    if not application.is_draft:
        raise AlreadySent(application.reference)
    if not rules.can_change_answers(by, application, on=timezone.localdate()):
        raise VacancyClosed(application.vacancy.reference)
    return application


def _save_part(application, answers, version_field, version):
    saved = {name: getattr(application, name) for name in answers}
    current = getattr(application, version_field)
    if current != version and saved != answers:
        raise SavedElsewhere(application)
    for name, value in answers.items():
        setattr(application, name, value)
    setattr(application, version_field, current + 1)
    application.save(update_fields=[*answers, version_field, "changed_at"])
    return application
