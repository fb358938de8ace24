from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit
from applications.states import ApplicationEvent


@transaction.atomic
def open_application(*, application, by):
    """Note that somebody of HR has opened an application. Raises PermissionDenied when they may not."""
    if not by.has_perm("applications.view_application"):
        raise PermissionDenied("You cannot read this application.")
    audit.record(ApplicationEvent.APPLICATION_OPENED, application, by=by)
