from django.db import models

from applications.models.applications import Application
from vacancies.models import Notice


class NoticeTold(models.Model):
    """The applicant of `application` was told of a notice about the vacancy: once, and never again."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="applicants_told")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="notices_told"
    )
    told_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "notices told"
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "application"], name="applicant_told_once_of_a_notice"
            )
        ]

    def __str__(self):
        return f"{self.application}: {self.notice}"
