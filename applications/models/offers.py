"""The offer of a job: what it says, how it was answered, and the first day it leads to."""

import uuid

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.states import MovesThroughStates
from applications.models.applications import Application
from applications.states import (
    LIVE_OFFERS,
    OFFER_TRANSITIONS,
    OfferAnswer,
    OfferState,
    WithdrawalReason,
)
from organisation.models import Grade, Post, Role, StaffMember, Team
from organisation.patterns import pattern_in_words
from vacancies.models import Contract
from vacancies.pay import actual_pay

S = OfferState
MAY_HAVE_BEGUN = [S.FIRM, S.STARTED]

# What somebody wrote in an offer: never kept in the history, blanked with the application.
OFFER_WORDS = ["end_reason", "start_changed_why", "early_reason", "bring"]
NOT_IN_HISTORY = [*OFFER_WORDS, "arrive_where", "employee_number", "one_time_key"]


class OfferQuerySet(models.QuerySet):
    def live(self):
        """Offers that take one of the posts of their vacancy."""
        return self.filter(state__in=sorted(LIVE_OFFERS))

    def not_answered_in_time(self, on):
        """Offers whose date to answer by was before the date `on`. They can still be answered."""
        return self.filter(state=S.MADE, answer_by__lt=on)

    def due_to_start(self, on):
        """Firm offers whose first day is the date `on` or was before it."""
        return self.filter(state=S.FIRM, starts_on__lte=on)

    def due_to_start_early(self, on):
        """Offers with an early first day, on the date `on` or before it, that nobody has begun."""
        return self.filter(
            state__in=[S.ACCEPTED, S.FIRM], early_starts_on__lte=on, early_begun_at__isnull=True
        )


@pghistory.track(exclude=NOT_IN_HISTORY)
class Offer(MovesThroughStates, models.Model):
    """An offer of a job to one applicant, conditional until it is `FIRM`.

    `salary` is whole pounds a year for full time, all year; `slots` are the half days of two weeks as
    organisation.half_days numbers them. `version` counts the corrections: an answer is to the version
    that was read. `post` is the post of the establishment that it fills, where HR said which. `answer` and
    `answered_at` stay when the offer ends later. The place, the manager and what to bring are those of the
    first day, from `firm_at` on. `early_*` is a start before registration, in another role, for a reason.
    `staff_member` is the row of the staff register that the first day made or changed.
    """

    TRANSITIONS = OFFER_TRANSITIONS

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers")
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=S.choices, default=S.MADE)
    version = models.PositiveSmallIntegerField(default=1)

    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="offers"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    place_name = models.CharField("place", max_length=80)
    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="+")
    salary = models.PositiveIntegerField("salary, £ a year for full time")
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=2)
    paid_weeks = models.DecimalField(
        "paid weeks a year", max_digits=4, decimal_places=2, null=True, blank=True
    )
    slots = ArrayField(models.PositiveSmallIntegerField(), verbose_name="half days worked")
    contract = models.CharField(max_length=12, choices=Contract.choices)
    contract_months = models.PositiveSmallIntegerField("length in months", null=True, blank=True)
    proposed_start_on = models.DateField("start date we propose")

    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answer_by = models.DateField("answer by")
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    answer = models.CharField(max_length=3, choices=OfferAnswer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decline_reason = models.CharField(max_length=15, choices=WithdrawalReason.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    end_reason = models.CharField("why it ended", max_length=2000, blank=True)

    firm_at = models.DateTimeField(null=True, blank=True)
    firm_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField("first day", null=True, blank=True)
    arrive_at = models.TimeField("time to arrive", null=True, blank=True)
    arrive_where = models.CharField("where to come", max_length=300, blank=True)
    line_manager = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    bring = models.CharField("what to bring", max_length=1000, blank=True)
    employee_number = models.CharField(max_length=20, blank=True)
    start_changed_at = models.DateTimeField(null=True, blank=True)
    start_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    start_changed_why = models.CharField(max_length=500, blank=True)

    early_starts_on = models.DateField("early first day", null=True, blank=True)
    early_role = models.ForeignKey(
        Role, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    early_reason = models.CharField(max_length=500, blank=True)
    early_agreed_at = models.DateTimeField(null=True, blank=True)
    early_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    early_begun_at = models.DateTimeField(null=True, blank=True)

    started_at = models.DateTimeField(null=True, blank=True)
    staff_member = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="offers"
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        permissions = [
            ("make_offer", "Can make, correct and withdraw an offer"),
            ("confirm_offer", "Can make an offer firm and set the first day"),
        ]
        indexes = [models.Index(fields=["state", "starts_on"], name="offer_by_first_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=sorted(LIVE_OFFERS)),
                name="one_live_offer_an_application",
                violation_error_message="This person has an offer for this job.",
            ),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(state__in=[S.MADE, S.ACCEPTED, S.FIRM]),
                name="one_open_offer_a_post",
                violation_error_message="This post is offered to somebody else.",
            ),
            models.UniqueConstraint(
                fields=["employee_number"],
                condition=Q(state=S.FIRM) & ~Q(employee_number=""),
                name="one_firm_offer_an_employee_number",
                violation_error_message="Somebody else who is to start has this number.",
            ),
            models.CheckConstraint(
                condition=Q(salary__gt=0, weekly_hours__gt=0, weekly_hours__lte=48),
                name="offer_pay_and_hours_are_possible",
                violation_error_message="Weekly hours must be above 0 and at most 48.",
            ),
            models.CheckConstraint(
                condition=Q(slots__contained_by=list(range(28)), slots__len__gt=0),
                name="offer_has_half_days_of_two_weeks",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="offer_answer_with_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.ACCEPTED, S.FIRM, S.STARTED]) | Q(answer=OfferAnswer.YES),
                name="offer_accepted_by_a_yes",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.DECLINED, S.WITHDRAWN, S.LAPSED], ended_at__isnull=False)
                | Q(state__in=sorted(LIVE_OFFERS), ended_at__isnull=True, ended_by__isnull=True),
                name="offer_ended_at_when_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=MAY_HAVE_BEGUN)
                | Q(
                    firm_at__isnull=False,
                    starts_on__isnull=False,
                    arrive_at__isnull=False,
                ),
                name="offer_firm_with_its_first_day",
            ),
            models.CheckConstraint(
                condition=Q(state=S.STARTED, started_at__isnull=False, staff_member__isnull=False)
                | ~Q(state=S.STARTED) & Q(started_at__isnull=True),
                name="offer_started_with_its_staff_member",
            ),
            models.CheckConstraint(
                condition=Q(
                    early_starts_on__isnull=True,
                    early_role__isnull=True,
                    early_agreed_at__isnull=True,
                    early_begun_at__isnull=True,
                )
                | Q(
                    early_starts_on__isnull=False,
                    early_role__isnull=False,
                    early_agreed_at__isnull=False,
                ),
                name="offer_early_start_is_whole",
            ),
        ]

    def __str__(self):
        return f"Offer for {self.application}"

    def get_absolute_url(self):
        return reverse("applications:offer", args=[self.application.reference])

    @property
    def is_live(self):
        return self.state in LIVE_OFFERS

    @property
    def is_open(self):
        """It waits for an answer."""
        return self.state == S.MADE

    @property
    def pay(self):
        """What the person is paid a year, in whole pounds: for part of the week or of the year."""
        return actual_pay(self.salary, self.weekly_hours, self.paid_weeks)

    @property
    def pay_words(self):
        return f"£{self.pay:,}"

    @property
    def is_for_part(self):
        """The pay is less than the salary for full time, all year."""
        return self.pay != self.salary

    @property
    def pattern_words(self):
        return pattern_in_words(self.slots)


class OfferCondition(models.Model):
    """One thing an offer depends on, as the applicant reads it. `name` is that of a usual one, or empty."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="conditions")
    name = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "position"], name="offer_condition_has_its_place"
            )
        ]

    def __str__(self):
        return self.text


class OfferQuestion(models.Model):
    """What an applicant asked about an offer, or the start date they would like, and what HR answered."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="questions")
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    words = models.TextField(max_length=2000, blank=True)
    start_on = models.DateField("start date they would like", null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="offer_question_answered_at_and_by_together",
            )
        ]

    def __str__(self):
        return f"Question about {self.offer}"
