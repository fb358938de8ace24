"""How an application moves from its first word to the first day."""

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
    A.HIRED:        {A.UNSUCCESSFUL},
    A.UNSUCCESSFUL: {A.SUBMITTED, A.SHORTLISTING, A.INTERVIEW},
    A.WITHDRAWN:    {A.SUBMITTED, A.SHORTLISTING, A.INTERVIEW, A.OFFERED, A.CHECKS},
}  # fmt: skip

# The ways back: a decision of the shortlisting, one after an interview, or a refusal by hand before an
# offer, that is undone. No other step takes them.
UNDOING = {
    (A.INTERVIEW, A.SHORTLISTING),
    (A.UNSUCCESSFUL, A.SUBMITTED),
    (A.UNSUCCESSFUL, A.SHORTLISTING),
    (A.UNSUCCESSFUL, A.INTERVIEW),
}

# Who is turned down from here has been read or met, and hears in one sentence why.
TURNED_DOWN_WITH_WORDS = {(A.SHORTLISTING, A.UNSUCCESSFUL), (A.INTERVIEW, A.UNSUCCESSFUL)}

# An application is over in these, unless what ended it is undone: a refusal before an offer, or a
# withdrawal that the applicant takes back in time, to the state it had and no other. A firm offer that is
# cancelled before the first day ends without the job.
FINAL_STATES = {A.HIRED, A.UNSUCCESSFUL, A.WITHDRAWN}

# The way an application goes when all goes well, for showing what comes next.
HAPPY_PATH = [A.SUBMITTED, A.SHORTLISTING, A.INTERVIEW, A.OFFERED, A.CHECKS, A.HIRED]

# The applicant waits to hear whether there will be an offer. None of these is come back to but by undoing a
# decision or taking a withdrawal back, which a filled vacancy does not allow.
WITHOUT_ANSWER = frozenset({A.SUBMITTED, A.SHORTLISTING, A.INTERVIEW})

# Only the applicant sends, withdraws and takes that back, or HR for somebody who rang or wrote on paper; HR
# makes every other move.
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


class WithdrawalReason(models.TextChoices):
    OTHER_JOB = "other_job", "I have taken another job"
    NOT_FOR_ME = "not_for_me", "The job is not right for me"
    TRAVEL = "travel", "It is too far to travel"
    PAY_OR_HOURS = "pay_or_hours", "The pay or the hours do not suit me"
    TOO_SLOW = "too_slow", "It has taken too long"
    SOMETHING_ELSE = "something_else", "Something else"


class ApplicationEvent(StrEnum):
    APPLICATION_STARTED = "application_started"
    ANSWERS_COPIED = "answers_copied"
    STAFF_RECORD_FILLED_IN = "staff_record_filled_in"
    SECTION_SAVED = "section_saved"
    CV_ATTACHED = "cv_attached"
    CV_REMOVED = "cv_removed"
    CV_OPENED = "cv_opened"
    DOCUMENT_REFUSED = "document_refused"
    APPLICATION_ENTERED = "application_entered"
    APPLICATION_SUBMITTED = "application_submitted"
    APPLICATION_MOVED = "application_moved"
    REFUSAL_UNDONE = "refusal_undone"
    APPLICATION_WITHDRAWN = "application_withdrawn"
    WITHDRAWAL_TAKEN_BACK = "withdrawal_taken_back"
    DRAFT_DELETED = "draft_deleted"
    APPLICATION_BLANKED = "application_blanked"
    APPLICATION_OPENED = "application_opened"
    APPLICATION_IN_EXPORT = "application_in_export"
