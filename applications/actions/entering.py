"""Applications that HR writes down for somebody who rang."""

import uuid

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from applications import emails, queries, rules
from applications.actions.answering import lock_vacancy
from applications.actions.deciding import make_move
from applications.exceptions import AlreadyApplied, NotComplete, VacancyClosed
from applications.models import Application
from applications.states import ApplicationEvent, ApplicationState, EnteredHow


@transaction.atomic
def enter_application(*, vacancy, one_time_key, email, details, statement, by):
    """Write down and send the application of somebody who rang, with the rules of every application.

    `details` holds all of DETAIL_FIELDS. With an `email` it belongs to the account of that address,
    made if there is none, and the person is told by letter; without one to a new account nobody signs
    in to. The HR mailbox is told. The same form sent again gives the same application.
    Raises PermissionDenied without the permission `applications.enter_application` or for oneself,
    VacancyClosed, AlreadyApplied when the person has an application for the job, NotComplete.
    """
    vacancy = lock_vacancy(vacancy.pk)
    same_form = Application.objects.filter(one_time_key=one_time_key, entered_by=by).first()
    if same_form:
        return same_form
    person = _person(email, details["full_name"])
    if not rules.can_enter_application(by, person):
        raise PermissionDenied("You cannot enter this application.")
    if queries.application_for(person, vacancy):
        raise AlreadyApplied(vacancy.reference)
    if not rules.can_start_application(person, vacancy, on=timezone.localdate()):
        raise VacancyClosed(vacancy.reference)
    application = Application(
        vacancy=vacancy,
        applicant=person,
        one_time_key=one_time_key,
        statement=statement,
        entered_by=by,
        entered_how=EnteredHow.PHONE,
        **details,
    )
    if rules.parts_missing(application):
        raise NotComplete(application.reference)
    return _send(application, by)


def _send(application, by):
    application.save()
    application.submitted_at = timezone.now()
    make_move(application, ApplicationState.SUBMITTED, by=by)
    application.save(update_fields=["state", "submitted_at", "changed_at"])
    audit.record(
        ApplicationEvent.APPLICATION_ENTERED,
        application,
        by=by,
        vacancy=application.vacancy.reference,
        how=application.entered_how,
    )
    emails.application_entered(application)
    emails.application_received(application)
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
