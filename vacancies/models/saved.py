from django.conf import settings
from django.db import models
from django.utils import timezone

from vacancies.models.vacancies import Vacancy


class SavedVacancy(models.Model):
    """A job that somebody with an account wants to come back to.

    `wants_nudges` says that we may write before it closes. What a visitor saves is in a cookie of
    theirs until they sign in (vacancies.saved_cookie).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_vacancies"
    )
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="saves")
    saved_at = models.DateTimeField(default=timezone.now)
    wants_nudges = models.BooleanField("may be written to before it closes", default=True)

    class Meta:
        verbose_name_plural = "saved vacancies"
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "vacancy"],
                name="saved_once_a_person_a_vacancy",
                violation_error_message="This job is saved already.",
            )
        ]

    def __str__(self):
        return f"{self.vacancy} saved by {self.user}"
