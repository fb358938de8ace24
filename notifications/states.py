from enum import StrEnum

from django.db import models


class MessageState(models.TextChoices):
    QUEUED = "queued", "Queued"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    SUPPRESSED = "suppressed", "Not sent: address suppressed"


MESSAGE_TRANSITIONS = {
    MessageState.QUEUED:     {MessageState.SENT, MessageState.FAILED, MessageState.SUPPRESSED},
    MessageState.SENT:       set(),
    MessageState.FAILED:     set(),
    MessageState.SUPPRESSED: set(),
}  # fmt: skip


class MessageEvent(StrEnum):
    MESSAGE_RESENT = "message_resent"
    MAIL_STOPPED = "mail_stopped"
    MAIL_STARTED_AGAIN = "mail_started_again"
