"""What must never be true in training. The database refuses most of it; this looks again."""

import itertools

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import Count, F, Func, Q

from accounts.registries import invariants
from training.models import Booking, Intake, Nomination, ProgrammeVersion, Session
from training.states import (
    COMING_STATES,
    CURRENT_BOOKING_STATES,
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
    times = Func(
        F("session__starts_at"),
        F("session__ends_at"),
        function="tstzrange",
        output_field=DateTimeRangeField(),
    )
    for booking in Booking.objects.alias(times=times).exclude(during=F("times")):
        yield f"Booking {booking.pk} is not at the times of session {booking.session_id}."


@invariants.register
def nobody_is_coming_to_a_cancelled_session():
    coming = Booking.objects.filter(session__state=SessionState.CANCELLED, state__in=COMING_STATES)
    for booking in coming:
        yield f"Booking {booking.pk} is for a cancelled session."


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
