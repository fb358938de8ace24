"""Fair rounds: announced for a scarce session, asked in for a week or more, or called off."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from training import emails
from training.actions.offers import offer_free_places
from training.actions.places import (
    OwnBookings,
    lock_people,
    lock_session,
    lock_session_and_person,
    new_booking,
    refuse_unless_ahead,
)
from training.exceptions import AlreadyBooked, NoRoundNow, RoundRefused
from training.models import Booking, FairRound
from training.queries import hash_of, waiting_in_published_order
from training.rules import can_run_rounds
from training.states import BookingEvent, BookingState, RoundEvent, RoundState, SessionState


@transaction.atomic
def announce_round(*, session, opens_at, closes_at, by):
    """Let the places of a session go by a fair round, and return the round.

    The seed of the draw is made now, and its hash is published and logged. Until the places are
    given nobody can book the session or wait for it. Raises PermissionDenied and RoundRefused.
    """
    if not can_run_rounds(by):
        raise PermissionDenied("You cannot run fair rounds.")
    session = lock_session(session)
    refuse_round(session, opens_at, closes_at)
    seed = secrets.token_hex(32)
    fair_round = FairRound.objects.create(
        session=session,
        opens_at=opens_at,
        closes_at=closes_at,
        points=settings.FAIR_ROUND_POINTS,
        seed=seed,
        seed_hash=hash_of(seed),
        announced_by=by,
    )
    session.requests_open_at, session.requests_close_at = opens_at, closes_at
    session.save(update_fields=["requests_open_at", "requests_close_at"])
    audit.record(RoundEvent.ROUND_ANNOUNCED, fair_round, by=by, seed_hash=fair_round.seed_hash)
    return fair_round


def refuse_round(session, opens_at, closes_at):
    """Raise RoundRefused with what stands in the way of a round for a session, if anything does."""
    now = timezone.now()
    shortest = timedelta(days=settings.FAIR_ROUND_DAYS)
    before = timedelta(days=settings.FAIR_ROUND_CLOSES_DAYS_BEFORE)
    waits = {BookingState.WAITING, BookingState.OFFERED}
    if session.state != SessionState.PLANNED or session.has_started(now):
        raise RoundRefused("This session is cancelled or has begun.")
    if session.is_in_round:
        raise RoundRefused("A fair round is running for this session already.")
    if Booking.objects.filter(session=session, state__in=waits).exists():
        raise RoundRefused("People wait for this session already, and their order decides.")
    if opens_at <= now:
        raise RoundRefused("Requests must open later than now.")
    if closes_at - opens_at < shortest:
        raise RoundRefused(f"Keep requests open for {settings.FAIR_ROUND_DAYS} days or longer.")
    if closes_at > session.starts_at - before:
        days = settings.FAIR_ROUND_CLOSES_DAYS_BEFORE
        raise RoundRefused(f"Requests must close {days} days before the session or earlier.")


@transaction.atomic
def request_place(*, session, person, by, one_time_key=None):
    """Ask for a place in the session's fair round, and return the booking: asked for.

    With a `one_time_key` that this person has used for this session before, returns what it made. It
    is taken back as any booking is cancelled. The person gets an e-mail with the number of the
    request. Raises PermissionDenied, SessionStarted, SessionCancelled, AlreadyBooked, NoRoundNow
    outside the time for requests, and FormUsedBefore when the key made something else.
    """
    session, person = lock_session_and_person(session, person)
    own = OwnBookings(session, person, one_time_key)
    if own.repeated:
        return own.repeated
    refuse_unless_ahead(session, person, by)
    if not session.takes_requests(timezone.now()):
        raise NoRoundNow(session)
    if own.current:
        raise AlreadyBooked(own.current)
    booking = new_booking(session, person, by, one_time_key)
    booking.state = BookingState.REQUESTED
    booking.save()
    fair_round = FairRound.objects.running().get(session=session)
    audit.record(RoundEvent.PLACE_REQUESTED, booking, by=by)
    emails.place_requested(booking, fair_round)
    return booking


@transaction.atomic
def call_off_round(*, fair_round, by, reason):
    """Call a round off before its places are given: who has asked is on the waiting list instead.

    Free places are offered at once in the published order. Everybody who has asked is told why.
    Raises PermissionDenied, and RoundRefused when the round is over.
    """
    if not can_run_rounds(by):
        raise PermissionDenied("You cannot run fair rounds.")
    session = lock_session(fair_round.session)
    fair_round = lock_round(fair_round)
    if not fair_round.is_running:
        raise RoundRefused("This round is over already.")
    requests = requests_for(session)
    lock_people([session], *[row.person for row in requests])
    end_round(fair_round, session, RoundState.CALLED_OFF, reason=reason)
    audit.record(RoundEvent.ROUND_CALLED_OFF, fair_round, by=by)
    for booking in requests:
        booking.move_to(BookingState.WAITING)
        booking.waiting_since = booking.made_at
        booking.save(update_fields=["state", "waiting_since"])
        audit.record(BookingEvent.WAITING_LIST_JOINED, booking, by=None)
        emails.round_called_off(booking, fair_round)
    keep_positions(session)
    offer_free_places(session)
    return fair_round


def call_off_with_its_session(session, by):
    """Call off the round, if one runs, of a locked session that is cancelled. That tells who has asked."""
    if session.is_in_round:
        fair_round = lock_round(FairRound.objects.running().get(session=session))
        reason = "The session was cancelled."
        end_round(fair_round, session, RoundState.CALLED_OFF, reason=reason)
        audit.record(RoundEvent.ROUND_CALLED_OFF, fair_round, by=by)


def lock_round(fair_round):
    """Lock a round whose session the caller has locked, and return it fresh."""
    return FairRound.objects.select_for_update(no_key=True).get(pk=fair_round.pk)


def requests_for(session):
    """Return what is asked for on a session that the caller has locked, the first request first."""
    asked = Booking.objects.filter(session=session, state=BookingState.REQUESTED)
    return list(asked.select_related("person", "made_by", "session__course").order_by("pk"))


def end_round(fair_round, session, state, *, reason="", places=None):
    """End a round, and let the session be booked again. The caller has locked both."""
    fair_round.session = session
    fair_round.move_to(state)
    fair_round.places, fair_round.end_reason = places, reason
    fair_round.ended_at = timezone.now()
    fair_round.save(update_fields=["state", "places", "end_reason", "ended_at"])
    session.requests_open_at = session.requests_close_at = None
    session.save(update_fields=["requests_open_at", "requests_close_at"])


def keep_positions(session):
    """Keep at which place of the order each wait for the session begins. Returns the waits in order."""
    queue = waiting_in_published_order(session, timezone.now())
    for position, booking in enumerate(queue, start=1):
        booking.joined_at_position = position
    Booking.objects.bulk_update(queue, ["joined_at_position"])
    return queue


def delete_round_lines_past_their_time(*, on):
    """Delete the lines of rounds that ended longer ago than settings.RETENTION says by the date `on`."""
    return carry_out("fair_round", on=on)
