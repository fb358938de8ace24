"""A manager's say: before a place is booked where that is needed, or after it, for safe cover."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from training import emails
from training.actions.bookings import lock_sessions_freed_by, offer_what_was_freed
from training.actions.places import end_booking, lock_booking, lock_session
from training.actions.safe_cover import keep_cover_override, refuse_below_cover
from training.exceptions import AnotherDateNeeded, DecidedAlready
from training.models import Booking
from training.queries import dates_to_suggest
from training.rules import can_decide_booking
from training.states import BookingEvent, BookingState, EndReason


@transaction.atomic
def approve_booking(*, booking, by, cover_reason=""):
    """Approve a place that is held; the person gets it in their calendar.

    Where it leaves the team below its minimum, `cover_reason` says why and is kept as an override.
    Raises PermissionDenied for whoever may not decide now, DecidedAlready, and BelowSafeCover without
    that reason.
    """
    lock_session(booking.session)
    booking = _to_decide(booking, by, {BookingState.HELD})
    below = refuse_below_cover(booking.session, booking.person, cover_reason)
    booking.move_to(BookingState.BOOKED)
    booking.answer_by = None
    _decide(booking, by)
    keep_cover_override(booking, below, cover_reason, by)
    audit.record(BookingEvent.BOOKING_APPROVED, booking, by=by)
    emails.booking_approved(booking)
    return booking


@transaction.atomic
def decline_booking(*, booking, by, reason, suggested_session=None):
    """Decline a held place, or object to a booked one for safe cover while there is time.

    The person is told why and which other date is suggested, and the place goes to the next who
    waits. An objection counts as the service's doing. Raises PermissionDenied for whoever may not
    decide now, DecidedAlready, and AnotherDateNeeded when there are other dates that the person could
    attend and `suggested_session` is none of them.
    """
    sessions = lock_sessions_freed_by(booking)
    booking = _to_decide(booking, by, {BookingState.HELD, BookingState.BOOKED})
    objects = booking.state == BookingState.BOOKED
    _refuse_without_another_date(booking, suggested_session)
    end_booking(
        booking,
        BookingState.DECLINED,
        why=EndReason.SAFE_COVER if objects else EndReason.NOT_APPROVED,
        at=timezone.now(),
        words=reason,
    )
    booking.suggested_session = suggested_session
    _decide(booking, by)
    event = BookingEvent.BOOKING_OBJECTED_TO if objects else BookingEvent.BOOKING_DECLINED
    audit.record(event, booking, by=by)
    emails.booking_declined(booking, was_booked=objects)
    offer_what_was_freed(sessions)
    return booking


@transaction.atomic
def escalate_booking(*, booking):
    """Ask the manager's manager and the officers about a held place that nobody has answered for.

    The place stays held until the session begins. Safe to run again. Returns the booking.
    """
    lock_session(booking.session)
    booking = lock_booking(booking)
    now = timezone.now()
    late = booking.state == BookingState.HELD and booking.answer_by <= now
    if not late or booking.escalated_at:
        return booking
    booking.escalated_at = now
    booking.answer_by = booking.session.starts_at
    booking.save(update_fields=["escalated_at", "answer_by"])
    audit.record(BookingEvent.BOOKING_ESCALATED, booking, by=None)
    emails.booking_escalated(booking)
    return booking


@transaction.atomic
def lapse_booking(*, booking):
    """End what the session's beginning has overtaken: a place still held, or a wait for one.

    The person is told. Safe to run again. Returns the booking.
    """
    session = lock_session(booking.session)
    booking = lock_booking(booking)
    now = timezone.now()
    overtaken = booking.state in {BookingState.HELD, BookingState.WAITING}
    if not overtaken or not session.has_started(now):
        return booking
    why = EndReason.NO_PLACE if booking.is_waiting else EndReason.NO_ANSWER
    end_booking(booking, BookingState.LAPSED, why=why, at=now)
    booking.save()
    audit.record(BookingEvent.BOOKING_LAPSED, booking, by=None)
    emails.booking_lapsed(booking)
    return booking


def take_silence_as_approval(*, at):
    """End the time in which managers could object. Returns how many bookings are settled by it."""
    settled = Booking.objects.filter(state=BookingState.BOOKED, answer_by__lte=at)
    return settled.update(answer_by=None)


def _to_decide(booking, by, states):
    booking = lock_booking(booking)
    now = timezone.now()
    if booking.state not in states or booking.answer_by is None or booking.answer_by <= now:
        raise DecidedAlready(booking)
    if not can_decide_booking(by, booking, now):
        raise PermissionDenied("This is not yours to decide.")
    return booking


def _refuse_without_another_date(booking, suggested_session):
    dates = dates_to_suggest(booking, timezone.now())
    if (dates or suggested_session) and suggested_session not in dates:
        raise AnotherDateNeeded


def _decide(booking, by):
    booking.decided_by, booking.decided_at = by, timezone.now()
    booking.save()
