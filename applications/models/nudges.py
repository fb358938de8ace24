from django.conf import settings
from django.db import models
from django.utils import timezone

from vacancies.models import Vacancy


class SavedVacancyNudge(models.Model):
    """That a person was told that a job they saved closes within `days`: once, whatever happens to it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="nudges")
    days = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "vacancy", "days"], name="nudged_once_about_a_saved_vacancy"
            )
        ]

    def __str__(self):
        return f"{self.vacancy}, {self.days} days before"
