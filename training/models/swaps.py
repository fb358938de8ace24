from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.states import MovesThroughStates
from training.models.bookings import Booking
from training.states import SWAP_TRANSITIONS, BookingState, SwapState


class SwapQuerySet(models.QuerySet):
    def open(self, at):
        """Proposals that can still be answered: one has the place, the other waits, nothing has begun."""
        return self.filter(
            state=SwapState.PROPOSED,
            booking__state=BookingState.BOOKED,
            waiting__state=BookingState.WAITING,
            booking__session__starts_at__gt=at,
        )

    def overtaken(self, at):
        """Proposals that nobody answered before something else happened."""
        return self.filter(state=SwapState.PROPOSED).exclude(pk__in=self.open(at))

    def with_people(self):
        return self.select_related("booking__person", "waiting__person", "booking__session__course")


class SwapProposal(MovesThroughStates, models.Model):
    """Somebody with a place offers it to a colleague who waits for that session.

    `booking` has the place, `waiting` is the colleague's wait. Both keep what they have until the
    colleague accepts. Write through training.actions only.
    """

    TRANSITIONS = SWAP_TRANSITIONS

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="swaps_proposed")
    waiting = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="swaps_received")
    state = models.CharField(
        max_length=12, choices=SwapState.choices, default=SwapState.PROPOSED, editable=False
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SwapQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"],
                condition=Q(state=SwapState.PROPOSED),
                name="a_place_is_proposed_to_one_colleague_at_a_time",
                violation_error_message="You have asked somebody already.",
            ),
            models.CheckConstraint(
                condition=Q(state=SwapState.PROPOSED, answered_at__isnull=True)
                | ~Q(state=SwapState.PROPOSED) & Q(answered_at__isnull=False),
                name="swap_has_an_answer_once_it_is_over",
            ),
        ]

    def __str__(self):
        return f"{self.booking} to {self.waiting.person}"
