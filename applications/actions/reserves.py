"""The end of a place on a reserve list: its date, another decision, or another way."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import interview_emails
from applications.actions.answering import locked
from applications.models import ReserveListEntry
from applications.queries.interviews import reserves_to_end
from applications.states import InterviewEvent, ReserveEnded


def end_reserves_past_their_date(*, on):
    """End the places on reserve lists whose last day is over on the date `on`, and write to the people.

    The application stays in interview: HR is asked to close it. Safe to run late and twice. Returns how many.
    """
    return sum(_expire(entry) for entry in reserves_to_end(on))


@transaction.atomic
def _expire(entry):
    application = locked(entry.application)
    ended = end_reserve(application, because=ReserveEnded.EXPIRED, by=None)
    for row in ended:
        interview_emails.reserve_ended(row)
    return len(ended)


def end_reserve(application, *, because, by):
    """End the place of a locked application on the reserve list, if it has one. Returns the rows it ended."""
    entries = list(ReserveListEntry.objects.standing().filter(application=application))
    for entry in entries:
        entry.application = application
        entry.ended_at, entry.ended_because = timezone.now(), because
        entry.save(update_fields=["ended_at", "ended_because"])
        audit.record(InterviewEvent.RESERVE_ENDED, application, by=by, because=because)
    return entries


def leave_reserve_list(application, move):
    """End it because the application goes another way: what follows from entering such a state."""
    end_reserve(application, because=ReserveEnded.MOVED, by=move.moved_by)
