"""Whether a place is booked at once, and what the manager is asked or told."""

from django.conf import settings
from django.utils import timezone

from accounts import audit
from organisation.models import StaffMember
from organisation.queries import after_working_hours, working_time_of
from organisation.queries.working_time import LONGEST_WAIT
from training import emails
from training.queries import approver_of
from training.rules import Say, managers_say
from training.states import BookingEvent, BookingState


def settle(booking, *, by, tells=True):
    """Give a booking with a place number its state, booked or held, save it and send what follows.

    Held places wait for the manager; of others the manager may be told and may object. Either has
    `settings.APPROVAL_WORKING_HOURS` of the manager's working hours, and at most until the session
    begins. An officer's or HR's own bookings of others are approved by that. Whoever tells the person
    in other words says that this does not (`tells`).
    """
    say = Say.NOTHING if by.pk != booking.person_id else managers_say(booking)
    approver = approver_of(booking.person, timezone.now()) if say != Say.NOTHING else None
    if approver is None:
        say = Say.NOTHING
    state = BookingState.HELD if say == Say.BEFORE else BookingState.BOOKED
    if booking.state:
        booking.move_to(state)
    else:
        booking.state = state
    booking.answer_by = None if say == Say.NOTHING else _deadline(booking, approver)
    booking.save()
    event = BookingEvent.PLACE_HELD if say == Say.BEFORE else BookingEvent.PLACE_BOOKED
    audit.record(event, booking, by=by, place_number=booking.place_number)
    if say == Say.BEFORE:
        emails.place_held(booking, approver)
    elif tells:
        emails.place_booked(booking, approver if say == Say.AFTER else None)


def _deadline(booking, approver):
    return min(answer_expected_by(approver), booking.session.starts_at)


def answer_expected_by(approver):
    """Return when a manager who is asked now should have answered: after so many of their working hours."""
    now = timezone.now()
    today = timezone.localdate(now)
    members = list(StaffMember.objects.filter(user=approver))
    times = working_time_of(members, today, today + LONGEST_WAIT)
    own = times[members[0].pk] if members else None
    return after_working_hours(now, settings.APPROVAL_WORKING_HOURS, own)
