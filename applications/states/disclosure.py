"""How a self-declaration, its assessment and the search online go."""

from enum import StrEnum

from django.db import models


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
