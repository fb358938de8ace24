from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class RoleFamily(models.TextChoices):
    SOCIAL_WORK = "social_work", "Social work"
    FAMILY_SUPPORT = "family_support", "Family support"
    SPECIALIST = "specialist", "Specialist"
    WAYS_IN = "ways_in", "Training to be a social worker"
    LEADERSHIP = "leadership", "Leadership"
    BUSINESS_SUPPORT = "business_support", "Business support"


class Grade(models.Model):
    """A pay grade of the council, A (lowest) to K. What it pays is in its dated ranges."""

    letter = models.CharField(max_length=1, unique=True)

    class Meta:
        ordering = ["letter"]

    def __str__(self):
        return f"Grade {self.letter}"


class GradeRangeQuerySet(models.QuerySet):
    def in_force(self, on):
        """The ranges that hold on the date `on`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class GradeRange(models.Model):
    """What a grade pays a year, in whole pounds, between two dates, and where that is written."""

    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="ranges")
    lowest = models.PositiveIntegerField("lowest salary, £ a year")
    highest = models.PositiveIntegerField("highest salary, £ a year")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    objects = GradeRangeQuerySet.as_manager()

    class Meta:
        ordering = ["grade", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(highest__gte=F("lowest")),
                name="grade_range_is_in_order",
                violation_error_message="The highest salary must not be below the lowest.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="grade_range_ends_after_it_starts",
                violation_error_message="The range must not end before it starts.",
            ),
            ExclusionConstraint(
                name="grade_has_one_range_at_a_time",
                index_type="GIST",
                expressions=[
                    (
                        Func(
                            "grade",
                            "grade",
                            function="int8range",
                            template="%(function)s(%(expressions)s, '[]')",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            function="daterange",
                            template="%(function)s(%(expressions)s, '[]')",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="The grade has another range on some of these dates.",
            ),
        ]

    def __str__(self):
        return f"{self.grade}: £{self.lowest:,} to £{self.highest:,}"


class Role(models.Model):
    """A role in the catalogue, such as Team manager. A protected title needs registration by law.

    "Social worker" is a protected title: Children and Social Work Act 2017, and the regulator's pages.
    """

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    family = models.CharField(max_length=20, choices=RoleFamily.choices)
    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="roles")
    needs_registration = models.BooleanField("needs registration with Social Work England")
    protected_title = models.BooleanField()
    summary = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(protected_title=False) | Q(needs_registration=True),
                name="protected_title_needs_registration",
                violation_error_message="A protected title needs registration.",
            )
        ]

    def __str__(self):
        return self.name


class PathwayStep(models.Model):
    """A step people have taken from one role to another, and how."""

    from_role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="steps_on")
    to_role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="steps_here")
    how = models.CharField(max_length=200)

    class Meta:
        ordering = ["from_role__name", "to_role__name"]
        constraints = [
            models.UniqueConstraint(fields=["from_role", "to_role"], name="one_step_between_roles"),
            models.CheckConstraint(
                condition=~Q(from_role=F("to_role")), name="step_leads_to_another_role"
            ),
        ]

    def __str__(self):
        return f"{self.from_role} to {self.to_role}"
