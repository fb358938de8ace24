"""Giving a place to a named colleague who waits for it: proposed by one, accepted by the other."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from training import emails
from training.actions.bookings import lock_sessions_freed_by, offer_what_was_freed
from training.actions.places import end_booking, lock_booking, lock_session, refuse_clash
from training.actions.settling import settle
from training.exceptions import SwapGone, SwapProposedAlready, SwapRefused
from training.models import SkippedOffer, SwapProposal
from training.queries import waiting_in_published_order
from training.rules import (
    can_answer_swap,
    can_propose_swap,
    can_take_swap_back,
    may_have_places,
)
from training.states import (
    BookingEvent,
    BookingState,
    EndReason,
    SkipReason,
    SwapEvent,
    SwapState,
)


@transaction.atomic
def propose_swap(*, booking, waiting, by):
    """Offer one's own place to a colleague who waits for the session and may be named.

    Asking the same colleague again changes nothing. The colleague gets an e-mail. Returns the
    proposal. Raises PermissionDenied, SwapGone, SwapRefused, and SwapProposedAlready while another
    colleague is asked.
    """
    session = lock_session(booking.session)
    booking, waiting = lock_booking(booking), lock_booking(waiting)
    now = timezone.now()
    if by.pk != booking.person_id:
        raise PermissionDenied("This place is not yours to give.")
    if not can_propose_swap(by, booking, now):
        raise SwapRefused("You have no place on this session that you could give away.")
    if waiting.session_id != session.pk or not (waiting.is_waiting and waiting.may_be_named):
        raise SwapGone
    lapse_swaps(at=now, booking=booking)
    current = SwapProposal.objects.with_people().filter(booking=booking, state=SwapState.PROPOSED)
    for proposal in current:
        if proposal.waiting_id == waiting.pk:
            return proposal
        raise SwapProposedAlready(proposal)
    proposal = SwapProposal.objects.create(booking=booking, waiting=waiting, made_by=by)
    audit.record(SwapEvent.SWAP_PROPOSED, proposal, by=by)
    emails.swap_proposed(proposal)
    return proposal


@transaction.atomic
def accept_swap(*, proposal, by):
    """Take the place a colleague gives, and return the booking: booked, or held for the manager.

    In one transaction the colleague's booking ends and this one has its place. Who stands before the
    person in the order is not passed over in silence: each has a line with the reason. Both get an
    e-mail with a calendar file. Saying yes twice is saying it once. Raises PermissionDenied, SwapGone,
    SwapRefused, and ClashesWith when the person has something else at that time.
    """
    sessions, proposal = _lock(proposal)
    if not can_answer_swap(by, proposal):
        raise PermissionDenied("This swap is not yours to answer.")
    if proposal.state == SwapState.ACCEPTED:
        return lock_booking(proposal.waiting)
    now = timezone.now()
    booking, waiting = _both_open(proposal, now)
    if not may_have_places(waiting.person):
        raise SwapRefused("You cannot have places at the moment.")
    refuse_clash(waiting.session, waiting.person)
    number = booking.place_number
    queue = waiting_in_published_order(waiting.session, now)
    end_booking(booking, BookingState.CANCELLED_BY_PERSON, why=EndReason.SWAPPED, at=now)
    booking.save()
    waiting.place_number = number
    settle(waiting, by=waiting.person)
    _pass_over(queue, waiting)
    _end(proposal, SwapState.ACCEPTED, SwapEvent.SWAP_ACCEPTED, by, now)
    audit.record(BookingEvent.BOOKING_SWAPPED, booking, by=booking.person, to=waiting.pk)
    emails.swap_accepted(proposal)
    offer_what_was_freed(sessions)
    return waiting


@transaction.atomic
def decline_swap(*, proposal, by):
    """Say no to a colleague's place. Both keep what they have, and the colleague is told.

    Raises PermissionDenied and SwapGone.
    """
    _, proposal = _lock(proposal)
    if not can_answer_swap(by, proposal):
        raise PermissionDenied("This swap is not yours to answer.")
    now = timezone.now()
    _both_open(proposal, now)
    _end(proposal, SwapState.DECLINED, SwapEvent.SWAP_DECLINED, by, now)
    emails.swap_declined(proposal)
    return proposal


@transaction.atomic
def withdraw_swap(*, proposal, by):
    """Take a proposal back that has not been answered; the colleague is told.

    Raises PermissionDenied and SwapGone.
    """
    _, proposal = _lock(proposal)
    if not can_take_swap_back(by, proposal):
        raise PermissionDenied("This swap is not yours to take back.")
    now = timezone.now()
    _both_open(proposal, now)
    _end(proposal, SwapState.WITHDRAWN, SwapEvent.SWAP_WITHDRAWN, by, now)
    emails.swap_withdrawn(proposal)
    return proposal


def lapse_swaps(*, at, **only):
    """End proposals that something else has overtaken. Returns how many. Safe to run again."""
    overtaken = SwapProposal.objects.overtaken(at).filter(**only)
    return overtaken.update(state=SwapState.LAPSED, answered_at=at)


def _lock(proposal):
    """Lock the sessions and people a swap concerns, then the proposal. Returns sessions and proposal."""
    sessions = lock_sessions_freed_by(proposal.booking)
    locked = SwapProposal.objects.select_for_update(no_key=True, of=["self"])
    return sessions, locked.with_people().get(pk=proposal.pk)


def _both_open(proposal, now):
    """Return both bookings, locked, or raise SwapGone when either is not what it was."""
    booking, waiting = lock_booking(proposal.booking), lock_booking(proposal.waiting)
    over = proposal.state != SwapState.PROPOSED or booking.session.has_started(now)
    if over or not booking.is_booked or not waiting.is_waiting:
        raise SwapGone
    proposal.booking, proposal.waiting = booking, waiting
    return booking, waiting


def _pass_over(queue, taker):
    """Keep why everybody before the taker in the order was not offered this place."""
    before = queue[: [row.pk for row in queue].index(taker.pk)]
    SkippedOffer.objects.bulk_create(
        [SkippedOffer(booking=row, offered=taker, reason=SkipReason.SWAPPED) for row in before],
        ignore_conflicts=True,
    )


def _end(proposal, state, event, by, now):
    proposal.move_to(state)
    proposal.answered_at = now
    proposal.save(update_fields=["state", "answered_at"])
    audit.record(event, proposal, by=by)
