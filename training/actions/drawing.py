"""A fair round's end: its places are given by points and by the draw, all in one transaction."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from training import emails
from training.actions.offers import Reasons, keep_skipped, offer_free_places
from training.actions.places import Places, end_booking, lock_people, lock_session
from training.actions.rounds import end_round, keep_positions, lock_round, requests_for
from training.actions.settling import settle
from training.models import RoundLine
from training.queries import cut_of, drawn_lines
from training.states import (
    BookingEvent,
    BookingState,
    EndReason,
    RoundEvent,
    RoundOutcome,
    RoundState,
    SkipReason,
)


@transaction.atomic
def settle_round(*, fair_round):
    """Give the places of a round whose time for requests is over, and tell everybody what came of it.

    Most points first, the draw between equals. Each place goes through the manager's say as when it
    is booked. Who cannot come is passed over with the reason; whoever has no place waits, in the order
    of the ranks. When the session has begun, the round is called off; it is when the session is
    cancelled. Safe to run again: all of it happens or nothing. Returns the round.
    """
    session = lock_session(fair_round.session)
    fair_round = lock_round(fair_round)
    now = timezone.now()
    if not fair_round.is_running:
        return fair_round
    requests = requests_for(session)
    people = lock_people([session], *[row.person for row in requests])
    for booking in requests:
        booking.session, booking.person = session, people[booking.person_id]
    fair_round.session = session
    if session.has_started(now):
        return _call_off_overtaken(fair_round, requests)
    if fair_round.closes_at > now:
        return fair_round
    lines = drawn_lines(requests, fair_round)
    _give_places(lines, session, now)
    RoundLine.objects.bulk_create(lines)
    places = sum(line.got_a_place for line in lines)
    end_round(fair_round, session, RoundState.SETTLED, places=places)
    audit.record(
        RoundEvent.ROUND_SETTLED,
        fair_round,
        by=None,
        seed=fair_round.seed,
        requests=len(lines),
        places=places,
    )
    _tell(fair_round, lines, keep_positions(session))
    offer_free_places(session)
    return fair_round


def _call_off_overtaken(fair_round, requests):
    """End a round whose session has begun."""
    session, now = fair_round.session, timezone.now()
    reason = "The session began before the draw."
    end_round(fair_round, session, RoundState.CALLED_OFF, reason=reason)
    audit.record(RoundEvent.ROUND_CALLED_OFF, fair_round, by=None)
    for booking in requests:
        end_booking(booking, BookingState.LAPSED, why=EndReason.NO_PLACE, at=now)
        booking.save()
        audit.record(BookingEvent.BOOKING_LAPSED, booking, by=None)
        emails.booking_lapsed(booking)
    return fair_round


def _give_places(lines, session, now):
    """Give each line its outcome, the first rank first, and its booking the state that follows."""
    numbers = Places(session).free
    reasons = Reasons(session, [line.booking for line in lines], now)
    skipped = []
    for line in lines:
        reason = reasons.in_the_way(line.booking)
        if reason == SkipReason.NOT_OPEN:
            _end_of_leaver(line, now)
        elif numbers and reason:
            line.outcome, line.passed_over = RoundOutcome.PASSED_OVER, reason
            skipped.append((line.booking, reason))
            _wait(line.booking, now)
        elif numbers:
            line.outcome = RoundOutcome.PLACE
            line.booking.place_number = numbers.pop(0)
            settle(line.booking, by=line.booking.made_by, tells=False)
        else:
            line.outcome = RoundOutcome.WAITING
            _wait(line.booking, now)
    keep_skipped(skipped, offered=None)


def _wait(booking, now):
    booking.move_to(BookingState.WAITING)
    booking.waiting_since = now
    booking.save(update_fields=["state", "waiting_since"])
    audit.record(BookingEvent.WAITING_LIST_JOINED, booking, by=None)


def _end_of_leaver(line, now):
    line.outcome, line.passed_over = RoundOutcome.PASSED_OVER, SkipReason.NOT_OPEN
    booking = line.booking
    end_booking(booking, BookingState.CANCELLED_BY_SERVICE, why=EndReason.LEFT, at=now)
    booking.save()
    audit.record(BookingEvent.BOOKING_CANCELLED, booking, by=None, had_a_place=False)
    emails.booking_ended_by_leaving(booking, had_a_place=False)


def _tell(fair_round, lines, queue):
    """Write to everybody who asked and is still here, with the reason for what came of it."""
    positions = {booking.pk: position for position, booking in enumerate(queue, start=1)}
    cut = cut_of(lines)
    for line in lines:
        if not line.booking.is_over:
            emails.round_result(line, fair_round, cut, position=positions.get(line.number))
