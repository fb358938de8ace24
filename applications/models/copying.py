import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from applications.models.applications import Application


class AnswersCopied(models.Model):
    """That a draft began with the answers of an earlier application of the same person: once, never again.

    `earlier` is empty when that one was deleted, as a draft is; its reference stays. The key of the form
    keeps it from being done twice.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="copies")
    earlier = models.ForeignKey(
        Application, null=True, on_delete=models.SET_NULL, related_name="copied_to"
    )
    earlier_reference = models.CharField(max_length=8)
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    copied_at = models.DateTimeField(default=timezone.now)
    copied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "answers copied"
        constraints = [
            models.UniqueConstraint(fields=["application"], name="answers_copied_once"),
        ]

    def __str__(self):
        return f"{self.earlier_reference} into {self.application}"
