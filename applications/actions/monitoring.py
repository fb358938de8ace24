"""Equality monitoring: what applicants tell beside an application. Nothing of it is recorded elsewhere."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import carry_out
from applications import rules
from applications.actions.answering import locked
from applications.actions.deciding import submit_application
from applications.equality import NAMES
from applications.models import MonitoringAnswers


@transaction.atomic
def send_with_monitoring(*, application, answers, by):
    """Send an application and keep what the person told for equality monitoring, both or neither.

    `answers` holds a code of `applications.equality`, or nothing, by the name of each question. Sending
    again sends nothing twice and keeps the answers given last. Raises what `submit_application` raises.
    """
    application = submit_application(application=application, by=by)
    if rules.can_answer_monitoring(by, application, on=timezone.localdate()):
        _keep(application, answers)
    return application


@transaction.atomic
def save_monitoring(*, application, answers, by):
    """Change the answers of a sent application; with none at all nothing is kept.

    Raises PermissionDenied for anyone but the applicant, and once the job has closed. No audit is
    written, on purpose: not even whether somebody answered can be seen.
    """
    application = locked(application)
    if not rules.can_answer_monitoring(by, application, on=timezone.localdate()):
        raise PermissionDenied("Only the applicant answers, and until the job closes.")
    _keep(application, answers)


def delete_monitoring_past_its_time(*, on):
    """Delete the answers that no report counts any more on the day `on`. Returns how many went."""
    return carry_out("equality_answers", on=on)


def forget_monitoring(*, person):
    """Delete all answers of a person who is being erased. Returns how many rows went."""
    deleted, _ = MonitoringAnswers.objects.filter(application__applicant=person).delete()
    return deleted


def _keep(application, answers):
    given = {name: answers.get(name, "") for name in NAMES}
    if any(given.values()):
        MonitoringAnswers.objects.update_or_create(application=application, defaults=given)
    else:
        MonitoringAnswers.objects.filter(application=application).delete()
