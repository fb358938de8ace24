from django.db import models

from vacancies.models.vacancies import Vacancy


class CriterionKind(models.TextChoices):
    ESSENTIAL = "essential", "Essential"
    DESIRABLE = "desirable", "Desirable"


class Criterion(models.Model):
    """One line of the person specification. Applicants are shortlisted on evidence against these."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="criteria")
    kind = models.CharField(
        max_length=10, choices=CriterionKind.choices, default=CriterionKind.ESSENTIAL
    )
    text = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ["-kind", "position", "pk"]  # What is essential comes first.

    def __str__(self):
        return self.text
