import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.states import MovesThroughStates
from training.models.courses import Session
from training.models.programmes import Intake
from training.states import (
    CURRENT_NOMINATION_STATES,
    NOMINATION_TRANSITIONS,
    NominationState,
)


class NominationQuerySet(models.QuerySet):
    def awaiting_decision(self):
        return self.filter(state=NominationState.AWAITING_DECISION)

    def current(self):
        return self.filter(state__in=CURRENT_NOMINATION_STATES)

    def seen_by(self, user):
        """Nominations of the person and those they made."""
        return self.filter(Q(nominee=user) | Q(nominated_by=user))

    def with_targets(self):
        return self.select_related("nominee", "nominated_by", "session__course", "intake__version")


@pghistory.track()
class Nomination(MovesThroughStates, models.Model):
    """A person put forward for a session or for an intake, by their manager or by themselves.

    A workforce development officer decides: enrolling for a session books a place. When decided it
    holds who, when and, for a refusal, why. `cover_reason` is why it has to be that session although
    the team falls below its minimum. Write through training.actions only.
    """

    TRANSITIONS = NOMINATION_TRANSITIONS

    nominee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="nominations"
    )
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="nominations_made",
    )
    session = models.ForeignKey(
        Session,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="nominations",
    )
    intake = models.ForeignKey(
        Intake,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="nominations",
    )
    reason = models.TextField()
    cover_reason = models.TextField("reason to go below safe cover", blank=True)
    state = models.CharField(
        max_length=20,
        choices=NominationState.choices,
        default=NominationState.AWAITING_DECISION,
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    decision_reason = models.TextField("reason for the decision", blank=True)
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        permissions = [
            ("decide_nomination", "Can enrol or decline a nomination"),
            ("nominate_report", "Can nominate somebody they manage"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(session__isnull=False, intake__isnull=True)
                | Q(session__isnull=True, intake__isnull=False),
                name="nomination_is_for_one_thing",
                violation_error_message="Nominate for a session or for an intake.",
            ),
            models.UniqueConstraint(
                fields=["nominee", "session"],
                condition=Q(state__in=sorted(CURRENT_NOMINATION_STATES)),
                name="one_current_nomination_per_session",
                violation_error_message="This person has been nominated for this already.",
            ),
            models.UniqueConstraint(
                fields=["nominee", "intake"],
                condition=Q(state__in=sorted(CURRENT_NOMINATION_STATES)),
                name="one_current_nomination_per_intake",
                violation_error_message="This person has been nominated for this already.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=NominationState.AWAITING_DECISION,
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                )
                | ~Q(state=NominationState.AWAITING_DECISION)
                & Q(decided_at__isnull=False)
                # Nobody in person takes back the nomination of somebody who has left.
                & (Q(decided_by__isnull=False) | Q(state=NominationState.WITHDRAWN)),
                name="nomination_decision_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.nominee} for {self.target}"

    @property
    def target(self):
        """The session or the intake it is for."""
        return self.session or self.intake

    @property
    def is_own(self):
        return self.nominee_id == self.nominated_by_id
