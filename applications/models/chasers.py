from django.db import models
from django.db.models import Q
from django.utils import timezone

from applications.models.applications import Application
from applications.states import ChaserKind
from vacancies.models import Vacancy


class Chaser(models.Model):
    """That a reminder went: once for each kind, thing and step, whatever happens afterwards.

    It is about an application or about a vacancy. `step` is the number of days of a reminder that comes
    more than once, or the stage, counted from 1, of one that goes once a stage.
    """

    kind = models.CharField(max_length=10, choices=ChaserKind.choices)
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.CASCADE, related_name="chasers"
    )
    vacancy = models.ForeignKey(
        Vacancy, null=True, blank=True, on_delete=models.CASCADE, related_name="chasers"
    )
    step = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(application__isnull=True, vacancy__isnull=False)
                | Q(application__isnull=False, vacancy__isnull=True),
                name="chaser_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["kind", "application", "step"],
                condition=Q(application__isnull=False),
                name="chased_once_about_an_application",
            ),
            models.UniqueConstraint(
                fields=["kind", "vacancy", "step"],
                condition=Q(vacancy__isnull=False),
                name="chased_once_about_a_vacancy",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, step {self.step}"
