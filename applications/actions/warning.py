"""Writing to people before what they wrote is deleted, so that they can keep a copy."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from accounts.queries import without_held
from applications import retention_emails
from applications.models import Application, DeletionWarning


def warn_of_deletion(*, on):
    """Write to everybody whose draft or application comes to its end in settings.DELETION_WARNED_DAYS.

    A run that is late writes late, and the deletion waits as many days. What is held is not announced.
    Nobody is written to twice of the same period. Returns how many letters were queued.
    """
    ends_by = on + timedelta(days=settings.DELETION_WARNED_DAYS)
    found = [
        Application.objects.drafts_at_their_end(ends_by),
        Application.objects.words_at_their_end(ends_by),
    ]
    return sum(_warn(rows, pk, on) for rows in found for pk in _due(rows))


def _due(rows):
    due = without_held(
        rows.not_warned(), person="applicant", thing=("applications.Application", "pk")
    )
    return list(due.values_list("pk", flat=True))


@transaction.atomic
def _warn(rows, pk, on):
    # Asked again under the lock: the person may have gone on with it, or another run was quicker.
    Application.objects.select_for_update().get(pk=pk)
    application = rows.not_warned().select_related("applicant", "vacancy").filter(pk=pk).first()
    if application is None:
        return 0
    warning = DeletionWarning.objects.create(
        application=application, began_at=application.period_began_at
    )
    goes_on = on + timedelta(days=settings.DELETION_WARNED_DAYS)
    retention_emails.words_will_be_deleted(warning, goes_on=goes_on)
    return 1
