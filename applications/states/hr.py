"""Bulk actions, messages, chasers and reports of HR."""

from enum import StrEnum

from django.db import models

from applications.states.applications import ApplicationState as A


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
