from django.conf import settings
from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """One business event: what happened to what, who did it, and the facts worth keeping.

    `by` is empty when the timetable did it and not a person. Write with `accounts.audit.record`.
    """

    event = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="audit_by_subject"),
            models.Index(fields=["event", "at"], name="audit_by_event"),
        ]

    def __str__(self):
        return f"{self.event} {self.subject_type} {self.subject_id}"
