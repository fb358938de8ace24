import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.fields import EncryptedTextField
from accounts.states import MovesThroughStates
from notifications.models.delivery import SuppressedAddress
from notifications.states import MESSAGE_TRANSITIONS, MessageState


class MessageQuerySet(models.QuerySet):
    def due(self, at):
        """Queued messages whose time has come, oldest first."""
        return self.filter(state=MessageState.QUEUED, due_at__lte=at).order_by("due_at", "pk")

    def refused_for_good(self):
        """Those that the mail server of the address refused with a permanent answer (RFC 5321, 5xx)."""
        return self.filter(state=MessageState.FAILED, last_error__regex=r"^5\d\d\y")

    def with_what_delivery_needs(self):
        """Annotate `is_suppressed` and `has_attachments`, which saves two queries a message."""
        return self.annotate(
            is_suppressed=Exists(SuppressedAddress.objects.filter(address=Lower(OuterRef("to")))),
            has_attachments=Exists(MessageAttachment.objects.filter(message=OuterRef("pk"))),
        )


class Message(MovesThroughStates, models.Model):
    """One e-mail to one person: a row in the outbox, written in the transaction that caused it.

    A worker renders `template` with `context` when it sends. A secret message (a code, a signed link)
    keeps its context encrypted in `secret_context` until it has been sent or has failed, then blank.
    `key` makes a message unique: the same key is never queued twice.
    """

    TRANSITIONS = MESSAGE_TRANSITIONS

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True, null=True, blank=True)
    to = models.EmailField()
    template = models.CharField(max_length=120)
    context = models.JSONField(default=dict)
    is_secret = models.BooleanField("secret", default=False)
    secret_context = EncryptedTextField(blank=True, default="")
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    resend_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)

    state = models.CharField(
        max_length=12, choices=MessageState.choices, default=MessageState.QUEUED
    )
    subject = models.CharField(max_length=250, blank=True, help_text="As it was sent.")
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        permissions = [("resend_message", "Can send a message again")]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state=MessageState.QUEUED),
                name="message_due",
            ),
            models.Index(fields=["about_type", "about_id"], name="message_about"),
            models.Index(fields=["to"], name="message_to"),
            models.Index(fields=["-created_at", "-id"], name="message_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | ~Q(state=MessageState.SENT) & Q(sent_at__isnull=True),
                name="message_sent_at_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(state=MessageState.QUEUED) | Q(secret_context=""),
                name="message_secret_is_blanked_at_the_end",
            ),
        ]

    def __str__(self):
        what = "Account letter" if self.is_secret else self.subject or self.template
        return f"{what} to {self.to}"

    @property
    def message_id(self):
        """The Message-ID header: the same at every attempt, so that a repeat can be recognised."""
        return f"<{self.reference}@{urlsplit(settings.SITE_URL).hostname}>"


class MessageAttachment(models.Model):
    """A file that goes with a message, such as a calendar entry."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    filename = models.CharField(max_length=120)
    mimetype = models.CharField(max_length=120)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "filename"], name="a_message_has_each_file_once"
            )
        ]

    def __str__(self):
        return self.filename
