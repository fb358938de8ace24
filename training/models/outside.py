from datetime import timedelta
from decimal import Decimal

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date

from accounts.fields import WebAddressField
from accounts.states import MovesThroughStates
from organisation.half_days import half_days_between
from training.models.asking import PutToManager
from training.models.budgets import BudgetLine, pounds_in_words
from training.models.courses import Course, CourseFormat, Topic
from training.states import (
    OUTSIDE_TIME_TAKEN,
    OUTSIDE_TRANSITIONS,
    OUTSIDE_UNDECIDED,
    REVIEW_TRANSITIONS,
    OutsideState,
    ReviewState,
)

# Nobody asks for a course longer than this, in half days.
LONGEST = 40


def latest_day_to_ask_for(today):
    """Return the last day that an outside course asked for today can have."""
    return today + timedelta(days=settings.OUTSIDE_ASKED_AHEAD_DAYS)


class BookedBy(models.TextChoices):
    US = "us", "We book and pay"
    THEM = "them", "They book, and claim the cost"


class OutsideCourseQuerySet(models.QuerySet):
    def undecided(self):
        return self.filter(state__in=OUTSIDE_UNDECIDED)

    def taking_time(self, starts_at=None, ends_at=None):
        """Courses that take the person's time; with two moments, those that overlap the time between."""
        found = self.filter(state__in=OUTSIDE_TIME_TAKEN)
        if starts_at is not None:
            found = found.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
        return found

    def coming(self):
        """Approved, and the person has not said yet how it went."""
        return self.filter(state=OutsideState.APPROVED)

    def left_open_by_leavers(self, at):
        """Over by the moment `at`, and who could say how it went has left."""
        left = {"person__staff_member__left_on__lt": timezone.localdate(at)}
        return self.coming().filter(ends_at__lte=at, **left)

    def with_people(self):
        return self.select_related("person", "manager_by", "workforce_by", "budget_line")


@pghistory.track()
class OutsideCourse(PutToManager):
    """A course elsewhere that somebody asks for: the manager decides, then workforce development.

    The time is whole half days, from `starts_at` to `ends_at`; `half_days` is what it is worth, without
    a weekend or bank holiday in its midst. Costs are pence. When approved it has the budget line it is
    paid from (none when it is free), who books it, and whether it counts towards the five days. The
    outcome is what the person says of it afterwards. Write through training.actions only.
    """

    TRANSITIONS = OUTSIDE_TRANSITIONS

    provider = models.CharField(max_length=120)
    title = models.CharField(max_length=150)
    topic = models.CharField(max_length=24, choices=Topic.choices)
    format = models.CharField(max_length=12, choices=CourseFormat.choices)
    place_name = models.CharField("place", max_length=120, blank=True)
    link = WebAddressField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    half_days = models.PositiveSmallIntegerField()
    cost_pence = models.PositiveIntegerField("cost in pence")
    reason = models.TextField()
    own_courses = models.ManyToManyField(
        Course,
        blank=True,
        related_name="+",
        help_text="What the council offers that looked like it when it was asked for.",
    )
    why_not_own = models.TextField("why none of those fits", blank=True)
    state = models.CharField(
        max_length=16, choices=OutsideState.choices, default=OutsideState.ASKED
    )
    manager_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    manager_at = models.DateTimeField(null=True, blank=True, editable=False)
    cover_reason = models.TextField("reason to go below safe cover", blank=True)
    workforce_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    workforce_at = models.DateTimeField(null=True, blank=True, editable=False)
    budget_line = models.ForeignKey(
        BudgetLine,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="outside_courses",
    )
    over_budget_reason = models.TextField(blank=True)
    booked_by = models.CharField(max_length=4, choices=BookedBy.choices, blank=True)
    counts_towards_five = models.BooleanField(null=True)
    end_reason = models.TextField("why it was declined or taken back", blank=True)
    half_days_attended = models.PositiveSmallIntegerField(null=True, blank=True)
    final_cost_pence = models.PositiveIntegerField("cost in the end, in pence", null=True)
    final_cost_reason = models.TextField("why it cost more", blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OutsideCourseQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        permissions = [("decide_outsidecourse", "Can decide about an outside course")]
        indexes = [
            models.Index(fields=["person", "state"], name="outside_by_person_and_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="outside_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(half_days__gte=1, half_days__lte=LONGEST),
                name="outside_half_days_are_possible",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "attended", "not_attended"])
                | Q(
                    workforce_by__isnull=False,
                    counts_towards_five__isnull=False,
                    booked_by__in=["us", "them"],
                ),
                name="outside_approval_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "attended", "not_attended"])
                | Q(cost_pence=0)
                | Q(budget_line__isnull=False),
                name="outside_cost_has_a_budget_line",
            ),
            models.CheckConstraint(
                condition=Q(state="attended", half_days_attended__gte=1)
                & Q(half_days_attended__isnull=False)
                | ~Q(state="attended") & Q(half_days_attended__isnull=True),
                name="outside_half_days_are_known_when_attended",
            ),
            ExclusionConstraint(
                name="nobody_is_on_two_outside_courses_at_once",
                index_type="GIST",
                expressions=[
                    (
                        Func(
                            F("person"),
                            F("person"),
                            function="int8range",
                            template="%(function)s(%(expressions)s, '[]')",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=sorted(OUTSIDE_TIME_TAKEN)),
                violation_error_message="This person is on another outside course then.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.provider}"

    def get_absolute_url(self):
        return reverse("training:outside-detail", args=[self.pk])

    @property
    def starts_on(self):
        return timezone.localdate(self.starts_at)

    @property
    def ends_on(self):
        return half_days_between(self.starts_at, self.ends_at)[-1].on

    @property
    def when(self):
        """When it is, in words: "Tuesday 8 December 2026, morning"."""
        half_days = half_days_between(self.starts_at, self.ends_at)
        first, last = half_days[0], half_days[-1]
        begins = _day_words(first.on)
        if first.on == last.on:
            half = {(0, 0): "morning", (1, 1): "afternoon", (0, 1): "all day"}
            return f"{begins}, {half[first.half, last.half]}"
        begins += ", afternoon," if first.half else ""
        return f"{begins} to {_day_words(last.on)}{'' if last.half else ', morning'}"

    @property
    def where(self):
        return self.place_name or self.get_format_display()

    @property
    def days(self):
        return self.half_days * Decimal("0.5")

    @property
    def cost_words(self):
        return pounds_in_words(self.cost_pence) if self.cost_pence else "Free"

    @property
    def final_cost_words(self):
        return "" if self.final_cost_pence is None else pounds_in_words(self.final_cost_pence)

    @property
    def days_attended(self):
        return (self.half_days_attended or 0) * Decimal("0.5")

    @property
    def is_approved(self):
        return self.state == OutsideState.APPROVED

    @property
    def is_in_five_days(self):
        """Say whether the year's five days have it, as booked or as attended."""
        return bool(self.counts_towards_five) and self.state in OUTSIDE_TIME_TAKEN

    @property
    def is_undecided(self):
        return self.state in OUTSIDE_UNDECIDED

    def has_started(self, at):
        return self.starts_at <= at

    def is_over(self, at):
        """Say whether its time is over, so that the person can tell how it went."""
        return self.ends_at <= at


def _day_words(day):
    return format_date(day, "l j F Y")


class OutsideReviewQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(state=ReviewState.SHOWN)

    def of_leavers(self, on):
        """Shown reviews of people who have left by the date `on`, not looked at since their last day."""
        left = F("course__person__staff_member__left_on")
        return self.shown().filter(
            Q(looked_at__isnull=True) | Q(looked_at__date__lte=left),
            course__person__staff_member__left_on__lt=on,
        )


class OutsideReview(MovesThroughStates, models.Model):
    """What somebody says of an outside course, for colleagues. No marks out of ten: words, and yes or no.

    The author is named only if they agree and still work here. `looked_at` is when an officer last
    looked at it, for the reviews of people who have left. Write through training.actions only.
    """

    TRANSITIONS = REVIEW_TRANSITIONS

    course = models.OneToOneField(OutsideCourse, on_delete=models.CASCADE, related_name="review")
    words = models.TextField()
    recommends = models.BooleanField("would recommend it")
    may_be_named = models.BooleanField("may be named", default=False)
    state = models.CharField(max_length=8, choices=ReviewState.choices, default=ReviewState.SHOWN)
    hidden_reason = models.TextField(blank=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    looked_at = models.DateTimeField(null=True, blank=True, editable=False)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects = OutsideReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ReviewState.HIDDEN) | ~Q(hidden_reason=""),
                name="hidden_review_has_a_reason",
            )
        ]

    def __str__(self):
        return f"Review of {self.course}"
