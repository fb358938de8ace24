from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from organisation.half_days import MOST_HALF_DAYS


class LedgerKind(models.TextChoices):
    OPENING_BALANCE = "opening_balance", "Opening balance"
    IMPORTED = "imported", "Attended before the portal"
    OUTSIDE_COURSE = "outside_course", "Outside course"
    ATTENDED_ELSEWHERE = "attended_elsewhere", "Attended elsewhere"
    CORRECTION = "correction", "Correction"


class LedgerEntry(models.Model):
    """Development that somebody has had beside the portal's sessions, or a correction, in half days.

    What a person has attended in a year is the sum of their bookings and of these, so a wrong entry
    stays and a correction takes it back. `on` decides the year; `key` tells an entry from others, so
    that importing it again changes nothing. `made_by` is None for what the demo or a job wrote.
    Mandatory training is never entered. Write through training.actions only.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ledger_entries"
    )
    on = models.DateField("day")
    half_days = models.SmallIntegerField(
        "half days", help_text="2 for a day. Only a correction may take some away."
    )
    kind = models.CharField(max_length=20, choices=LedgerKind.choices)
    words = models.CharField("what it was", max_length=200, blank=True)
    key = models.CharField(max_length=100, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "ledger entries"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["person", "on"], name="ledger_by_person_and_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(half_days__gt=0) | Q(half_days__lt=0, kind=LedgerKind.CORRECTION),
                name="only_corrections_take_half_days_away",
                violation_error_message="Only a correction may take half days away, and none is nothing.",
            ),
            models.CheckConstraint(
                condition=Q(half_days__gte=-MOST_HALF_DAYS, half_days__lte=MOST_HALF_DAYS),
                name="ledger_half_days_are_possible",
                violation_error_message=f"An entry is for at most {MOST_HALF_DAYS} half days.",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.on:%-d %B %Y}: {self.half_days} half days"
