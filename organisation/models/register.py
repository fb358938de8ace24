"""Lists that HR reads into the staff register: the list, its rows, and what each would change."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from accounts.states import MovesThroughStates
from organisation.states import (
    GOOD_OUTCOMES,
    REGISTER_TRANSITIONS,
    RegisterOutcome,
    RegisterState,
)


class RegisterKind(models.TextChoices):
    STAFF = "staff", "Staff register"
    ABSENCE = "absence", "Absence"


# What HR calls it; in a list of absence nobody joins.
OUTCOME_OF_ABSENCE = {RegisterOutcome.NEW: "New"}


class RegisterImportQuerySet(models.QuerySet):
    def to_work_on(self, now):
        """Those a worker has something to do for, and none is at by the moment `now`."""
        free = Q(busy_until__isnull=True) | Q(busy_until__lt=now)
        return self.filter(free, state=RegisterState.APPLYING).order_by("pk")


class RegisterImport(MovesThroughStates, models.Model):
    """One list of staff or of absence, checked when it is sent in and imported when HR says so.

    The file itself is not kept, only the cells of its rows. A worker has an import for itself until
    `busy_until`; `attempts` counts beginnings without progress: a list that stops workers is given up.
    """

    TRANSITIONS = REGISTER_TRANSITIONS

    kind = models.CharField(
        "what it lists", max_length=10, choices=RegisterKind.choices, default=RegisterKind.STAFF
    )
    state = models.CharField(
        max_length=10, choices=RegisterState.choices, default=RegisterState.CHECKED, editable=False
    )
    original_name = models.CharField("name of the file", max_length=150)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField("checked at", auto_now_add=True)
    unknown_columns = models.JSONField(default=list, blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField("why it stopped", max_length=300, blank=True)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        verbose_name = "register import"
        ordering = ["-pk"]
        permissions = [("import_register", "Can import the staff register")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RegisterState.FAILED) & ~Q(failure="")
                | ~Q(state=RegisterState.FAILED) & Q(failure=""),
                name="register_import_stopped_for_a_reason",
            )
        ]

    def __str__(self):
        return self.original_name

    def called(self, outcome):
        """Return what an outcome is called in this kind of list."""
        outcome = RegisterOutcome(outcome)
        own = OUTCOME_OF_ABSENCE if self.kind == RegisterKind.ABSENCE else {}
        return own.get(outcome, outcome.label)

    def counts(self):
        """Return how many rows there are of each outcome."""
        found = self.rows.order_by().values_list("outcome").annotate(Count("pk"))
        return {outcome.value: 0 for outcome in RegisterOutcome} | dict(found)


class RegisterRowQuerySet(models.QuerySet):
    def to_do(self):
        """Good rows that have not been imported yet."""
        return self.filter(outcome__in=GOOD_OUTCOMES, done_at__isnull=True)


class RegisterRow(models.Model):
    """One row: its `number` in the file, its cells as text by column, and what becomes of it.

    `changes` are [heading, before, after] in words; `employee_number` tells whose row it is.
    """

    run = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    employee_number = models.CharField(max_length=20)
    cells = models.JSONField()
    outcome = models.CharField(max_length=8, choices=RegisterOutcome.choices)
    problems = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = RegisterRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["run", "outcome"], name="register_row_by_outcome"),
            models.Index(fields=["employee_number"], name="register_row_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="register_row_once_a_file")
        ]

    def __str__(self):
        return f"Row {self.number}"

    @property
    def outcome_words(self):
        return self.run.called(self.outcome)
