from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import emails
from applications.actions.deciding import make_move
from applications.actions.destroying import erase_checks
from applications.actions.disclosure import erase_disclosure
from applications.actions.documents import delete_documents
from applications.actions.offer_ends import erase_offers
from applications.actions.references import erase_references
from applications.models import Application, BulkAction, InterviewBooking
from applications.models.applications import PERSONAL_FIELDS
from applications.states import ApplicationEvent, ApplicationState, BulkState
from notifications import outbox

# The answers that the history keeps too, and how they look when they are blanked.
BLANK_HISTORY = {"right_to_work": None, "needs_sponsorship": None, "registration": ""}
BLANK = {
    **dict.fromkeys(PERSONAL_FIELDS, ""),
    "left_education_on": None,
    "travel_miles": None,
    **BLANK_HISTORY,
}

WORDS_DELETED = "Deleted with an application."

# The rows of its sections: they go altogether, and with a draft.
ANSWERS = [
    "section_saves",
    "typed_words",
    "copies",
    "qualifications",
    "employments",
    "gaps",
    "training_taken",
    "evidence",
    "referees",
    "schemes_chosen",
    "places_wanted",
]


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
        if application.is_draft:
            erase_draft(application)
        else:
            is_withdrawn = _withdraw(application, by)
            blank_words(application)
            if is_withdrawn:  # after the words, which take the letters about the application along
                emails.application_withdrawn_hr(application)
    return len(applications)


def erase_draft(draft):
    """Delete a draft with its files and its history. The caller holds its lock."""
    delete_documents(draft.documents.all())
    outbox.blank_messages_about(draft)
    Application.pgh_event_model.objects.filter(pgh_obj=draft.pk).delete()
    draft.delete()


def blank_words(application):
    """Blank what a person told in an application, and delete its files. The caller holds its lock."""
    delete_documents(application.documents.all())
    erase_references(application)
    for answers in ANSWERS:
        getattr(application, answers).all().delete()
    erase_shortlisting(application)
    erase_checks(application)
    erase_offers(application)
    erase_interviews(application)
    erase_disclosure(application)
    erase_messages(application)
    for name, blank in BLANK.items():
        setattr(application, name, blank)
    application.blanked_at = timezone.now()
    application.save()
    application.moves.update(words="")
    application.refusals_undone.all().delete()
    outbox.blank_messages_about(application)
    Application.pgh_event_model.objects.filter(pgh_obj=application.pk).update(**BLANK_HISTORY)


def erase_shortlisting(application):
    """Delete what a panel gave an application, said of it and decided. The caller holds its lock."""
    application.score_sheets.all().delete()
    application.panel_conflicts.all().delete()
    application.shortlist_decisions.all().delete()


def erase_interviews(application):
    """Delete when somebody was met, what they told us about it, what they were given and what was decided."""
    InterviewBooking.pgh_event_model.objects.filter(application=application.pk).delete()
    for rows in ("reserve_entries", "interview_decisions", "interview_sheets"):
        getattr(application, rows).all().delete()
    application.interview_bookings.all().delete()
    application.interview_invitations.all().delete()


def erase_messages(application):
    """Delete what HR wrote to the applicant, and which reminders went. The caller holds its lock.

    The words of bulk actions that are over go too: to the others each letter and step has its own.
    """
    application.messages.all().delete()
    application.chasers.all().delete()
    over = BulkAction.objects.filter(rows__application=application, state=BulkState.DONE)
    over.update(subject="", words=WORDS_DELETED)


def _withdraw(application, by):
    """Withdraw an application in memory that is not over, with its step. Returns whether it was."""
    if not application.can_become(ApplicationState.WITHDRAWN):
        return False
    make_move(application, ApplicationState.WITHDRAWN, by=by)
    application.withdrawn_at = timezone.now()
    audit.record(ApplicationEvent.APPLICATION_WITHDRAWN, application, by=by)
    return True
