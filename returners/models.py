import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.states import MovesThroughStates
from returners.states import (
    ENQUIRY_TRANSITIONS,
    OPEN_ENQUIRY_STATES,
    PACKAGE_STATES,
    EnquiryState,
)

FIRST_REFERENCE = 1000


class RestorationRuleQuerySet(models.QuerySet):
    def in_force(self, on):
        """The rules that hold on the date `on`, the shortest time away first."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class RestorationRule(models.Model):
    """How many days of learning the regulator asks for after a time off the register.

    `years_from` and `years_to` are whole years away; a rule without `years_to` has no upper end.
    Source: Social Work England, "Updating your skills and knowledge". It does not say what holds at
    exactly 2 or 5 years; `includes_years_from` and `includes_years_to` are this council's reading.
    """

    years_from = models.PositiveSmallIntegerField("from, years off the register")
    includes_years_from = models.BooleanField("exactly that many counts", default=True)
    years_to = models.PositiveSmallIntegerField("to, years", null=True, blank=True)
    includes_years_to = models.BooleanField("exactly that many counts too", default=False)
    days = models.PositiveSmallIntegerField("days of updating")
    hours_per_day = models.PositiveSmallIntegerField("hours that make a day")
    window_months = models.PositiveSmallIntegerField(
        "months before applying that count", default=12
    )
    private_study_percent = models.PositiveSmallIntegerField(
        "private study, at most % of the days", default=50
    )
    supervisor_years = models.PositiveSmallIntegerField(
        "years a supervisor must have been registered", default=3
    )
    starts_on = models.DateField("in force from")
    ends_on = models.DateField("in force to", null=True, blank=True)
    source = models.CharField(max_length=200)
    as_at = models.DateField("checked on")

    objects = RestorationRuleQuerySet.as_manager()

    class Meta:
        ordering = ["years_from", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["years_from", "starts_on"], name="one_restoration_rule_per_start"
            ),
            models.CheckConstraint(
                condition=Q(years_to__isnull=True) | Q(years_to__gt=F("years_from")),
                name="restoration_rule_is_in_order",
                violation_error_message="The upper end must be above the lower one.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="restoration_rule_ends_after_it_starts",
                violation_error_message="The rule must not end before it starts.",
            ),
        ]

    def __str__(self):
        return f"{self.time_away}: {self.days} days"

    @property
    def time_away(self):
        """The time away in words: "Under 2 years", "2 to 5 years", "Over 5 years"."""
        if self.years_to is None:
            return f"Over {self.years_from} years"
        if self.years_from == 0:
            return f"Under {self.years_to} years"
        return f"{self.years_from} to {self.years_to} years"

    @property
    def hours(self):
        return self.days * self.hours_per_day


class RegistrationStatus(models.TextChoices):
    REGISTERED = "registered", "I am on the register now"
    WAS_REGISTERED = "was_registered", "I was on the register in the past"
    OVERSEAS = "overseas", "I qualified outside the UK and have not been on the register"
    NOT_SURE = "not_sure", "I am not sure"


class EnquiryQuerySet(models.QuerySet):
    def open(self):
        """Enquiries that somebody still works on."""
        return self.filter(state__in=OPEN_ENQUIRY_STATES)

    def with_a_package(self):
        """Enquiries of people who have agreed a package and are on their way back."""
        return self.filter(state__in=PACKAGE_STATES)

    def past_their_end_date(self, on):
        """Enquiries whose personal details must be gone on the date `on`."""
        return self.filter(keep_until__lt=on, blanked_at__isnull=True)


class Enquiry(MovesThroughStates, models.Model):
    """Somebody who asks about coming back to social work, and where that stands.

    `keep_until` is the last day on which the personal details may be kept; it moves on whenever the
    enquiry does. After it only the dates and the state stay, for figures (`blanked_at`).
    """

    TRANSITIONS = ENQUIRY_TRANSITIONS

    full_name = models.CharField(max_length=100, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    phone = models.CharField("phone number", max_length=30, blank=True)
    registration_status = models.CharField(
        "on the register?", max_length=20, choices=RegistrationStatus.choices
    )
    left_register_in = models.PositiveSmallIntegerField(
        "year they left the register",
        null=True,
        blank=True,
        validators=[MinValueValidator(1960), MaxValueValidator(2100)],
    )
    lives_in = models.CharField("where they live", max_length=80, blank=True)
    message = models.TextField(blank=True)
    agreed_to_contact_at = models.DateTimeField(editable=False)
    state = models.CharField(max_length=20, choices=EnquiryState.choices, default=EnquiryState.NEW)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="returner_enquiries",
    )
    created_at = models.DateTimeField("sent at", default=timezone.now, editable=False)
    keep_until = models.DateField(editable=False)
    blanked_at = models.DateTimeField(null=True, blank=True, editable=False)
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["officer", "state"], name="enquiry_by_officer"),
            models.Index(fields=["email"], name="enquiry_by_email"),
            models.Index(fields=["keep_until"], name="enquiry_by_end_date"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=EnquiryState.NEW, officer__isnull=True)
                | Q(state=EnquiryState.CLOSED)
                | Q(officer__isnull=False),
                name="only_a_new_enquiry_has_no_officer",
                violation_error_message="Choose an officer first.",
            ),
            models.CheckConstraint(
                condition=Q(blanked_at__isnull=True)
                | Q(full_name="", email="", phone="", lives_in="", message=""),
                name="blanked_enquiry_names_nobody",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.full_name}".strip()

    @property
    def reference(self):
        """What we call this enquiry in letters, such as RSW-1042."""
        return f"RSW-{FIRST_REFERENCE + self.pk}"
