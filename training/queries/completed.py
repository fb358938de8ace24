"""The training that somebody has completed: sessions here, outside courses, and what was confirmed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.retention import start_of
from training.models import AttendedElsewhere, Booking, OutsideCourse
from training.states import WAS_THERE, AttendedState, OutsideState


@dataclass(frozen=True)
class Completed:
    """Something that somebody attended: the last day it was on, and how many half days they were there."""

    title: str
    provider: str
    on: date
    half_days: int


def completed_training(person, first, last):
    """Return what somebody has Completed from the day `first` to the day `last`, the latest first.

    Sessions they were there for, outside courses they said they attended, and what they logged and their
    manager confirmed. Records of CPD are nobody's but their own. Three queries.
    """
    begins, ends = start_of(first), start_of(last + timedelta(days=1))
    found = [*_sessions(person, begins, ends), *_outside(person, begins, ends)]
    found += _elsewhere(person, first, last)
    return sorted(found, key=lambda row: (row.on, row.title), reverse=True)


def _sessions(person, begins, ends):
    bookings = Booking.objects.filter(
        person=person,
        state__in=WAS_THERE,
        session__ends_at__gte=begins,
        session__ends_at__lt=ends,
    )
    for booking in bookings.select_related("session__course"):
        yield Completed(
            booking.session.course.title,
            settings.COUNCIL_NAME,
            timezone.localdate(booking.session.ends_at),
            booking.half_days_attended or 0,
        )


def _outside(person, begins, ends):
    courses = OutsideCourse.objects.filter(
        person=person, state=OutsideState.ATTENDED, ends_at__gte=begins, ends_at__lt=ends
    )
    for course in courses:
        day = timezone.localdate(course.ends_at)
        yield Completed(course.title, course.provider, day, course.half_days)


def _elsewhere(person, first, last):
    logged = AttendedElsewhere.objects.filter(
        person=person, state=AttendedState.CONFIRMED, on__range=(first, last)
    )
    for row in logged:
        yield Completed(row.title, row.organiser, row.on, row.half_days)
