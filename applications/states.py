"""How an application moves from its first word to the first day, and how a document does."""

from enum import StrEnum

from django.db import models


class ApplicationState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Received"
    SHORTLISTING = "shortlisting", "Being considered"
    INTERVIEW = "interview", "Interview"
    OFFERED = "offered", "Offer made"
    CHECKS = "checks", "Checks before you start"
    HIRED = "hired", "Appointed"
    UNSUCCESSFUL = "unsuccessful", "Not successful"
    WITHDRAWN = "withdrawn", "Withdrawn"


A = ApplicationState
APPLICATION_TRANSITIONS = {
    A.DRAFT:        {A.SUBMITTED},
    A.SUBMITTED:    {A.SHORTLISTING, A.UNSUCCESSFUL, A.WITHDRAWN},
    A.SHORTLISTING: {A.INTERVIEW, A.UNSUCCESSFUL, A.WITHDRAWN},
    A.INTERVIEW:    {A.OFFERED, A.UNSUCCESSFUL, A.WITHDRAWN, A.SHORTLISTING},
    A.OFFERED:      {A.CHECKS, A.UNSUCCESSFUL, A.WITHDRAWN},
    A.CHECKS:       {A.HIRED, A.UNSUCCESSFUL, A.WITHDRAWN},
    A.HIRED:        set(),
    A.UNSUCCESSFUL: {A.SHORTLISTING},
    A.WITHDRAWN:    {A.SUBMITTED, A.SHORTLISTING, A.INTERVIEW, A.OFFERED, A.CHECKS},
}  # fmt: skip

# The ways back: a decision of the shortlisting that is undone. No other step takes them.
UNDOING = {(A.INTERVIEW, A.SHORTLISTING), (A.UNSUCCESSFUL, A.SHORTLISTING)}

# An application is over in these, unless what ended it is undone: a decision of the shortlisting, or a
# withdrawal that the applicant takes back in time, to the state it had and no other.
FINAL_STATES = {A.HIRED, A.UNSUCCESSFUL, A.WITHDRAWN}

# The way an application goes when all goes well, for showing what comes next.
HAPPY_PATH = [A.SUBMITTED, A.SHORTLISTING, A.INTERVIEW, A.OFFERED, A.CHECKS, A.HIRED]

# The applicant waits to hear whether there will be an offer. None of these is come back to but by undoing a
# decision or taking a withdrawal back, which a filled vacancy does not allow.
WITHOUT_ANSWER = frozenset({A.SUBMITTED, A.SHORTLISTING, A.INTERVIEW})

# Only the applicant sends, withdraws and takes that back; HR makes every other move.
MOVES_OF_THE_APPLICANT = {A.SUBMITTED, A.WITHDRAWN}


class Decision(models.TextChoices):
    """How the council decided. A withdrawn application was never decided."""

    APPOINTED = "appointed", "Appointed"
    NOT_APPOINTED = "not_appointed", "Not appointed"


DECISION_OF_STATE = {A.HIRED: Decision.APPOINTED, A.UNSUCCESSFUL: Decision.NOT_APPOINTED}


class Registration(models.TextChoices):
    REGISTERED = "registered", "Yes, I am registered"
    AWAITING = "awaiting", "Not yet, I am waiting to be registered"


class EnteredHow(models.TextChoices):
    """How an application came that somebody of HR wrote down."""

    PHONE = "phone", "Taken by phone"
    PAPER = "paper", "Came on paper"


class Outcome(models.TextChoices):
    """What the shortlisting of an application comes to."""

    INTERVIEW = "interview", "Invite to interview"
    NOT_TAKEN = "not_taken", "Do not take further"


STATE_OF_OUTCOME = {Outcome.INTERVIEW: A.INTERVIEW, Outcome.NOT_TAKEN: A.UNSUCCESSFUL}


class WithdrawalReason(models.TextChoices):
    OTHER_JOB = "other_job", "I have taken another job"
    NOT_FOR_ME = "not_for_me", "The job is not right for me"
    TRAVEL = "travel", "It is too far to travel"
    PAY_OR_HOURS = "pay_or_hours", "The pay or the hours do not suit me"
    TOO_SLOW = "too_slow", "It has taken too long"
    SOMETHING_ELSE = "something_else", "Something else"


class DocumentKind(models.TextChoices):
    CV = "cv", "CV"


class DocumentState(models.TextChoices):
    UNSCANNED = "unscanned", "Not scanned for viruses"
    CLEAN = "clean", "Scanned and clean"
    REFUSED = "refused", "Refused by the scan"


DOCUMENT_TRANSITIONS = {
    DocumentState.UNSCANNED: {DocumentState.CLEAN, DocumentState.REFUSED},
    DocumentState.CLEAN:     set(),
    DocumentState.REFUSED:   set(),
}  # fmt: skip


class ApplicationEvent(StrEnum):
    APPLICATION_STARTED = "application_started"
    SECTION_SAVED = "section_saved"
    CV_ATTACHED = "cv_attached"
    CV_REMOVED = "cv_removed"
    CV_OPENED = "cv_opened"
    DOCUMENT_REFUSED = "document_refused"
    APPLICATION_ENTERED = "application_entered"
    APPLICATION_SUBMITTED = "application_submitted"
    APPLICATION_MOVED = "application_moved"
    APPLICATION_WITHDRAWN = "application_withdrawn"
    WITHDRAWAL_TAKEN_BACK = "withdrawal_taken_back"
    DRAFT_DELETED = "draft_deleted"
    APPLICATION_BLANKED = "application_blanked"


class PanelEvent(StrEnum):
    """What happens around a panel. None of it ever names an applicant."""

    PANEL_MEMBER_ADDED = "panel_member_added"
    PANEL_MEMBER_REMOVED = "panel_member_removed"
    INTERESTS_DECLARED = "interests_declared"
    CONFLICT_DECLARED = "conflict_declared"
    APPLICATION_READ = "application_read"
    APPLICATIONS_EXPORTED = "applications_exported"
    SCORES_SAVED = "scores_saved"
    SCORES_SENT = "scores_sent"
    SCORES_REOPENED = "scores_reopened"
    SECOND_READ_ANSWERED = "second_read_answered"
    OUTCOME_PROPOSED = "outcome_proposed"
    OUTCOME_DECIDED = "outcome_decided"
    OUTCOME_UNDONE = "outcome_undone"


# --- References -----------------------------------------------------------------------------------
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
