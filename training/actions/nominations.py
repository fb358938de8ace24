import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from training import nomination_emails
from training.actions.bookings import book_past_the_order, put_on_list, take_place
from training.actions.places import current_booking, end_booking, lock_session_and_person
from training.actions.safe_cover import lock_cover_of, refuse_below_cover
from training.exceptions import (
    AlreadyBooked,
    AlreadyNominated,
    BookingRefused,
    NominationDecided,
    NominationFormUsedBefore,
    NominationRefused,
    NominationsClosed,
    NotAllNominated,
    RoundRunning,
    SessionFull,
)
from training.models import Intake, Nomination, Session
from training.queries import places_enrolled
from training.rules import (
    can_decide_nomination,
    can_nominate,
    can_put_self_forward,
    can_withdraw_nomination,
)
from training.states import (
    BookingEvent,
    BookingState,
    EndReason,
    NominationEvent,
    NominationState,
    SessionState,
)


@dataclass(frozen=True)
class Choice:
    """Somebody to be nominated, and why; `cover_reason` where the team would fall below its minimum."""

    nominee: User
    reason: str
    cover_reason: str = ""


@transaction.atomic
def nominate_several(*, choices, by, session=None, intake=None, one_time_key=None):
    """Nominate people whom `by` manages for one thing, in the order of `choices`, the first choice first.

    All of them or nobody. Their ranks go on from those `by` has put forward for it before. Each
    nominee gets an e-mail; the manager and the nominations mailbox get one with all of them. Those
    whom the same `one_time_key` nominated before are left as they are. Returns the nominations.
    Raises PermissionDenied unless `by` manages all of them today, and NotAllNominated with what
    stands in the way of each: NominationsClosed, AlreadyNominated, AlreadyBooked, BelowSafeCover
    without a reason, RoundRunning, NominationFormUsedBefore.
    """
    people = _lock_people([by, *[choice.nominee for choice in choices]])
    today = timezone.localdate()
    if not all(can_nominate(by, people[choice.nominee.pk], today) for choice in choices):
        raise PermissionDenied("You can nominate people you manage.")
    if session:
        for nominee in sorted(people.values(), key=_team_of):
            lock_cover_of(nominee)
    wanted = {"session": session, "intake": intake}
    rank = _last_rank(by, wanted)
    made, new, refusals = [], [], {}
    for choice in choices:
        key = one_time_key and uuid.uuid5(one_time_key, str(choice.nominee.pk))
        try:
            nomination, is_new = _put_forward(choice, by, wanted, key, rank + len(new) + 1)
        except (NominationRefused, BookingRefused) as refusal:
            refusals[choice.nominee.pk] = refusal
        else:
            made.append(nomination)
            new += [nomination] if is_new else []
    if refusals:
        raise NotAllNominated(refusals)
    nomination_emails.nominations_made(new)
    return made


@transaction.atomic
def nominate(*, nominee, by, reason, session=None, intake=None, one_time_key=None, cover_reason=""):
    """Nominate one person, and return the nomination: see `nominate_several`. Raises what refuses it."""
    choice = Choice(nominee, reason, cover_reason)
    try:
        [nomination] = nominate_several(
            choices=[choice], by=by, session=session, intake=intake, one_time_key=one_time_key
        )
    except NotAllNominated as refused:
        raise refused.refusals[nominee.pk] from refused
    return nomination


@transaction.atomic
def put_self_forward(*, person, intake, reason, one_time_key=None):
    """Let a graduate put themselves forward for an intake; their line manager is told too.

    Raises PermissionDenied when the programme is not open to their role, NominationsClosed,
    AlreadyNominated, NominationFormUsedBefore.
    """
    person = _lock_people([person])[person.pk]
    if not can_put_self_forward(person, intake):
        raise PermissionDenied("This programme is not open to your role.")
    wanted = {"session": None, "intake": intake}
    nomination, is_new = _put_forward(Choice(person, reason), person, wanted, one_time_key, 1)
    if is_new:
        nomination_emails.nominations_made([nomination])
    return nomination


@transaction.atomic
def enrol_nomination(*, nomination, by, cover_reason="", past_the_order=""):
    """Enrol the nominee: a place on the session is booked, or one of the intake's places is taken.

    Where none is free they wait: for a session in the published order of its waiting list, for an
    intake in the order in which officers decided. With `past_the_order`, a reason that is kept as an
    override, a place on a session is given before those who wait. The nominee, the manager and the
    mailbox get an e-mail each; a booked place comes with its calendar file. What the manager said
    about safe cover counts, else the officer's `cover_reason`. Raises PermissionDenied,
    NominationDecided and what booking raises, but for SessionFull.
    """
    nomination = _locked_for_decision(nomination, by)
    booking = None
    if nomination.session:
        booking = _give_place(nomination, by, cover_reason, past_the_order.strip())
        waits = booking.is_waiting
    else:
        intake = Intake.objects.select_for_update(no_key=True).get(pk=nomination.intake_id)
        waits = places_enrolled(intake) >= intake.places
    decide(nomination, NominationState.WAITING if waits else NominationState.ENROLLED, by)
    if waits:
        audit.record(NominationEvent.NOMINATION_PUT_ON_LIST, nomination, by=by)
        nomination_emails.nomination_waiting(nomination)
    else:
        audit.record(NominationEvent.NOMINATION_ENROLLED, nomination, by=by)
        nomination_emails.nomination_enrolled(nomination, booking)
    return nomination


@transaction.atomic
def decline_nomination(*, nomination, by, reason):
    """Decline a nomination with a reason, which the nominee, the manager and the mailbox are told.

    Raises PermissionDenied, NominationDecided.
    """
    nomination = _locked_for_decision(nomination, by)
    nomination.decision_reason = reason
    decide(nomination, NominationState.DECLINED, by)
    audit.record(NominationEvent.NOMINATION_DECLINED, nomination, by=by)
    nomination_emails.nomination_declined(nomination)
    return nomination


@transaction.atomic
def withdraw_nomination(*, nomination, by):
    """Take a nomination back while there is no place yet, or a place on an intake.

    A wait that the nomination began ends with it. The nominee, the manager and the mailbox are told.
    Raises PermissionDenied.
    """
    nomination = lock_nomination(nomination)
    if not can_withdraw_nomination(by, nomination):
        raise PermissionDenied("This nomination cannot be taken back.")
    if nomination.session and nomination.state == NominationState.WAITING:
        _end_the_wait(nomination)
    decide(nomination, NominationState.WITHDRAWN, by)
    audit.record(NominationEvent.NOMINATION_WITHDRAWN, nomination, by=by)
    nomination_emails.nomination_withdrawn(nomination)
    return nomination


def decide(nomination, state, by):
    """Give a nomination that the caller has locked its state; `by` is None for the clock."""
    nomination.move_to(state)
    nomination.decided_at = timezone.now()
    nomination.decided_by = by or nomination.decided_by
    nomination.save(update_fields=["state", "decided_at", "decided_by", "decision_reason"])


def lock_nomination(nomination):
    """Lock a nomination, before any session and any person, and return it fresh."""
    locked = Nomination.objects.select_for_update(no_key=True, of=["self"])
    return locked.with_targets().get(pk=nomination.pk)


def _give_place(nomination, by, cover_reason, past_the_order):
    """Book the place, or put the nominee on the list of a session that is full. Returns the booking."""
    managers = nomination.cover_reason
    of_the_place = {
        "tells": False,
        "cover_reason": managers or cover_reason,
        "cover_reason_by": nomination.nominated_by if managers else by,
    }
    session, person = lock_session_and_person(nomination.session, nomination.nominee)
    if past_the_order:
        return book_past_the_order(
            session=session, person=person, by=by, reason=past_the_order, **of_the_place
        )
    try:
        return take_place(session=session, person=person, by=by, **of_the_place)
    except SessionFull:
        return put_on_list(session, person, by)


def _end_the_wait(nomination):
    """End the wait that a nomination began, unless there is a place already. Others' own waits stay."""
    session, person = lock_session_and_person(nomination.session, nomination.nominee)
    booking = current_booking(session, person)
    if booking and booking.is_waiting and booking.made_by_id != person.pk:
        end_booking(
            booking,
            BookingState.CANCELLED_BY_SERVICE,
            why=EndReason.NOMINATION_ENDED,
            at=timezone.now(),
        )
        booking.save()
        audit.record(BookingEvent.BOOKING_CANCELLED, booking, by=None, had_a_place=False)


def _put_forward(choice, by, wanted, one_time_key, rank):
    """Make a nomination, unless the key made it before. Returns it, and whether it is new."""
    nominee, session = choice.nominee, wanted["session"]
    for_this = Nomination.objects.current().filter(nominee=nominee, **wanted)
    if Nomination.objects.filter(one_time_key=one_time_key).exists():
        repeated = for_this.filter(one_time_key=one_time_key, nominated_by=by).first()
        if repeated is None:
            raise NominationFormUsedBefore
        return repeated, False
    _refuse_unless_taken(**wanted)
    if for_this.exists():
        raise AlreadyNominated(nominee)
    booking = session and current_booking(session, nominee)
    if booking:
        raise AlreadyBooked(booking)
    below = refuse_below_cover(session, nominee, choice.cover_reason) if session else []
    nomination = Nomination.objects.create(
        nominee=nominee,
        nominated_by=by,
        reason=choice.reason,
        cover_reason=choice.cover_reason.strip() if below else "",
        rank=rank,
        one_time_key=one_time_key or uuid.uuid4(),
        **wanted,
    )
    audit.record(NominationEvent.NOMINATION_MADE, nomination, by=by)
    return nomination, True


def _refuse_unless_taken(session, intake):
    """Raise NominationsClosed or RoundRunning unless nominations are taken for it now."""
    if intake:
        if intake.closes_on < timezone.localdate():
            raise NominationsClosed
        return
    session = Session.objects.get(pk=session.pk)
    if session.state != SessionState.PLANNED or session.has_started(timezone.now()):
        raise NominationsClosed
    if session.is_in_round:
        raise RoundRunning(session)


def _last_rank(by, wanted):
    mine = Nomination.objects.current().filter(nominated_by=by, **wanted)
    return mine.aggregate(last=Max("rank"))["last"] or 0


def _lock_people(people):
    keys = [person.pk for person in people]
    locked = User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return {user.pk: user for user in locked}


def _team_of(person):
    return person.staff_member.team_id or 0


def _locked_for_decision(nomination, by):
    nomination = lock_nomination(nomination)
    if nomination.state != NominationState.AWAITING_DECISION:
        raise NominationDecided(nomination)
    if not can_decide_nomination(by, nomination):
        raise PermissionDenied("You cannot decide this nomination.")
    return nomination
