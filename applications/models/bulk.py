"""What HR does with several applications at once: the preview is stored, and carried out once."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from accounts.states import MovesThroughStates
from applications.models.applications import Application
from applications.models.messages import MessageTemplate
from applications.states import (
    BULK_TRANSITIONS,
    ApplicationState,
    BulkKind,
    BulkOutcome,
    BulkState,
)


class BulkActionQuerySet(models.QuerySet):
    def to_work_on(self):
        """Those that are confirmed and not carried out to their end, the first first."""
        return self.filter(state=BulkState.RUNNING).order_by("pk")


class BulkAction(MovesThroughStates, models.Model):
    """Several applications that one person of HR moves along or writes to.

    `words` may hold placeholders. `one_time_key` belongs to the preview that was looked at: another
    preview has another, and a key is good for one confirmation. The database refuses a refusal without
    words.
    """

    TRANSITIONS = BULK_TRANSITIONS

    state = models.CharField(
        max_length=8, choices=BulkState.choices, default=BulkState.PREPARED, editable=False
    )
    kind = models.CharField(max_length=7, choices=BulkKind.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=ApplicationState.choices, blank=True)
    template = models.ForeignKey(
        MessageTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subject = models.CharField(max_length=150, blank=True)
    words = models.TextField(max_length=4000, blank=True)
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BulkActionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=BulkState.PREPARED, started_at__isnull=True)
                | ~Q(state=BulkState.PREPARED) & ~Q(kind="") & Q(started_at__isnull=False),
                name="bulk_action_says_what_when_begun",
            ),
            models.CheckConstraint(
                condition=Q(state=BulkState.DONE, finished_at__isnull=False)
                | ~Q(state=BulkState.DONE) & Q(finished_at__isnull=True),
                name="bulk_action_finished_at_when_done",
            ),
            models.CheckConstraint(
                condition=~Q(to_state=ApplicationState.UNSUCCESSFUL, words=""),
                name="bulk_action_refuses_nobody_without_words",
            ),
        ]

    def __str__(self):
        return f"Bulk action {self.pk}"

    @property
    def label(self):
        """What it does, in words."""
        if self.kind == BulkKind.MOVE:
            return f"Move to “{ApplicationState(self.to_state).label}”"
        return f"Send the message “{self.subject}”" if self.subject else "Send a message"

    def counts(self):
        """Return how many rows there are of each outcome."""
        found = self.rows.order_by().values_list("outcome").annotate(Count("pk"))
        return dict.fromkeys(BulkOutcome.values, 0) | dict(found)


class BulkRow(models.Model):
    """One application of a bulk action: the state it had in the preview, and what became of it."""

    bulk = models.ForeignKey(BulkAction, on_delete=models.CASCADE, related_name="rows")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="bulk_rows")
    from_state = models.CharField(max_length=12, choices=ApplicationState.choices)
    outcome = models.CharField(
        max_length=8, choices=BulkOutcome.choices, default=BulkOutcome.WAITING
    )
    why = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bulk", "application"], name="an_application_once_in_a_bulk_action"
            ),
            models.CheckConstraint(
                condition=Q(outcome=BulkOutcome.WAITING, done_at__isnull=True)
                | ~Q(outcome=BulkOutcome.WAITING) & Q(done_at__isnull=False),
                name="bulk_row_done_at_with_its_outcome",
            ),
        ]

    def __str__(self):
        return f"{self.application_id} in {self.bulk_id}"
