"""Applications that HR writes down for somebody who rang or wrote on paper."""

import uuid

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from applications import queries, rules
from applications.actions.answering import lock_vacancy
from applications.exceptions import AlreadyApplied, VacancyClosed
from applications.models import Application
from applications.states import ApplicationEvent


@transaction.atomic
def enter_application(*, vacancy, one_time_key, email, full_name, how, by):
    """Begin an application for somebody who rang or wrote; `how` is an EnteredHow.

    With an `email` it belongs to the account of that address, made if there is none; without one to a
    new account nobody signs in to. It is a draft: `by` fills in its sections and sends it, and then the
    person is told. The same form sent again gives the same application.
    Raises PermissionDenied without the permission `applications.enter_application` or for oneself,
    VacancyClosed, AlreadyApplied when the person has an application for the job.
    """
    vacancy = lock_vacancy(vacancy.pk)
    same_form = Application.objects.filter(one_time_key=one_time_key, entered_by=by).first()
    if same_form:
        return same_form
    person = _person(email, full_name)
    if not rules.can_enter_application(by, person):
        raise PermissionDenied("You cannot enter this application.")
    if queries.application_for(person, vacancy):
        raise AlreadyApplied(vacancy.reference)
    if not rules.can_start_application(person, vacancy, on=timezone.localdate()):
        raise VacancyClosed(vacancy.reference)
    application = Application.objects.create(
        vacancy=vacancy,
        applicant=person,
        one_time_key=one_time_key,
        full_name=full_name,
        entered_by=by,
        entered_how=how,
    )
    audit.record(
        ApplicationEvent.APPLICATION_ENTERED,
        application,
        by=by,
        vacancy=vacancy.reference,
        how=how,
    )
    return application


def _person(email, full_name):
    """The person of an e-mail address, made if there is none yet; without an address a new one."""
    if not email:
        made_up = User.objects.nobodys_address(uuid.uuid4())
        return User.objects.create_user(made_up, full_name=full_name)
    person = User.objects.filter(email=email.lower()).first()
    if person is None:
        person = User.objects.create_user(email, full_name=full_name)
        # Whoever signs in with it proves first that it is theirs: it may have been misheard.
        EmailAddress.objects.create(user=person, email=person.email, verified=False, primary=True)
    return person
