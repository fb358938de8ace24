"""Whether a place is booked at once, and what the manager is asked or told."""

from django.conf import settings
from django.utils import timezone

from accounts import audit
from training import emails
from training.models import Booking
from training.queries import Approvers
from training.rules import Say, managers_say
from training.states import BookingEvent, BookingState


def settle(booking, *, by, tells=True, was_declined=None):
    """Give a booking with a place number its state, booked or held, save it and send what follows.

    Held places wait for the manager; of others the manager may be told and may object. Either has
    `settings.APPROVAL_WORKING_HOURS` of the manager's working hours, and at most until the session
    begins. An officer's or HR's own bookings of others are approved by that. Whoever tells the person
    of a booked place in other words says that this does not (`tells`). `was_declined` is whether the
    manager said no to this session before, where the caller has read that.
    """
    say = Say.NOTHING
    if by.pk == booking.person_id:
        if was_declined is None:
            before = Booking.objects.filter(session=booking.session, person=booking.person)
            was_declined = before.declined_by_manager().exists()
        say = managers_say(booking, was_declined=was_declined)
    approver, until = first_to_ask(booking.person) if say != Say.NOTHING else (None, None)
    if approver is None:
        say = Say.NOTHING
    state = BookingState.HELD if say == Say.BEFORE else BookingState.BOOKED
    if booking.state:
        booking.move_to(state)
    else:
        booking.state = state
    booking.answer_by = until and min(until, booking.session.starts_at)
    booking.save()
    event = BookingEvent.PLACE_HELD if say == Say.BEFORE else BookingEvent.PLACE_BOOKED
    audit.record(event, booking, by=by, place_number=booking.place_number)
    if say == Say.BEFORE:
        emails.place_held(booking, approver)
    else:
        emails.place_booked(booking, approver if say == Say.AFTER else None, tells_person=tells)


def first_to_ask(person):
    """Return who is asked now about what a person would like, and when they should have answered.

    That is after `settings.APPROVAL_WORKING_HOURS` of their own working hours. (None, None) for
    somebody without a manager.
    """
    approvers = Approvers([person], timezone.now())
    approver = next(iter(approvers.of(person)), None)
    if approver is None:
        return None, None
    return approver, approvers.deadline(approver, settings.APPROVAL_WORKING_HOURS)
