"""What becomes of nominations that nobody decides: they follow the wait, the session and the person."""

import logging

from django.db import Error, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from training import nomination_emails
from training.actions.nominations import decide, lock_nomination
from training.models import Booking, Intake, Nomination
from training.queries import places_enrolled
from training.rules import may_have_places
from training.states import (
    CURRENT_BOOKING_STATES,
    EndReason,
    NominationEvent,
    NominationState,
    SessionState,
)

log = logging.getLogger(__name__)

LEFT = "They no longer work here."
# What ends a nomination against the person's will, as everybody is told it. Any other end of the
# booking is the person's own, or a manager's, whose words are told.
ENDINGS = {
    EndReason.NO_PLACE: "No place came free before it began.",
    EndReason.SESSION_CANCELLED: "The session was cancelled.",
    EndReason.NOT_APPROVED: "The manager did not approve it.",
    EndReason.SAFE_COVER: "The team would have had too few people at work.",
}
GAVE_UP = "They stopped waiting, or did not take the place that was offered."


def follow_nominations(*, at):
    """Bring up to date every nomination that waits, or that time has overtaken by the moment `at`.

    Each in a transaction of its own; one that fails is logged and left for the next run. Safe to
    repeat.
    """
    today = timezone.localdate(at)
    undecided = Q(state=NominationState.AWAITING_DECISION)
    overtaken = (
        Q(session__starts_at__lte=at)
        | Q(session__state=SessionState.CANCELLED)
        | Q(intake__starts_on__lte=today)
    )
    left = Q(nominee__staff_member__left_on__lt=today)
    ahead = Q(state=NominationState.ENROLLED, intake__starts_on__gt=today)
    waiting = Q(state=NominationState.WAITING)
    wanted = waiting | undecided & (overtaken | left) | ahead & left
    for nomination in Nomination.objects.filter(wanted).order_by("decided_at", "pk"):
        try:
            follow_nomination(nomination=nomination)
        except Error:
            log.exception("Could not follow nomination %s", nomination.pk)


@transaction.atomic
def follow_nomination(*, nomination):
    """Enrol a nominee whose place has come, or end a nomination that can come to nothing any more.

    The nominee, the manager and the mailbox are told. Safe to run again. Returns the nomination.
    """
    nomination = lock_nomination(nomination)
    today = timezone.localdate()
    if nomination.state in {NominationState.DECLINED, NominationState.WITHDRAWN}:
        return nomination
    member = getattr(nomination.nominee, "staff_member", None)
    if member and member.has_left(today) and not may_have_places(nomination.nominee):
        return _end(nomination, NominationState.WITHDRAWN, LEFT)
    if nomination.state == NominationState.AWAITING_DECISION:
        return _end_if_overtaken(nomination)
    if nomination.state == NominationState.WAITING:
        return _follow_session(nomination) if nomination.session else _follow_intake(nomination)
    return nomination


def _end_if_overtaken(nomination):
    session, intake = nomination.session, nomination.intake
    if session and session.state == SessionState.CANCELLED:
        return _end(nomination, NominationState.DECLINED, ENDINGS[EndReason.SESSION_CANCELLED])
    begun = intake.starts_on <= timezone.localdate() if intake else None
    if begun or (session and session.has_started(timezone.now())):
        return _end(nomination, NominationState.DECLINED, "It began before this was decided.")
    return nomination


def _follow_session(nomination):
    bookings = Booking.objects.filter(session=nomination.session, person=nomination.nominee)
    booking = bookings.order_by("-pk").first()
    if booking and booking.is_going:
        return _enrol(nomination)
    if booking and booking.state in CURRENT_BOOKING_STATES:
        return nomination
    told = ENDINGS.get(booking.end_reason) if booking else None
    if told:
        return _end(nomination, NominationState.DECLINED, booking.reason or told)
    return _end(nomination, NominationState.WITHDRAWN, GAVE_UP)


def _follow_intake(nomination):
    """Give a free place of the intake to whoever has waited longest for an officer's yes."""
    intake = Intake.objects.select_for_update(no_key=True).get(pk=nomination.intake_id)
    if intake.starts_on <= timezone.localdate():
        return _end(nomination, NominationState.DECLINED, ENDINGS[EndReason.NO_PLACE])
    first = Nomination.objects.waiting().filter(intake=intake).first()
    if first == nomination and places_enrolled(intake) < intake.places:
        return _enrol(nomination)
    return nomination


def _enrol(nomination):
    decide(nomination, NominationState.ENROLLED, None)
    audit.record(NominationEvent.NOMINATION_ENROLLED, nomination, by=None)
    nomination_emails.nomination_enrolled(nomination)
    return nomination


def _end(nomination, state, words):
    nomination.decision_reason = words
    decide(nomination, state, None)
    if state == NominationState.DECLINED:
        audit.record(NominationEvent.NOMINATION_DECLINED, nomination, by=None)
        nomination_emails.nomination_declined(nomination)
    else:
        audit.record(NominationEvent.NOMINATION_WITHDRAWN, nomination, by=None)
        nomination_emails.nomination_withdrawn(nomination)
    return nomination
