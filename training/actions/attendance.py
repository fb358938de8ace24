from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from training.models import Booking
from training.rules import can_mark_attendance
from training.states import BookingEvent, BookingState


@transaction.atomic
def mark_attendance(*, booking, half_days, by):
    """Record how many half days a person attended: none, some or all. Marking again corrects it.

    `half_days` is a whole number from 0 to the session's own. Raises PermissionDenied before the
    session starts or without the right, ValueError for an impossible number.
    """
    booking = (
        Booking.objects.select_for_update(no_key=True, of=["self"])
        .select_related("session__trainer")
        .get(pk=booking.pk)
    )
    if not can_mark_attendance(by, booking, timezone.now()):
        raise PermissionDenied("You cannot mark attendance for this session now.")
    state = _state_for(half_days, booking.session.half_days)
    if booking.state == state and booking.half_days_attended == half_days:
        return booking
    booking.move_to(state)
    booking.half_days_attended = half_days
    booking.save(update_fields=["state", "half_days_attended"])
    audit.record(BookingEvent.ATTENDANCE_MARKED, booking, by=by, half_days=half_days)
    return booking


def _state_for(half_days, possible):
    if not 0 <= half_days <= possible:
        raise ValueError(f"Attended half days go from 0 to {possible}.")
    if half_days == 0:
        return BookingState.NO_SHOW
    return BookingState.ATTENDED if half_days == possible else BookingState.PARTLY_ATTENDED
