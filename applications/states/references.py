"""How a referee is asked, and what does not agree."""

from enum import StrEnum

from django.db import models

from applications.states.applications import ApplicationState as A


class ReferenceState(models.TextChoices):
    """Where the asking of one referee stands."""

    ASKED = "asked", "Asked"
    ANSWERED = "answered", "Answered"
    REFUSED = "refused", "Could not give one"
    STOPPED = "stopped", "No longer needed"
    OUTSIDE = "outside", "Came outside the portal"


R = ReferenceState

REFERENCE_TRANSITIONS = {
    R.ASKED:    {R.ANSWERED, R.REFUSED, R.STOPPED, R.OUTSIDE},
    R.ANSWERED: set(),
    R.REFUSED:  set(),
    R.STOPPED:  set(),
    R.OUTSIDE:  set(),
}  # fmt: skip

# In these there is a reference to read.
WITH_REFERENCE = {R.ANSWERED, R.OUTSIDE}

# A referee may be asked in the first where the applicant agreed to it, and always in the second.
ASKED_WITH_CONSENT = frozenset({A.SHORTLISTING, A.INTERVIEW})

ASKED_ANYWAY = frozenset({A.OFFERED, A.CHECKS})


class TakenHow(models.TextChoices):
    """How a reference came that did not come by our link."""

    PHONE = "phone", "By phone"
    PAPER = "paper", "On paper"
    EMAIL = "email", "By e-mail"


class LetterKind(models.TextChoices):
    """Why a referee was sent a link."""

    ASKED = "asked", "Asked"
    AGAIN = "again", "Sent anew"
    CORRECTED = "corrected", "Sent to a corrected address"
    REMINDER = "reminder", "Reminder"


class DiscrepancyKind(models.TextChoices):
    """In what an application and a reference differ."""

    ONLY_APPLICATION = "only_application", "Months only the application has"
    ONLY_REFERENCE = "only_reference", "Months only the reference has"
    NO_SUCH_JOB = "no_such_job", "A job the application does not have"
    NO_SUCH_COURSE = "no_such_course", "A course the application does not have"
    JOB_TITLE = "job_title", "Job title"
    REASON = "reason", "Reason for leaving"
    UNCOVERED = "uncovered", "Months without a job or an explanation"


class ReferenceEvent(StrEnum):
    """What happens around references. None of it ever says what a reference says, or who gave it."""

    REFERENCE_ASKED = "reference_asked"
    REFERENCE_SENT_AGAIN = "reference_sent_again"
    REFERENCE_REMINDED = "reference_reminded"
    REFERENCE_STOPPED = "reference_stopped"
    REFERENCE_ANSWERED = "reference_answered"
    REFERENCE_REFUSED = "reference_refused"
    REFERENCE_RECORDED = "reference_recorded"
    REFERENCE_OPENED = "reference_opened"
    REFERENCE_ACCEPTED = "reference_accepted"
    REFERENCE_NOT_ACCEPTED = "reference_not_accepted"
    REFEREE_CORRECTED = "referee_corrected"
    DISCREPANCY_EXPLAINED = "discrepancy_explained"
