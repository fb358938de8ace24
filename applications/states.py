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


# --- Self-declaration, risk assessment and online search ------------------------------------------
class DeclarationState(models.TextChoices):
    ASKED = "asked", "Not sent"
    SENT = "sent", "Sent"
    READ = "read", "Sent and read"
    ENDED = "ended", "No longer asked"


# What ended comes back as it was when the application does: a step undone, a withdrawal taken back.
DECLARATION_TRANSITIONS = {
    DeclarationState.ASKED: {DeclarationState.SENT, DeclarationState.ENDED},
    DeclarationState.SENT:  {DeclarationState.READ, DeclarationState.ENDED},
    DeclarationState.READ:  set(),
    DeclarationState.ENDED: {DeclarationState.ASKED, DeclarationState.SENT},
}  # fmt: skip


class AssessmentState(models.TextChoices):
    BEGUN = "begun", "Being written"
    SHARED = "shared", "With the applicant"
    PROPOSED = "proposed", "Waiting for the second signature"
    DECIDED = "decided", "Decided"
    ENDED = "ended", "Ended without a decision"


ASSESSMENT_TRANSITIONS = {
    AssessmentState.BEGUN:    {AssessmentState.SHARED, AssessmentState.ENDED},
    AssessmentState.SHARED:   {AssessmentState.PROPOSED, AssessmentState.ENDED},
    AssessmentState.PROPOSED: {
        AssessmentState.SHARED, AssessmentState.DECIDED, AssessmentState.ENDED,
    },
    AssessmentState.DECIDED:  set(),
    AssessmentState.ENDED:    {AssessmentState.BEGUN, AssessmentState.SHARED},
}  # fmt: skip


class AssessmentAbout(models.TextChoices):
    """What gave rise to a risk assessment."""

    DECLARATION = "declaration", "The self-declaration"
    DBS = "dbs", "The DBS certificate"
    SEARCH = "search", "The online search"


class AssessmentOutcome(models.TextChoices):
    GO_ON = "go_on", "Can go on"
    WITH_MEASURES = "with_measures", "Can go on with measures"
    NOT_GO_ON = "not_go_on", "Cannot go on"


class SearchState(models.TextChoices):
    DUE = "due", "Not recorded"
    RECORDED = "recorded", "Recorded"
    ENDED = "ended", "No longer needed"


SEARCH_TRANSITIONS = {
    SearchState.DUE:      {SearchState.RECORDED, SearchState.ENDED},
    SearchState.RECORDED: set(),
    SearchState.ENDED:    {SearchState.DUE},
}  # fmt: skip


class SearchOutcome(models.TextChoices):
    NOTHING = "nothing", "Nothing that matters for this job"
    TO_TALK_ABOUT = "to_talk_about", "Something that must be talked about"


class DisclosureEvent(StrEnum):
    """What happens around self-declarations. No line ever says what was told."""

    READER_NAMED = "disclosure_reader_named"
    READER_REMOVED = "disclosure_reader_removed"
    DECLARATION_ASKED = "declaration_asked"
    DECLARATION_SAVED = "declaration_saved"
    DECLARATION_SENT = "declaration_sent"
    DECLARATION_OPENED = "declaration_opened"
    ASSESSMENT_BEGUN = "assessment_begun"
    ASSESSMENT_OPENED = "assessment_opened"
    ASSESSMENT_SAVED = "assessment_saved"
    ASSESSMENT_SHARED = "assessment_shared"
    ASSESSMENT_REPLIED = "assessment_replied"
    ASSESSMENT_PROPOSED = "assessment_proposed"
    ASSESSMENT_TAKEN_UP_AGAIN = "assessment_taken_up_again"
    ASSESSMENT_DECIDED = "assessment_decided"
    SEARCH_RECORDED = "online_search_recorded"
    SEARCH_OPENED = "online_search_opened"
    SEARCH_ANSWERED = "online_search_answered"
    DISCLOSURE_ENDED = "disclosure_ended"
    DISCLOSURE_DESTROYED = "disclosure_destroyed"


# That there is such a line says already that there was something to tell or to find.
CONFIDENTIAL_EVENTS = [
    DisclosureEvent.ASSESSMENT_BEGUN,
    DisclosureEvent.ASSESSMENT_OPENED,
    DisclosureEvent.ASSESSMENT_SAVED,
    DisclosureEvent.ASSESSMENT_SHARED,
    DisclosureEvent.ASSESSMENT_REPLIED,
    DisclosureEvent.ASSESSMENT_PROPOSED,
    DisclosureEvent.ASSESSMENT_TAKEN_UP_AGAIN,
    DisclosureEvent.ASSESSMENT_DECIDED,
    DisclosureEvent.SEARCH_ANSWERED,
    DisclosureEvent.DISCLOSURE_ENDED,
    DisclosureEvent.DISCLOSURE_DESTROYED,
]
