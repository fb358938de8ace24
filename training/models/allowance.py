from datetime import date
from decimal import Decimal

from django.core.validators import MinValueValidator, StepValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Floor


class AllowanceScope(models.TextChoices):
    ALL_STAFF = "all_staff", "All staff"
    SOCIAL_WORKERS = "social_workers", "Social workers only"


# Plain SQL, because it is read for every booking.
IN_FORCE = """
    SELECT * FROM training_allowancepolicy WHERE starts_on <= %s ORDER BY starts_on DESC LIMIT 1
"""


class AllowancePolicyQuerySet(models.QuerySet):
    def in_force(self, on):
        """Return the policy that holds on the date `on`, or None."""
        return next(iter(self.raw(IN_FORCE, [on])), None)

    def begun(self, on):
        """Those that hold on the date `on`, or held before it."""
        return self.filter(starts_on__lte=on)


class AllowancePolicy(models.Model):
    """What the council promises from a date on: so many development days a year, and to whom.

    The year begins on the day and month of `starts_on`. The articles differ: 2017 promises five days
    to social workers, 2022 to all staff, so the scope is data. Days are pro rata for people with fewer
    hours than `full_time_hours` a week and for people who start within the year, where it says so.
    An absence of `long_absence_days` or more takes its days out of the year for that person: the
    promise is training within the year's work (the council's 2017 article: workload must not block
    it), and nobody trains while away. Source of the 28 days: our reading, to be set by the council.
    An outside course and what was attended elsewhere count where it says so (source: the council's
    2022 article: the days are for seminars, workshops and conferences, whatever the person needs).
    Dates fewer than `short_notice_days` working days ahead are at short notice.
    """

    starts_on = models.DateField(unique=True, help_text="Each year begins on this day and month.")
    days = models.DecimalField(
        "days a year",
        max_digits=3,
        decimal_places=1,
        validators=[
            MinValueValidator(0, "Enter 0 days or more."),
            StepValueValidator(Decimal("0.5"), "Enter whole or half days, like 5 or 5.5."),
        ],
    )
    scope = models.CharField(max_length=20, choices=AllowanceScope.choices)
    pro_rata_by_hours = models.BooleanField(default=True)
    pro_rata_by_start = models.BooleanField("pro rata in the year somebody starts", default=True)
    full_time_hours = models.DecimalField(
        "full-time hours a week", max_digits=4, decimal_places=2, default=Decimal(37)
    )
    long_absence_days = models.PositiveSmallIntegerField(
        "long absence from, in days",
        null=True,
        blank=True,
        default=28,
        help_text="An absence this long reduces the days pro rata. Empty: none does.",
    )
    short_notice_days = models.PositiveSmallIntegerField(
        "short notice, in working days", default=10
    )
    outside_courses_count = models.BooleanField(
        default=True,
        help_text="Outside courses count towards the days, unless the officer says otherwise of one.",
    )
    attended_elsewhere_counts = models.BooleanField(
        default=True,
        help_text="A seminar or conference that a manager confirms afterwards counts towards the days.",
    )
    source = models.CharField(max_length=200)

    objects = AllowancePolicyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "allowance policies"
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(starts_on__month=2, starts_on__day=29),
                name="policy_year_begins_every_year",
                violation_error_message="Choose a day that every year has.",
            ),
            models.CheckConstraint(
                condition=Q(days__gte=0, full_time_hours__gt=0),
                name="policy_amounts_are_possible",
                violation_error_message="Days and hours must not be negative.",
            ),
            models.CheckConstraint(
                condition=Q(days=Floor(F("days") * 2) / 2),
                name="policy_days_are_whole_or_half",
                violation_error_message="Enter whole or half days, like 5 or 5.5.",
            ),
        ]

    def __str__(self):
        return f"{self.days:g} days a year from {self.starts_on:%-d %B %Y}"

    @property
    def year_day(self):
        """The day and month on which each of its years begins, in words."""
        return f"{self.starts_on:%-d %B}"

    def has_begun(self, on):
        """Say whether the policy holds on the date `on`, or held before it."""
        return self.starts_on <= on

    def before(self):
        """Return the policy that holds until this one begins, or None."""
        earlier = AllowancePolicy.objects.filter(starts_on__lt=self.starts_on)
        return earlier.order_by("-starts_on").first()

    def year_of(self, on):
        """Return the first and the last day of the policy's year that the date `on` is in."""
        first = self.starts_on.replace(year=on.year)
        if first > on:
            first = first.replace(year=on.year - 1)
        next_first = first.replace(year=first.year + 1)
        return first, date.fromordinal(next_first.toordinal() - 1)
