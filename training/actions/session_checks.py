"""What a session may not be: too small for who is booked, at a time that somebody or some room has not."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from training.exceptions import (
    BeforeTheRoundCloses,
    CapacityBelowBookings,
    ClashesWith,
    ClashesWithOutsideCourse,
    DecidedTooLate,
    DoubleBooked,
    InThePast,
    PeopleClash,
    RoomTooSmall,
    TrainerHasAPlace,
)
from training.models import Booking, OutsideCourse
from training.queries.planning import half_days_taken, sessions_in_the_way


def refuse_bad_plan(session, was_at=None):
    """Raise a PlanRefused when a session, saved or not, cannot be held as it says.

    `was_at` is when a session that is changed began before the change.
    """
    now = timezone.now()
    if session.starts_at != was_at and (session.has_started(now) or (was_at and was_at <= now)):
        raise InThePast(has_begun=was_at is not None and was_at <= now)
    if session.room and session.capacity > session.room.places:
        raise RoomTooSmall(session.room)
    if session.decide_on and session.decide_on >= timezone.localdate(session.starts_at):
        raise DecidedTooLate
    days = settings.FAIR_ROUND_CLOSES_DAYS_BEFORE
    if session.is_in_round and session.requests_close_at > session.starts_at - timedelta(days=days):
        raise BeforeTheRoundCloses(session, days)
    for field, other in sessions_in_the_way(session):
        raise DoubleBooked(field, other)
    if session.trainer:
        _refuse_trainer_with_a_place(session)


def refuse_fewer_places_than_held(session):
    """Raise CapacityBelowBookings when more people have a place than the session has."""
    names = sorted(
        Booking.objects.holding_a_place()
        .filter(session=session)
        .values_list("person__full_name", flat=True)
    )
    if len(names) > session.capacity:
        raise CapacityBelowBookings(names)


def refuse_clashes(session):
    """Raise ClashesWith, or PeopleClash, when people with a place have something else at its times."""
    holders = Booking.objects.holding_a_place().filter(session=session.pk)
    taken = half_days_taken(session.starts_at, session.ends_at)
    others = (
        Booking.objects.holding_a_place()
        .filter(person__in=holders.values("person"), during__overlap=taken)
        .exclude(session=session.pk)
        .select_related("session__course", "person")
        .order_by("person__full_name", "pk")
    )
    outside = (
        OutsideCourse.objects.taking_time(taken.lower, taken.upper)
        .filter(person__in=holders.values("person"))
        .select_related("person")
        .order_by("person__full_name", "pk")
    )
    clashes = [ClashesWith(row) for row in others]
    clashes += [ClashesWithOutsideCourse(row) for row in outside]
    if len(clashes) == 1:
        raise clashes[0]
    if clashes:
        raise PeopleClash(clashes)


def _refuse_trainer_with_a_place(session):
    taken = half_days_taken(session.starts_at, session.ends_at)
    places = Booking.objects.holding_a_place().filter(person=session.trainer, during__overlap=taken)
    for booking in places.select_related("session__course")[:1]:
        other = booking.session
        raise TrainerHasAPlace(session.trainer, other.course.title, other.when)
    outside = OutsideCourse.objects.taking_time(taken.lower, taken.upper)
    for course in outside.filter(person=session.trainer)[:1]:
        raise TrainerHasAPlace(session.trainer, course.title, course.when)
