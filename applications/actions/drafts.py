"""Deleting a draft that its writer does not want any more."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.exceptions import Held
from accounts.queries import is_held
from applications import rules
from applications.actions.answering import locked
from applications.actions.keeping import take_draft_away
from applications.exceptions import AlreadySent
from applications.models import Application


@transaction.atomic
def delete_draft(*, application, by):
    """Delete a draft that was never sent, answers, typed words and files. Repeating it does nothing.

    It may be done after the job has closed. Nobody is written to. Raises PermissionDenied for anyone but
    its writers, AlreadySent when it was sent meanwhile, and Held while a legal hold keeps it.
    """
    try:
        application = locked(application)
    except Application.DoesNotExist:
        return  # gone already: pressed twice, or in another tab
    if not rules.is_writer(by, application):
        raise PermissionDenied("Only its writers delete a draft.")
    if not rules.can_delete_draft(by, application):
        raise AlreadySent(application.reference)
    if is_held(application.applicant, application):
        raise Held(application.pk)
    take_draft_away(application, by=by)
