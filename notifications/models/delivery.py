from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone


class SuppressedAddress(models.Model):
    """An address that must get no e-mail: it bounced for good, or its owner asked."""

    address = models.EmailField(unique=True)
    reason = models.CharField(max_length=200)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "suppressed addresses"
        ordering = ["address"]
        constraints = [
            models.CheckConstraint(
                condition=Q(address=Lower("address")),
                name="suppressed_address_is_lower_case",
            )
        ]

    def __str__(self):
        return self.address

    def clean(self):
        self.address = self.address.lower()


class MailStop(models.Model):
    """The kill switch: while one of these has no end, no e-mail leaves. Messages keep queueing."""

    reason = models.CharField(max_length=200)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "stop of all e-mail"
        verbose_name_plural = "stops of all e-mail"
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                models.F("ended_at"),
                name="one_mail_stop_at_a_time",
                nulls_distinct=False,
                violation_error_message="All e-mail is stopped already.",
            )
        ]

    def __str__(self):
        return self.reason


class DemoMail(models.Model):
    """A copy of an e-mail as it went out, kept in demo mode only, for the demo inbox."""

    to = models.EmailField(db_index=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list)
    sent_at = models.DateTimeField(default=timezone.now)
    message_id = models.CharField(max_length=250, blank=True, db_index=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.subject} to {self.to}"
