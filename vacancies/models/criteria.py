from django.db import models
from django.db.models import Q

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
    max_words = models.PositiveSmallIntegerField(
        "words at most", default=250, help_text="How much an applicant can write about it."
    )

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ["-kind", "position", "pk"]  # What is essential comes first.
        constraints = [
            models.CheckConstraint(
                condition=Q(max_words__gte=50, max_words__lte=1000),
                name="criterion_words_are_some",
                violation_error_message="Choose from 50 to 1,000 words.",
            )
        ]

    def __str__(self):
        return self.text
