import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from training import emails
from training.actions.bookings import take_place
from training.actions.places import current_booking, lock_session_and_person
from training.actions.safe_cover import refuse_below_cover
from training.exceptions import (
    AlreadyBooked,
    AlreadyNominated,
    IntakeFull,
    NominationDecided,
    NominationFormUsedBefore,
    NominationsClosed,
)
from training.models import Intake, Nomination, Session
from training.queries import places_enrolled
from training.rules import (
    can_decide_nomination,
    can_nominate,
    can_put_self_forward,
    can_withdraw_nomination,
)
from training.states import NominationEvent, NominationState, SessionState


@transaction.atomic
def nominate(*, nominee, by, reason, session=None, intake=None, one_time_key=None, cover_reason=""):
    """Nominate somebody `by` manages for a session or for an intake, and return the nomination.

    The nominee, the manager and the nominations mailbox get an e-mail each. With a `one_time_key`
    that `by` has used for the same before, returns what it made. Where a session would leave the team
    below its minimum, `cover_reason` says why, and goes with the nomination. Raises PermissionDenied,
    NominationsClosed, AlreadyNominated, AlreadyBooked when the nominee has a place on the session or
    waits for one, BelowSafeCover without that reason, and NominationFormUsedBefore when the key made
    another.
    """
    nominee = _locked_person(nominee)
    if not can_nominate(by, nominee, timezone.localdate()):
        raise PermissionDenied("You can nominate people you manage.")
    return _put_forward(nominee, by, reason, session, intake, one_time_key, cover_reason)


@transaction.atomic
def put_self_forward(*, person, intake, reason, one_time_key=None):
    """Let a graduate put themselves forward for an intake; their line manager is told too.

    Raises PermissionDenied when the programme is not open to their role, NominationsClosed,
    AlreadyNominated, NominationFormUsedBefore.
    """
    person = _locked_person(person)
    if not can_put_self_forward(person, intake):
        raise PermissionDenied("This programme is not open to your role.")
    return _put_forward(person, person, reason, None, intake, one_time_key)


@transaction.atomic
def enrol_nomination(*, nomination, by, cover_reason=""):
    """Enrol the nominee: a place on the session is booked, or one of the intake's places is taken.

    The nominee, the manager and the mailbox get an e-mail each; a booked place comes with its
    calendar file. What the manager said about safe cover counts, else the officer's `cover_reason`.
    Raises PermissionDenied, NominationDecided, IntakeFull and what booking raises.
    """
    nomination = _locked_for_decision(nomination, by)
    booking = None
    if nomination.session:
        session, person = lock_session_and_person(nomination.session, nomination.nominee)
        managers = nomination.cover_reason
        booking = take_place(
            session=session,
            person=person,
            by=by,
            tells=False,
            cover_reason=managers or cover_reason,
            cover_reason_by=nomination.nominated_by if managers else by,
        )
    else:
        intake = Intake.objects.select_for_update(no_key=True).get(pk=nomination.intake_id)
        if places_enrolled(intake) >= intake.places:
            raise IntakeFull(nomination.intake)
    _decide(nomination, NominationState.ENROLLED, by)
    audit.record(NominationEvent.NOMINATION_ENROLLED, nomination, by=by)
    emails.nomination_enrolled(nomination, booking)
    return nomination


@transaction.atomic
def decline_nomination(*, nomination, by, reason):
    """Decline a nomination with a reason, which the nominee, the manager and the mailbox are told.

    Raises PermissionDenied, NominationDecided.
    """
    nomination = _locked_for_decision(nomination, by)
    nomination.decision_reason = reason
    _decide(nomination, NominationState.DECLINED, by)
    audit.record(NominationEvent.NOMINATION_DECLINED, nomination, by=by)
    emails.nomination_declined(nomination)
    return nomination


@transaction.atomic
def withdraw_nomination(*, nomination, by):
    """Take a nomination back before it is decided. Raises PermissionDenied."""
    nomination = _locked_nomination(nomination)
    if not can_withdraw_nomination(by, nomination):
        raise PermissionDenied("This nomination cannot be taken back.")
    _decide(nomination, NominationState.WITHDRAWN, by)
    audit.record(NominationEvent.NOMINATION_WITHDRAWN, nomination, by=by)
    return nomination


def _put_forward(nominee, by, reason, session, intake, one_time_key, cover_reason=""):
    for_this = Nomination.objects.current().filter(nominee=nominee, session=session, intake=intake)
    if Nomination.objects.filter(one_time_key=one_time_key).exists():
        repeated = for_this.filter(one_time_key=one_time_key, nominated_by=by).first()
        if repeated is None:
            raise NominationFormUsedBefore
        return repeated
    if not _takes_nominations(session, intake):
        raise NominationsClosed
    if for_this.exists():
        raise AlreadyNominated(nominee)
    booking = session and current_booking(session, nominee)
    if booking:
        raise AlreadyBooked(booking)
    below = refuse_below_cover(session, nominee, cover_reason) if session else []
    nomination = Nomination.objects.create(
        nominee=nominee,
        nominated_by=by,
        session=session,
        intake=intake,
        reason=reason,
        cover_reason=cover_reason.strip() if below else "",
        one_time_key=one_time_key or uuid.uuid4(),
    )
    audit.record(NominationEvent.NOMINATION_MADE, nomination, by=by)
    emails.nomination_made(nomination)
    return nomination


def _takes_nominations(session, intake):
    if intake:
        return intake.closes_on >= timezone.localdate()
    session = Session.objects.get(pk=session.pk)
    return session.state == SessionState.PLANNED and not session.has_started(timezone.now())


def _locked_person(person):
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _locked_nomination(nomination):
    locked = Nomination.objects.select_for_update(no_key=True, of=["self"])
    return locked.with_targets().get(pk=nomination.pk)


def _locked_for_decision(nomination, by):
    nomination = _locked_nomination(nomination)
    if nomination.state != NominationState.AWAITING_DECISION:
        raise NominationDecided(nomination)
    if not can_decide_nomination(by, nomination):
        raise PermissionDenied("You cannot decide this nomination.")
    return nomination


def _decide(nomination, state, by):
    nomination.move_to(state)
    nomination.decided_at = timezone.now()
    nomination.decided_by = by
    nomination.save(update_fields=["state", "decided_at", "decided_by", "decision_reason"])
