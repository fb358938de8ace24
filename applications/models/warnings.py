"""That people were told before what they wrote is deleted."""

from django.db import models
from django.utils import timezone

from applications.models.applications import Application


class DeletionWarning(models.Model):
    """One letter that the words of an application will be deleted: nobody gets it twice.

    `began_at` is the moment its period began. Somebody who goes on with a draft begins a new period, and
    is warned again before the end of that.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="deletion_warnings"
    )
    began_at = models.DateTimeField()
    warned_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["warned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "began_at"], name="one_deletion_warning_a_period"
            ),
        ]

    def __str__(self):
        return f"Warned on {self.warned_at:%d %B %Y}"
