"""The checks before somebody starts: which there are, who needs which, and what was seen of each."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.fields import EncryptedTextField
from accounts.states import MovesThroughStates
from applications.models.applications import Application
from applications.states import (
    CHECK_DONE,
    CHECK_TRANSITIONS,
    CheckHolder,
    CheckNature,
    CheckState,
    DbsLevel,
    DbsOutcome,
    RightToWorkWay,
)
from organisation.models import Role, RoleFamily

# What is written about a person: encrypted, and never kept in the history.
CHECK_WORDS = ["next_step", "what_was_seen", "number", "reason"]


class CheckKind(models.Model):
    """A kind of check, such as identity. Its words are what the applicant reads about it.

    `lies_first_with` is who has a new one, and `first_step` what they do first. `number_is` names the
    number that is noted of it, where there is one.
    """

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80, unique=True)
    nature = models.CharField(max_length=15, choices=CheckNature.choices, default=CheckNature.OTHER)
    what_it_is = models.CharField("what it is, for the applicant", max_length=300)
    what_you_do = models.CharField("what the applicant can do", max_length=300)
    lies_first_with = models.CharField(
        max_length=12, choices=CheckHolder.choices, default=CheckHolder.HR
    )
    first_step = models.CharField("what is done first", max_length=200)
    number_is = models.CharField("name of its number, if it has one", max_length=60, blank=True)
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["nature"],
                condition=~Q(nature=CheckNature.OTHER),
                name="one_check_kind_of_each_nature",
                violation_error_message="There is a check of this nature already.",
            ),
        ]

    def __str__(self):
        return self.name


class RequiredCheckQuerySet(models.QuerySet):
    def in_force(self, on):
        """The rows that hold on the date `on`, the one that began last of each first."""
        held = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)
        return held.order_by("-starts_on", "-pk")


class RequiredCheck(models.Model):
    """That a role, or each role of a family, needs a check between two dates, and how it is done.

    A row of the role goes before one of its family, and one that began later before an earlier. With
    `is_needed` false the role is spared what its family needs. `valid_months` is how long the check
    counts from the day it was issued, or seen.
    """

    role = models.ForeignKey(
        Role, null=True, blank=True, on_delete=models.PROTECT, related_name="required_checks"
    )
    family = models.CharField(max_length=20, choices=RoleFamily.choices, blank=True)
    kind = models.ForeignKey(CheckKind, on_delete=models.PROTECT, related_name="required")
    is_needed = models.BooleanField("needed", default=True)
    needs_second_person = models.BooleanField("a second person confirms it", default=False)
    valid_months = models.PositiveSmallIntegerField("counts for months", null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = RequiredCheckQuerySet.as_manager()

    class Meta:
        ordering = ["family", "role__name", "kind__position", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__isnull=True) & ~Q(family="") | Q(role__isnull=False, family=""),
                name="required_check_of_role_or_family",
                violation_error_message="Choose a role or a family of roles, not both.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="required_check_ends_after_it_starts",
                violation_error_message="It must not end before it starts.",
            ),
            models.UniqueConstraint(
                fields=["role", "family", "kind", "starts_on"],
                nulls_distinct=False,
                name="required_check_once_a_day",
                violation_error_message="There is a row for this check from that day already.",
            ),
        ]

    def __str__(self):
        return f"{self.kind} for {self.role or self.get_family_display()}"


class CheckQuerySet(models.QuerySet):
    def open(self):
        """Checks that are neither confirmed nor known to be needless."""
        return self.exclude(state__in=sorted(CHECK_DONE))

    def under_way(self):
        """Open checks of people to whom an offer was made and who have not started."""
        return self.open().filter(application__state__in=["offered", "checks"])

    def with_details_past_their_date(self, on):
        """Checks whose number and words should have been destroyed before the date `on`."""
        return self.filter(destroy_on__lte=on, destroyed_at__isnull=True)


@pghistory.track(exclude=CHECK_WORDS)
class Check(MovesThroughStates, models.Model):
    """One check of one applicant: with whom it lies, and what was seen, when and by whom. Never a tick.

    `seen_on` is the day something was looked at, `seen_at` when that was written down. Where the kind
    needs a second person, who confirms it is another than who saw it. The number and the words of a
    certificate go on `destroy_on`; its dates, level and what we decided stay.
    """

    TRANSITIONS = CHECK_TRANSITIONS

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="checks")
    kind = models.ForeignKey(CheckKind, on_delete=models.PROTECT, related_name="checks")
    state = models.CharField(max_length=10, choices=CheckState.choices, default=CheckState.WAITING)
    needs_second_person = models.BooleanField(default=False)
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)

    holder = models.CharField("lies with", max_length=12, choices=CheckHolder.choices, blank=True)
    held_since = models.DateTimeField(null=True, blank=True)
    next_step = EncryptedTextField(blank=True)

    what_was_seen = EncryptedTextField(blank=True)
    number = EncryptedTextField(blank=True)
    way = models.CharField(max_length=10, choices=RightToWorkWay.choices, blank=True)
    level = models.CharField(max_length=16, choices=DbsLevel.choices, blank=True)
    outcome = models.CharField(max_length=12, choices=DbsOutcome.choices, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    second_at = models.DateTimeField(null=True, blank=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = EncryptedTextField("why there is a problem, or why it is not needed", blank=True)
    destroy_on = models.DateField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["application", "kind__position", "pk"]
        permissions = [
            ("record_check", "Can record the steps of a check"),
            ("undo_check", "Can take back that a check is confirmed"),
            ("keep_ledger", "Can look people up on the register and take back its list"),
            ("print_inspection_file", "Can print the inspection file and the central record"),
        ]
        indexes = [
            models.Index(
                fields=["held_since"],
                condition=~Q(state__in=sorted(CHECK_DONE)),
                name="check_open_by_age",
            ),
            models.Index(
                fields=["destroy_on"],
                condition=Q(destroyed_at__isnull=True, destroy_on__isnull=False),
                name="check_to_destroy",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], name="one_check_of_each_kind"),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("seen_by")),
                name="check_second_person_is_another",
                violation_error_message="The second person must be another than the first.",
            ),
            models.CheckConstraint(
                condition=~Q(state=CheckState.CONFIRMED)
                | Q(
                    seen_on__isnull=False,
                    seen_at__isnull=False,
                    seen_by__isnull=False,
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                ),
                name="check_confirmed_says_who_and_when",
                violation_error_message="A confirmed check says what was seen, when and by whom.",
            ),
            models.CheckConstraint(
                condition=Q(state=CheckState.CONFIRMED)
                | Q(confirmed_at__isnull=True, confirmed_by__isnull=True),
                name="check_confirmed_only_when_it_is",
            ),
            models.CheckConstraint(
                condition=~Q(state=CheckState.CONFIRMED, needs_second_person=True)
                | Q(second_at__isnull=False, second_by__isnull=False),
                name="check_confirmed_by_a_second_person",
                violation_error_message="A second person confirms this check.",
            ),
            models.CheckConstraint(
                condition=Q(state=CheckState.HELD, held_since__isnull=False) & ~Q(holder="")
                | ~Q(state=CheckState.HELD),
                name="check_with_somebody_says_with_whom",
                violation_error_message="Say with whom it lies.",
            ),
        ]

    def __str__(self):
        return f"{self.kind} of {self.application}"

    @property
    def is_done(self):
        return self.state in CHECK_DONE


class CheckStep(models.Model):
    """One thing that was done about a check, by whom, and in which words: its own history.

    `done_by` is empty when no person did it. The words go with the check's own.
    """

    check_of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="steps")
    to_state = models.CharField(max_length=10, choices=CheckState.choices)
    holder = models.CharField(max_length=12, choices=CheckHolder.choices, blank=True)
    words = EncryptedTextField(blank=True)
    done_at = models.DateTimeField(default=timezone.now)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["done_at", "pk"]

    def __str__(self):
        return f"{self.check_of}: {self.get_to_state_display()}"
