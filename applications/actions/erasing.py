from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import emails
from applications.actions.deciding import make_move
from applications.actions.documents import delete_documents
from applications.models import Application
from applications.models.applications import PERSONAL_FIELDS
from applications.states import ApplicationEvent, ApplicationState


@transaction.atomic
def erase_applications(*, person, by):
    """Blank every application of a person who is being erased, and delete its files for good.

    A draft goes altogether; one that is not decided is withdrawn, and the HR mailbox is told. What
    stays says that somebody applied and how it ended, not who. Returns how many were blanked.
    """
    applications = list(
        Application.objects.select_for_update(of=["self"]).select_related("vacancy").of(person)
    )
    for application in applications:
        delete_documents(application.documents.all())
        if application.is_draft:
            application.delete()
        else:
            _blank(application, by)
    return len(applications)


def _blank(application, by):
    if application.can_become(ApplicationState.WITHDRAWN):
        make_move(application, ApplicationState.WITHDRAWN, by=by)
        application.withdrawn_at = timezone.now()
        emails.application_withdrawn_hr(application)
        audit.record(ApplicationEvent.APPLICATION_WITHDRAWN, application, by=by)
    for name in PERSONAL_FIELDS:
        setattr(application, name, "")
    application.save()
    application.moves.update(words="")
