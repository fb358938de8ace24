"""What the clock decides: unanswered offers, managers who did not object, sessions that have begun."""

import logging

from django.db import Error
from django.db.models import Q
from django.utils import timezone

from training.actions.approvals import escalate_booking, lapse_booking, take_silence_as_approval
from training.actions.drawing import settle_round
from training.actions.following import follow_nominations
from training.actions.offers import fill_free_places, lapse_offer
from training.actions.swap import lapse_swaps
from training.models import Booking, FairRound, Session
from training.states import BookingState, SessionState

log = logging.getLogger(__name__)


def let_time_answer():
    """Do everything whose time has come, each in a transaction of its own. Safe to run at any time.

    One that fails is logged and left for the next run.
    """
    now = timezone.now()
    take_silence_as_approval(at=now)
    lapse_swaps(at=now)
    begun = Booking.objects.filter(session__starts_at__lte=now)
    late = Booking.objects.filter(answer_by__lte=now)
    _each(late.filter(state=BookingState.OFFERED), lambda row: lapse_offer(booking=row))
    overtaken = begun.filter(state__in=[BookingState.HELD, BookingState.WAITING])
    _each(overtaken, lambda row: lapse_booking(booking=row))
    unanswered = late.filter(state=BookingState.HELD, escalated_at=None)
    _each(unanswered, lambda row: escalate_booking(booking=row))
    rounds = FairRound.objects.running().with_sessions()
    ready = Q(closes_at__lte=now) | Q(session__starts_at__lte=now)
    ready |= Q(session__state=SessionState.CANCELLED)
    # The earlier round first: who has a place from it is busy in one at the same time.
    _each(
        rounds.filter(ready).order_by("closes_at", "pk"), lambda row: settle_round(fair_round=row)
    )
    waited_for = Session.objects.with_a_place_that_is_waited_for(now)
    _each(waited_for, lambda row: fill_free_places(session=row))
    follow_nominations(at=now)


def _each(rows, act):
    for row in rows.iterator(chunk_size=500):
        try:
            act(row)
        except Error:
            log.exception("Could not answer for %s %s", row._meta.label, row.pk)
