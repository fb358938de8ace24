"""Fair rounds and nominations."""

from django.db import models


class RoundState(models.TextChoices):
    """A fair round: announced until its places are given, or until it is called off."""

    ANNOUNCED = "announced", "Announced"
    SETTLED = "settled", "Places given"
    CALLED_OFF = "called_off", "Called off"


ROUND_TRANSITIONS = {
    RoundState.ANNOUNCED: {RoundState.SETTLED, RoundState.CALLED_OFF},
    RoundState.SETTLED: set(),
    RoundState.CALLED_OFF: set(),
}


class RoundOutcome(models.TextChoices):
    """What a request in a fair round came to on the day the places were given."""

    PLACE = "place", "A place"
    WAITING = "waiting", "On the waiting list"
    PASSED_OVER = "passed_over", "Passed over"


class NominationState(models.TextChoices):
    AWAITING_DECISION = "awaiting_decision", "Waiting for a decision"
    WAITING = "waiting", "Waiting for a place"
    ENROLLED = "enrolled", "Enrolled"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


NOMINATION_TRANSITIONS = {
    NominationState.AWAITING_DECISION: {
        NominationState.ENROLLED,
        NominationState.WAITING,
        NominationState.DECLINED,
        NominationState.WITHDRAWN,
    },
    # An officer has said yes, and there was no place: one that comes free enrols them.
    NominationState.WAITING: {
        NominationState.ENROLLED,
        NominationState.DECLINED,
        NominationState.WITHDRAWN,
    },
    NominationState.ENROLLED: {NominationState.WITHDRAWN},
    NominationState.DECLINED: set(),
    NominationState.WITHDRAWN: set(),
}

CURRENT_NOMINATION_STATES = {
    NominationState.AWAITING_DECISION,
    NominationState.WAITING,
    NominationState.ENROLLED,
}
