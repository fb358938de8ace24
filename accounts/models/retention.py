"""How long each category of personal data is kept from which day on, and what was deleted by it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class RetentionPeriodQuerySet(models.QuerySet):
    def holding(self, on):
        """For each category the period that holds on the day `on`: the last to begin by then."""
        return self.filter(from_on__lte=on).order_by("category", "-from_on").distinct("category")


class RetentionPeriod(models.Model):
    """How long things of one category are kept, in `months` or in `days`, from the day `from_on` on.

    `category` is a name in settings.RETENTION, which also has the words of it. A category without a row
    is kept as long as the settings say. A period that has begun is never changed: another follows it.
    """

    category = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    from_on = models.DateField("holds from")
    why = models.CharField("why so long, with its source", max_length=300)
    decided_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = RetentionPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["category", "-from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "from_on"],
                name="one_retention_period_a_category_a_day",
                violation_error_message="Another period of this category begins on that day.",
            ),
            models.CheckConstraint(
                condition=Q(months__isnull=False, months__gte=1, days__isnull=True)
                | Q(months__isnull=True, days__isnull=False, days__gte=1),
                name="retention_period_in_months_or_days",
                violation_error_message="Give the months or the days, one of the two.",
            ),
        ]

    def __str__(self):
        return f"{self.category} from {self.from_on:%d %B %Y}"


class DeletionRecord(models.Model):
    """That something about somebody was deleted or blanked: what kind, how many, when and by which run.

    `subject` is the pseudonym of the person it was about, empty where it was about nobody we know by
    account. Nothing here says who they are. `as_at` is the day the run asked for, `deleted_by` is empty
    for the timetable.
    """

    run = models.UUIDField(default=uuid.uuid4)
    category = models.CharField(max_length=40)
    subject = models.UUIDField("pseudonym of the person", null=True)
    number = models.PositiveIntegerField()
    as_at = models.DateField("period counted back from")
    deleted_at = models.DateTimeField(default=timezone.now)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-deleted_at", "-pk"]
        indexes = [
            models.Index(fields=["subject"], name="deletion_of_subject"),
            models.Index(fields=["deleted_at"], name="deletion_at"),
        ]

    def __str__(self):
        return f"{self.number} of {self.category}"
