"""What the timetable does with applications that have been kept as long as settings.RETENTION says."""

from django.db import transaction

from accounts import audit
from applications.actions.erasing import blank_words, delete_draft
from applications.models import Application
from applications.states import ApplicationEvent


def delete_drafts_past_their_time(*, on):
    """Delete drafts nobody went on with, files and all, each in a transaction. Returns how many."""
    due = Application.objects.drafts_past_their_time(on)
    return _each(due, delete_draft, ApplicationEvent.DRAFT_DELETED)


def blank_applications_past_their_time(*, on):
    """Blank the words of applications that did not end in a job, and delete their files, likewise.

    What stays says which job it was for and how it ended. Returns how many were blanked.
    """
    due = Application.objects.to_blank(on)
    return _each(due, blank_words, ApplicationEvent.APPLICATION_BLANKED)


def _each(due, do, event):
    return sum(_one(due, pk, do, event) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _one(due, pk, do, event):
    # Asked again under the lock: the person may have gone on with it, or another run was quicker.
    locked = due.select_for_update(of=["self"]).select_related("vacancy").filter(pk=pk).first()
    if locked is None:
        return 0
    audit.record(event, locked, by=None, vacancy=locked.vacancy.reference)
    do(locked)
    return 1
