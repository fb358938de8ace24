"""What must never be true in training. The database refuses most of it; this looks again."""

import itertools
from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.registries import invariants
from training.models import Booking, Intake, Nomination, Presence, ProgrammeVersion, Session
from training.models.attendance import parts_of
from training.states import (
    ATTENDANCE_STATES,
    COMING_STATES,
    CURRENT_BOOKING_STATES,
    BookingState,
    NominationState,
    SessionState,
)


@invariants.register
def no_session_is_over_its_capacity():
    for session in Session.objects.with_places().filter(places_left__lt=0):
        yield f"Session {session.pk} has {session.places_taken} people in {session.capacity} places."


@invariants.register
def nobody_is_twice_on_a_session():
    twice = (
        Booking.objects.filter(state__in=CURRENT_BOOKING_STATES)
        .order_by()
        .values("session", "person")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
    )
    for row in twice:
        yield f"Person {row['person']} is on session {row['session']} {row['times']} times."


@invariants.register
def bookings_are_at_the_times_of_their_session():
    for booking in Booking.objects.exclude(during=F("session__during")):
        yield f"Booking {booking.pk} is not at the times of session {booking.session_id}."


@invariants.register
def nobody_waits_past_the_end_of_their_offer():
    """Offers and approvals are answered by the clock within minutes; an hour late, nobody does it."""
    late = timezone.now() - timedelta(hours=1)
    for booking in Booking.objects.filter(state=BookingState.OFFERED, answer_by__lt=late):
        yield f"Booking {booking.pk} is still offered after its time."


@invariants.register
def nobody_is_coming_to_a_cancelled_session():
    coming = Booking.objects.filter(session__state=SessionState.CANCELLED, state__in=COMING_STATES)
    for booking in coming:
        yield f"Booking {booking.pk} is for a cancelled session."


@invariants.register
def states_follow_from_the_half_days_attended():
    """Attended is all half days of the session, partly attended some, and who did not come none."""
    marked = Booking.objects.filter(state__in=ATTENDANCE_STATES).annotate(
        possible=F("session__half_days")
    )
    wrong = marked.exclude(
        Q(state=BookingState.ATTENDED, half_days_attended=F("possible"))
        | Q(
            state=BookingState.PARTLY_ATTENDED,
            half_days_attended__gt=0,
            half_days_attended__lt=F("possible"),
        )
        | Q(state=BookingState.NO_SHOW, half_days_attended=0)
    )
    for row in wrong:
        yield f"Booking {row.pk} is {row.state} with {row.half_days_attended} of {row.possible} half days."


@invariants.register
def half_days_attended_are_those_that_were_noted():
    noted = (
        Presence.objects.filter(booking__state__in=ATTENDANCE_STATES).values("booking").distinct()
    )
    bookings = Booking.objects.filter(pk__in=noted).select_related("session")
    for booking in bookings.prefetch_related("presences"):
        parts = parts_of(booking.session)
        there = {row.half_day for row in booking.presences.all() if row.was_there}
        number = sum(part.half_day in there for part in parts)
        if len(parts) == booking.session.half_days and number != booking.half_days_attended:
            yield f"Booking {booking.pk} counts {booking.half_days_attended} half days, {number} are noted."


@invariants.register
def nobody_is_signed_in_without_a_place():
    places = [BookingState.BOOKED, *ATTENDANCE_STATES]
    for row in Presence.objects.exclude(booking__state__in=places):
        yield f"Presence {row.pk} is of a booking without a place."


@invariants.register
def nobody_did_not_come_before_the_end():
    early = Booking.objects.filter(state=BookingState.NO_SHOW, session__ends_at__gt=timezone.now())
    for booking in early:
        yield f"Booking {booking.pk} did not come to a session that is not over."


@invariants.register
def no_intake_is_over_its_places():
    enrolled = Count("nominations", filter=Q(nominations__state=NominationState.ENROLLED))
    for intake in Intake.objects.annotate(enrolled=enrolled).filter(enrolled__gt=F("places")):
        yield f"Intake {intake.pk} has {intake.enrolled} people in {intake.places} places."


@invariants.register
def nobody_decides_about_themselves():
    own = Nomination.objects.filter(
        state__in=[NominationState.ENROLLED, NominationState.DECLINED], decided_by=F("nominee")
    )
    for nomination in own:
        yield f"Nomination {nomination.pk} was decided by the nominee."


@invariants.register
def a_scheme_has_one_version_at_a_time():
    versions = list(ProgrammeVersion.objects.order_by("scheme", "starts_on"))
    for earlier, later in itertools.pairwise(versions):
        overlaps = earlier.ends_on is None or earlier.ends_on >= later.starts_on
        if earlier.scheme == later.scheme and overlaps:
            yield f"Programme versions {earlier.pk} and {later.pk} overlap."
