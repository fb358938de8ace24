from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from organisation.half_days import SLOTS
from organisation.models.teams import StaffMember, Team

# Monday to Friday, mornings and afternoons, in both weeks.
FULL_TIME_SLOTS = [slot for slot in range(SLOTS) if slot // 2 % 7 < 5]


class WorkingPatternQuerySet(models.QuerySet):
    def replaced_before(self, on):
        """Patterns whose person had a newer one before the date `on`."""
        newer = WorkingPattern.objects.filter(
            member=OuterRef("member"), starts_on__gt=OuterRef("starts_on"), starts_on__lt=on
        )
        return self.filter(Exists(newer))


class WorkingPattern(models.Model):
    """The half days somebody works in every two weeks, from a date on.

    `slots` are the numbers of `organisation.half_days`: 0 is the morning of the first Monday, 27 the
    afternoon of the second Sunday. The free day of a nine-day fortnight is two numbers left out. Who
    has no pattern works Monday to Friday.
    """

    member = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, related_name="working_patterns"
    )
    starts_on = models.DateField()
    slots = ArrayField(models.PositiveSmallIntegerField(), verbose_name="half days worked")

    objects = WorkingPatternQuerySet.as_manager()

    class Meta:
        ordering = ["member", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "starts_on"],
                name="one_pattern_from_a_day_on",
                violation_error_message="This person has a pattern from that day on.",
            ),
            models.CheckConstraint(
                condition=Q(slots__contained_by=list(range(SLOTS)), slots__len__gt=0),
                name="pattern_has_half_days_of_two_weeks",
                violation_error_message="Choose the half days that are worked.",
            ),
        ]

    def __str__(self):
        return f"{self.member}, from {self.starts_on:%-d %B %Y}"


class AbsenceQuerySet(models.QuerySet):
    def on(self, day):
        """Absences that the date is in, or half of it."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def within(self, first_day, last_day):
        """Absences with a day between two dates."""
        return self.filter(starts_on__lte=last_day, ends_on__gte=first_day)


class AbsencePart(models.TextChoices):
    WHOLE_DAYS = "whole_days", "Whole days"
    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"


class Absence(models.Model):
    """When somebody is away, from the council's own records. Why is not kept.

    `key` is what tells it from others where it comes from, so that importing it again changes it.
    """

    member = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="absences")
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    part = models.CharField(
        max_length=12, choices=AbsencePart.choices, default=AbsencePart.WHOLE_DAYS
    )
    key = models.CharField(max_length=60, unique=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        indexes = [models.Index(fields=["member", "ends_on"], name="absence_by_member")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_it_starts",
                violation_error_message="The last day must not be before the first.",
            ),
            models.CheckConstraint(
                condition=Q(part=AbsencePart.WHOLE_DAYS) | Q(ends_on=F("starts_on")),
                name="half_a_day_away_is_on_one_day",
                violation_error_message="A morning or an afternoon away is on one day.",
            ),
        ]

    def __str__(self):
        return f"{self.member}, {self.starts_on:%-d %B %Y} to {self.ends_on:%-d %B %Y}"


class BankHolidayQuerySet(models.QuerySet):
    def observed(self):
        """Those on which nobody is counted as working."""
        return self.filter(is_observed=True)


class BankHoliday(models.Model):
    """A bank holiday in England. Nobody is counted as working on one that is observed.

    They are loaded years ahead. HR adds others, and unticks one that does not hold here: that way the
    next load leaves it alone.
    """

    on = models.DateField(unique=True)
    name = models.CharField(max_length=80)
    is_observed = models.BooleanField("observed here", default=True)

    objects = BankHolidayQuerySet.as_manager()

    class Meta:
        ordering = ["on"]

    def __str__(self):
        return f"{self.name}, {self.on:%-d %B %Y}"


class OpeningBalance(models.Model):
    """Half days of the five days that somebody had used by a date, before the portal kept count."""

    member = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, related_name="opening_balances"
    )
    as_at = models.DateField()
    half_days = models.PositiveSmallIntegerField("half days used")

    class Meta:
        ordering = ["member", "-as_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "as_at"],
                name="one_opening_balance_on_a_day",
                violation_error_message="This person has an opening balance as at that day.",
            )
        ]

    def __str__(self):
        return f"{self.member}: {self.half_days} as at {self.as_at:%-d %B %Y}"


class CoverMinimum(models.Model):
    """How many qualified people a team needs at work in each half day, from a date on.

    Qualified means that their role needs registration with Social Work England.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="cover_minimums")
    starts_on = models.DateField()
    people = models.PositiveSmallIntegerField("qualified people")

    class Meta:
        ordering = ["team", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "starts_on"],
                name="one_cover_minimum_from_a_day_on",
                violation_error_message="This team has a minimum from that day on.",
            )
        ]

    def __str__(self):
        return f"{self.team}: {self.people} from {self.starts_on:%-d %B %Y}"
