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
    A.HIRED:        {A.UNSUCCESSFUL},
    A.UNSUCCESSFUL: {A.SHORTLISTING, A.INTERVIEW},
    A.WITHDRAWN:    {A.SUBMITTED, A.SHORTLISTING, A.INTERVIEW, A.OFFERED, A.CHECKS},
}  # fmt: skip

# The ways back: a decision of the shortlisting, or one after an interview, that is undone. No other step
# takes them.
UNDOING = {
    (A.INTERVIEW, A.SHORTLISTING),
    (A.UNSUCCESSFUL, A.SHORTLISTING),
    (A.UNSUCCESSFUL, A.INTERVIEW),
}

# Who is turned down from here has been read or met, and hears in one sentence why.
TURNED_DOWN_WITH_WORDS = {(A.SHORTLISTING, A.UNSUCCESSFUL), (A.INTERVIEW, A.UNSUCCESSFUL)}

# An application is over in these, unless what ended it is undone: a decision of the shortlisting, or a
# withdrawal that the applicant takes back in time, to the state it had and no other. A firm offer that is
# cancelled before the first day ends without the job.
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


class InterviewOutcome(models.TextChoices):
    """What the interviews of an application come to."""

    OFFER = "offer", "To be offered the job"
    RESERVE = "reserve", "Reserve list"
    NOT_TAKEN = "not_taken", "Not successful"


class FreedBecause(models.TextChoices):
    """Why somebody has an interview slot no longer."""

    GIVEN_BACK = "given_back", "The applicant gave it back"
    CALLED_OFF = "called_off", "The council called it off"
    LEFT = "left", "The application went no further"


class ReserveEnded(models.TextChoices):
    """Why somebody is on a reserve list no longer."""

    EXPIRED = "expired", "Its date came"
    UNDONE = "undone", "The decision was undone"
    MOVED = "moved", "The application went another way"


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
    APPLICATION_WITHDRAWN = "application_withdrawn"
    WITHDRAWAL_TAKEN_BACK = "withdrawal_taken_back"
    DRAFT_DELETED = "draft_deleted"
    APPLICATION_BLANKED = "application_blanked"
    APPLICATION_OPENED = "application_opened"
    APPLICATION_IN_EXPORT = "application_in_export"


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


# --- Checks before somebody starts ---------------------------------------------------------------


class CheckNature(models.TextChoices):
    """What a kind of check is about: some are read, kept and destroyed by rules of their own."""

    IDENTITY = "identity", "Identity"
    RIGHT_TO_WORK = "right_to_work", "Right to work"
    DBS = "dbs", "DBS"
    REFERENCES = "references", "References"
    REGISTRATION = "registration", "Registration"
    QUALIFICATIONS = "qualifications", "Qualifications"
    HEALTH = "health", "Health"
    OVERSEAS = "overseas", "Overseas"
    OTHER = "other", "Other"


class CheckState(models.TextChoices):
    WAITING = "waiting", "Not begun"
    HELD = "held", "With somebody"
    SEEN = "seen", "Seen, not yet confirmed"
    CONFIRMED = "confirmed", "Confirmed"
    DOUBTFUL = "doubtful", "A problem"
    UNNEEDED = "unneeded", "Not needed"


C = CheckState
CHECK_TRANSITIONS = {
    C.WAITING:   {C.HELD, C.SEEN, C.DOUBTFUL, C.UNNEEDED},
    C.HELD:      {C.SEEN, C.DOUBTFUL, C.UNNEEDED},
    C.SEEN:      {C.CONFIRMED, C.HELD, C.DOUBTFUL},
    C.CONFIRMED: {C.HELD, C.SEEN},
    C.DOUBTFUL:  {C.HELD, C.SEEN, C.UNNEEDED},
    C.UNNEEDED:  {C.HELD},
}  # fmt: skip

# What stands in no way of a firm offer. A confirmed check may still have run out, which the queries see.
CHECK_DONE = frozenset({C.CONFIRMED, C.UNNEEDED})


class CheckHolder(models.TextChoices):
    """With whom a check lies."""

    HR = "hr", "The recruitment team"
    APPLICANT = "applicant", "The applicant"
    REFEREE = "referee", "A referee"
    MANAGER = "manager", "The manager"
    DBS = "dbs", "The Disclosure and Barring Service"
    HOME_OFFICE = "home_office", "The Home Office"
    REGULATOR = "regulator", "Social Work England"
    HEALTH = "health", "Occupational health"
    ABROAD = "abroad", "An office abroad"


class RightToWorkWay(models.TextChoices):
    """The three ways to check a right to work. The first is not for British and Irish citizens."""

    ONLINE = "online", "Home Office online: share code and date of birth"
    MANUAL = "manual", "Original documents, seen by us"
    PROVIDER = "provider", "Certified identity provider: British or Irish passport"


class DbsLevel(models.TextChoices):
    BASIC = "basic", "Basic"
    STANDARD = "standard", "Standard"
    ENHANCED = "enhanced", "Enhanced"
    ENHANCED_BARRED = "enhanced_barred", "Enhanced, with the children’s barred list"


class DbsOutcome(models.TextChoices):
    """What we decided on a certificate. What it says is never written down."""

    NOTHING = "nothing", "Nothing to consider"
    CONSIDERED = "considered", "Considered, and the person can be appointed"


class CheckEvent(StrEnum):
    CHECKS_BEGUN = "checks_begun"
    CHECK_HANDED_ON = "check_handed_on"
    CHECK_SEEN = "check_seen"
    CHECK_CONFIRMED = "check_confirmed"
    CHECK_DOUBTED = "check_doubted"
    CHECK_NOT_NEEDED = "check_not_needed"
    CHECK_REOPENED = "check_reopened"
    CHECK_DETAILS_DESTROYED = "check_details_destroyed"
    REGISTRATION_NUMBER_GIVEN = "registration_number_given"
    REGISTER_READ = "register_read"
    REGISTRATION_NAME_CONFIRMED = "registration_name_confirmed"
    REGISTRATION_NAME_REJECTED = "registration_name_rejected"
    INSPECTION_FILE_PRINTED = "inspection_file_printed"
    CENTRAL_RECORD_SEEN = "central_record_seen"
    CENTRAL_RECORD_EXPORTED = "central_record_exported"


class OfferState(models.TextChoices):
    """How an offer stands. Nothing but a person's act ends one."""

    MADE = "made", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted, while checks are made"
    FIRM = "firm", "Firm"
    STARTED = "started", "Started work"
    DECLINED = "declined", "Turned down"
    WITHDRAWN = "withdrawn", "Withdrawn by us"
    LAPSED = "lapsed", "Lapsed without an answer"


OF = OfferState
OFFER_TRANSITIONS = {
    OF.MADE:      {OF.ACCEPTED, OF.DECLINED, OF.WITHDRAWN, OF.LAPSED},
    OF.ACCEPTED:  {OF.FIRM, OF.DECLINED, OF.WITHDRAWN},
    OF.FIRM:      {OF.STARTED, OF.DECLINED, OF.WITHDRAWN},
    OF.STARTED:   set(),
    OF.DECLINED:  {OF.MADE, OF.ACCEPTED},
    OF.WITHDRAWN: set(),
    OF.LAPSED:    set(),
}  # fmt: skip

# An offer that takes one of the posts of its vacancy, and of which an application has one at most.
LIVE_OFFERS = frozenset({OF.MADE, OF.ACCEPTED, OF.FIRM, OF.STARTED})

# How the offer stands that an application in one of these has.
OFFER_OF_STATE = {A.OFFERED: OF.MADE, A.CHECKS: OF.ACCEPTED}


class OfferAnswer(models.TextChoices):
    YES = "yes", "Yes, I accept this offer"
    NO = "no", "No, I do not want this job"


class OfferEvent(StrEnum):
    OFFER_MADE = "offer_made"
    OFFER_CORRECTED = "offer_corrected"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_DECLINED = "offer_declined"
    OFFER_WITHDRAWN = "offer_withdrawn"
    OFFER_LAPSED = "offer_lapsed"
    OFFER_ENDED = "offer_ended"
    OFFER_REVIVED = "offer_revived"
    OFFER_QUESTION_ASKED = "offer_question_asked"
    OFFER_QUESTION_ANSWERED = "offer_question_answered"
    OFFER_CONFIRMED = "offer_confirmed"
    EARLY_START_AGREED = "early_start_agreed"
    START_MOVED = "start_moved"
    START_CANCELLED = "start_cancelled"
    WORK_BEGUN = "work_begun"


class InterviewEvent(StrEnum):
    """What happens around interviews. None of it ever names an applicant."""

    ROUND_ARRANGED = "interview_round_arranged"
    ROUND_CHANGED = "interview_round_changed"
    SLOTS_MADE = "interview_slots_made"
    SLOT_MOVED = "interview_slot_moved"
    SLOT_CANCELLED = "interview_slot_cancelled"
    INTERVIEW_INVITED = "interview_invited"
    INTERVIEW_CHOSEN = "interview_chosen"
    INTERVIEW_CHANGED = "interview_changed"
    INTERVIEW_FREED = "interview_freed"
    ANOTHER_TIME_ASKED = "interview_another_time_asked"
    ANOTHER_TIME_SETTLED = "interview_another_time_settled"
    NAME_REVEALED = "interview_name_revealed"
    INTERVIEW_SCORES_SENT = "interview_scores_sent"
    INTERVIEW_SCORES_REOPENED = "interview_scores_reopened"
    INTERVIEW_SECOND_READ_ANSWERED = "interview_second_read_answered"
    INTERVIEW_OUTCOME_PROPOSED = "interview_outcome_proposed"
    INTERVIEW_OUTCOME_DECIDED = "interview_outcome_decided"
    INTERVIEW_OUTCOME_UNDONE = "interview_outcome_undone"
    RESERVE_ENDED = "reserve_ended"


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


# What counts as a look at an application: who it was, as the applicant is told, and what they did.
LOOKS = {
    ApplicationEvent.APPLICATION_OPENED: ("HR", "Opened the application"),
    ApplicationEvent.CV_OPENED: ("HR or the panel", "Opened the CV"),
    ApplicationEvent.APPLICATION_IN_EXPORT: ("The panel", "Downloaded it with the others"),
    PanelEvent.APPLICATION_READ: ("The panel", "Read it without the name"),
}


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


# What is carried out when the words of a declaration, an assessment or a search have been kept long enough.
DISCLOSURE_KEEPINGS = [
    f"{kind}_{what}"
    for kind in ("self_declaration", "self_declaration_unsuccessful")
    for what in ("declaration", "riskassessment", "onlinesearch")
]


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


# --- Bulk actions, messages, chasers and reports of HR ---------------------------------------------


class BulkKind(models.TextChoices):
    """What is done with several applications at once."""

    MOVE = "move", "Move along"
    MESSAGE = "message", "Send a message"


class BulkState(models.TextChoices):
    PREPARED = "prepared", "Being prepared"
    RUNNING = "running", "Being carried out"
    DONE = "done", "Carried out"


BULK_TRANSITIONS = {
    BulkState.PREPARED: {BulkState.RUNNING},
    BulkState.RUNNING:  {BulkState.DONE},
    BulkState.DONE:     set(),
}  # fmt: skip

# Where several applications can go at once. Everything further is decided person by person.
BULK_TARGETS = [A.SHORTLISTING, A.UNSUCCESSFUL]


class BulkOutcome(models.TextChoices):
    """What became of one application of a bulk action."""

    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"
    LEFT_OUT = "left_out", "Left out"
    FAILED = "failed", "Went wrong"


class ChaserKind(models.TextChoices):
    """What a letter reminds of. Each goes once for a step, whatever happens."""

    DRAFT = "draft", "A draft is not finished"
    HOLDING = "holding", "We have not forgotten you"
    UNREAD = "unread", "Applications wait for HR"
    PANEL_LATE = "panel_late", "A panel is late"


class BulkEvent(StrEnum):
    MESSAGE_SENT = "message_sent"
    TEMPLATE_SAVED = "template_saved"
    TEMPLATE_RETIRED = "template_retired"
    BULK_BEGUN = "bulk_begun"
    REPORT_EXPORTED = "report_exported"
    SCORES_EXPORTED = "scores_exported"


class InterestEvent(StrEnum):
    """What happens on the register of interest."""

    INTEREST_REGISTERED = "interest_registered"
    INTEREST_CHANGED = "interest_changed"
    INTEREST_RENEWED = "interest_renewed"
    INTEREST_ENDED = "interest_ended"
    REGISTER_SEEN = "register_seen"
    REGISTER_EXPORTED = "register_exported"
    REGISTER_INVITED = "register_invited"


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
