"""What the timetable does with applications that have been kept as long as we say."""

from accounts import audit
from accounts.actions import carry_out
from applications.actions.erasing import blank_words, erase_draft
from applications.states import ApplicationEvent


def delete_drafts_past_their_time(*, on):
    """Delete drafts nobody went on with, files and all, each in a transaction. Returns how many."""
    return carry_out("draft_application", on=on)


def blank_applications_past_their_time(*, on):
    """Blank the words of applications that did not end in a job, and delete their files, likewise.

    What stays says which job it was for and how it ended. Returns how many were blanked.
    """
    return carry_out("unsuccessful_application", on=on)


def delete_draft_by_the_timetable(draft):
    """Delete a locked draft whose time is over."""
    take_draft_away(draft, by=None)


def take_draft_away(draft, *, by):
    """Delete a locked draft, files and all; `by` is empty when its time is over. The audit stays."""
    vacancy = draft.vacancy.reference
    audit.record(ApplicationEvent.DRAFT_DELETED, draft, by=by, vacancy=vacancy)
    erase_draft(draft)


def blank_by_the_timetable(application):
    """Blank a locked application whose time is over."""
    vacancy = application.vacancy.reference
    audit.record(ApplicationEvent.APPLICATION_BLANKED, application, by=None, vacancy=vacancy)
    blank_words(application)
