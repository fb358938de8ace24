import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from applications.models.applications import Application
from applications.placeholders import validate_placeholders


class MessageTemplateQuerySet(models.QuerySet):
    def in_use(self):
        """Those that can be chosen: not retired."""
        return self.filter(retired_at__isnull=True)


class MessageTemplate(models.Model):
    """Words that HR begins messages with. One that is not used any more is retired and stays readable."""

    name = models.CharField(max_length=80, help_text="For you to find it. Applicants never see it.")
    subject = models.CharField(max_length=150, validators=[validate_placeholders])
    words = models.TextField(max_length=4000, validators=[validate_placeholders])
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    changed_at = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MessageTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(retired_at__isnull=True),
                name="message_template_name_once_in_use",
                violation_error_message="A template that is in use has this name already.",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_by__isnull=True)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="message_template_retired_at_and_by",
            ),
        ]

    def __str__(self):
        return self.name


class ApplicationMessage(models.Model):
    """What HR wrote to an applicant about their application, as it was sent. It goes when that is blanked.

    `one_time_key` is the form's: the same form sent again writes no second letter.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="messages")
    subject = models.CharField(max_length=250)
    words = models.TextField(max_length=6000)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    template = models.ForeignKey(
        MessageTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return self.subject
