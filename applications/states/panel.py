"""What a shortlisting comes to, and what happens around a panel."""

from enum import StrEnum

from django.db import models

from applications.states.applications import ApplicationState as A


class Outcome(models.TextChoices):
    """What the shortlisting of an application comes to."""

    INTERVIEW = "interview", "Invite to interview"
    NOT_TAKEN = "not_taken", "Do not take further"


STATE_OF_OUTCOME = {Outcome.INTERVIEW: A.INTERVIEW, Outcome.NOT_TAKEN: A.UNSUCCESSFUL}


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
