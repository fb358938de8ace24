"""That a refusal made by hand was taken back."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from applications.models.applications import Application, ApplicationMove


class RefusalUndone(models.Model):
    """Who took back a refusal that no table decided, when and why. `reason` is ours and not the applicant's.

    `move` is the step that turned the applicant down: a step is undone once.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="refusals_undone"
    )
    move = models.OneToOneField(ApplicationMove, on_delete=models.CASCADE, related_name="undone")
    reason = models.CharField(max_length=300)
    was_told = models.BooleanField("the applicant had been told")
    undone_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["undone_at", "pk"]

    def __str__(self):
        return f"{self.application}: refusal undone"
