"""Attendance by half day: signed in by a code, marked by hand, or by how many. The state follows."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from training import sign_in_codes
from training.actions.places import NEARLY, lock_session
from training.exceptions import AttendanceRefused, CodeRefused, NoPlaceToSignIn, SessionNotOver
from training.models import Booking, Presence, Session, Way
from training.models.attendance import parts_of, worth
from training.rules import can_mark_attendance
from training.states import ATTENDANCE_STATES, WAS_THERE, BookingEvent, BookingState

# Codes of sessions that have run within this time are recognised as somebody else's.
RECOGNISED_FOR = timedelta(hours=2)


@transaction.atomic
def sign_in(*, session, code, by, opened_at=None):
    """Note that somebody is there in the half day whose code they typed, and return the Presence.

    A code is good while it is shown and `settings.SIGN_IN_GRACE_MINUTES` longer; one that was shown
    after the page was opened (`opened_at`) is good to the end of its half day, so that a form may wait
    for a signal. Signing in again is the same presence. Raises NoPlaceToSignIn and CodeRefused.
    """
    now = timezone.now()
    booking = _lock_own_booking(session, by)
    session, code = booking.session, sign_in_codes.typed(code)
    since = sign_in_codes.late_since(min(opened_at or now, now))
    parts = [row for row in parts_of(session) if row.opens_at <= now < row.late_until]
    for part in reversed(parts):
        moment = sign_in_codes.moment_of(code, session, part, since, now)
        if moment:
            return _sign_in(booking, part, moment, by)
    for part in reversed(parts):
        # Sent again after the answer was lost: what is done is said, whatever the code is worth by now.
        made = _presence(booking, part)
        if made and made.was_there and now < part.closes_at:
            return made
    raise CodeRefused(_why_not(session, code, now))


def _lock_own_booking(session, person):
    bookings = Booking.objects.select_for_update(no_key=True, of=["self"])
    bookings = bookings.current().select_related("session__course", "person")
    booking = bookings.filter(session=session, person=person).first()
    if booking is None or booking.state not in {BookingState.BOOKED, *ATTENDANCE_STATES}:
        raise NoPlaceToSignIn
    return booking


def _sign_in(booking, part, moment, by):
    made = _presence(booking, part)
    if made and not made.was_there:
        raise CodeRefused(
            "The trainer has marked that you were not here in this half day. Please speak to them."
        )
    if made:
        return made
    made = Presence.objects.create(
        booking=booking,
        on=part.half_day.on,
        half=part.half_day.half,
        way=Way.CODE,
        at=moment,
        noted_by=by,
    )
    audit.record(BookingEvent.SIGNED_IN, booking, by=by, half_day=part.words)
    follow(booking, by=by, at=timezone.now())
    return made


def _presence(booking, part):
    return Presence.objects.filter(
        booking=booking, on=part.half_day.on, half=part.half_day.half
    ).first()


def _why_not(session, code, now):
    """Say in words what is wrong with a code that is not good now."""
    for part in parts_of(session):
        if not part.has_begun(now) or part.late_until < now - RECOGNISED_FOR:
            continue
        if sign_in_codes.moment_of(code, session, part, part.opens_at, now):
            if part.opens_at <= now < part.closes_at:
                return "This code has changed since. Type the one that is on the screen now."
            return f"This code was for {part.words}. Ask the trainer to mark you for it by hand."
    if _is_of_another_session(session, code, now):
        return "This code is for another session. Look which one you are signing in for."
    return "This code is not right. Type the six letters and numbers that are on the screen now."


def _is_of_another_session(session, code, now):
    soon = now + timedelta(minutes=settings.SIGN_IN_OPENS_MINUTES)
    others = Session.objects.planned().exclude(pk=session.pk)
    others = others.filter(starts_at__lte=soon, ends_at__gt=now - RECOGNISED_FOR)
    return any(
        sign_in_codes.moment_of(code, other, part, now - RECOGNISED_FOR, now)
        for other in others
        for part in parts_of(other)
        if part.opens_at <= now and part.closes_at > now - RECOGNISED_FOR
    )


@transaction.atomic
def mark_half_days(*, session, changes, by, is_complete=False):
    """Mark by hand who was there in which half day, for several people at once; return how many changed.

    `changes` is {(booking key, number of the part): was there}; what is not in it stays. When the
    session is over the states follow; with `is_complete` whoever is booked and was never there did not
    come. Raises PermissionDenied, SessionNotOver for a complete list before the end, and
    AttendanceRefused for a half day that has not begun.
    """
    now = timezone.now()
    session = lock_session(session)
    parts = parts_of(session)
    bookings = _lock_to_mark(session)
    if any(not can_mark_attendance(by, booking, now) for booking in bookings.values()):
        raise PermissionDenied("You cannot mark attendance for this session now.")
    if is_complete and session.ends_at > now:
        raise SessionNotOver
    changed = set()
    for (key, number), was_there in sorted(changes.items()):
        if key not in bookings or number >= len(parts):
            raise AttendanceRefused("Somebody on this list has no place any more. Look again.")
        if not parts[number].has_begun(now):
            raise AttendanceRefused("A half day that has not begun cannot be marked.")
        if _mark(bookings[key], parts[number], was_there, Way.HAND, by, now):
            changed.add(key)
    for key, booking in bookings.items():
        if key in changed or (is_complete and booking.is_booked):
            follow(booking, by=by, at=now, is_complete=is_complete)
    return len(changed)


def _lock_to_mark(session):
    bookings = Booking.objects.select_for_update(no_key=True, of=["self"])
    bookings = bookings.filter(session=session, state__in=[BookingState.BOOKED, *ATTENDANCE_STATES])
    return {row.pk: row for row in bookings.select_related("session__trainer").order_by("pk")}


def _mark(booking, part, was_there, way, by, at):
    """Write one half day, and say whether that changed anything."""
    made = _presence(booking, part)
    if (made is not None and made.was_there) == was_there:
        return False
    Presence.objects.update_or_create(
        booking=booking,
        on=part.half_day.on,
        half=part.half_day.half,
        defaults={"was_there": was_there, "way": way, "at": at, "noted_by": by},
    )
    return True


@transaction.atomic
def mark_attendance(*, booking, half_days, by):
    """Record how many half days a person attended: none, some or all. Marking again corrects it.

    `half_days` is a whole number from 0 to the session's own. Which ones they were is not known: those
    that are signed for already count first, then the first of the session. Raises PermissionDenied
    before the session starts or without the right, SessionNotOver for nobody who did not come before its
    end, and ValueError for an impossible number.
    """
    now = timezone.now()
    booking = (
        Booking.objects.select_for_update(no_key=True, of=["self"])
        .select_related("session__trainer")
        .get(pk=booking.pk)
    )
    if not can_mark_attendance(by, booking, now):
        raise PermissionDenied("You cannot mark attendance for this session now.")
    state = _state_for(half_days, booking.session.half_days)
    if half_days == 0 and booking.session.ends_at > now:
        raise SessionNotOver
    if booking.state == state and booking.half_days_attended == half_days:
        return booking
    _move(booking, state, half_days, by)
    _mark_so_many(booking, half_days, by, now)
    return booking


def _mark_so_many(booking, half_days, by, at):
    """Make the half days say what a number says: those there already first, then from the beginning."""
    parts = parts_of(booking.session)
    there = _numbers_there(booking, parts)
    order = sorted(range(len(parts)), key=lambda number: (number not in there, number))
    wanted = set(order[: _parts_for(half_days, booking.session, parts)])
    for number in sorted(wanted ^ there):
        _mark(booking, parts[number], number in wanted, Way.NUMBER, by, at)


def _parts_for(half_days, session, parts):
    """Return how many parts stand for so many half days; they are the same but for odd sessions."""
    if half_days in (0, session.half_days):
        return len(parts) if half_days else 0
    return max(1, half_days * len(parts) // session.half_days)


def _numbers_there(booking, parts):
    rows = Presence.objects.filter(booking=booking, was_there=True)
    there = {row.half_day for row in rows}
    return {part.number for part in parts if part.half_day in there}


def follow(booking, *, by, at, is_complete=False):
    """Let the state of a locked booking follow from its half days, once the session is over.

    Before the end it stays booked, so that the rest of the day still counts as booked, and who was
    marked by mistake is booked again. Who was never there did not come only when the list is complete
    or was marked otherwise before.
    """
    session = booking.session
    parts = parts_of(session)
    half_days = worth(session, parts, len(_numbers_there(booking, parts)))
    if booking.is_booked and (session.ends_at > at or (half_days == 0 and not is_complete)):
        return
    if half_days == 0 and session.ends_at > at:
        if booking.state not in WAS_THERE:
            raise SessionNotOver
        _move(booking, BookingState.BOOKED, None, by)
        return
    state = _state_for(half_days, session.half_days)
    if (booking.state, booking.half_days_attended) != (state, half_days):
        _move(booking, state, half_days, by)


def _move(booking, state, half_days, by):
    if booking.state != state:
        booking.move_to(state)
    booking.half_days_attended = half_days
    booking.save(update_fields=["state", "half_days_attended"])
    audit.record(BookingEvent.ATTENDANCE_MARKED, booking, by=by, half_days=half_days or 0)


def _state_for(half_days, possible):
    if not 0 <= half_days <= possible:
        raise ValueError(f"Attended half days go from 0 to {possible}.")
    if half_days == 0:
        return BookingState.NO_SHOW
    return BookingState.ATTENDED if half_days == possible else BookingState.PARTLY_ATTENDED


def settle_attendance(*, at):
    """Let the states of who signed in follow, for sessions that were over for a while at `at`.

    Who did not sign in stays booked until somebody marks it: a paper list may not be keyed in yet.
    Returns how many there were. Safe to run again.
    """
    over = at - timedelta(minutes=settings.ATTENDANCE_SETTLED_AFTER_MINUTES)
    bookings = Booking.objects.filter(state=BookingState.BOOKED, session__ends_at__lte=over)
    bookings = bookings.filter(presences__was_there=True).distinct()
    return sum(_settle(key, at) for key in list(bookings.values_list("pk", flat=True)))


@transaction.atomic
def _settle(key, at):
    rows = Booking.objects.select_for_update(no_key=True, of=["self"], skip_locked=True)
    booking = rows.select_related("session").filter(pk=key, state=BookingState.BOOKED).first()
    if booking is None:
        return False
    follow(booking, by=None, at=at)
    return True


def delete_presences_kept_long_enough(*, on):
    """Delete by the date `on` when people signed in; how much they attended stays with the booking."""
    return carry_out("presence", on=on)


def refuse_who_signed_in(booking, refusal):
    """Raise the refusal when somebody has been there already: what they attended counts."""
    if booking.session.starts_at - NEARLY > timezone.now():
        return
    if Presence.objects.filter(booking=booking, was_there=True).exists():
        raise refusal
