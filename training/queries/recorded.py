"""What a person has on given days: sessions here, outside courses, and what they attended elsewhere."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accounts.retention import start_of
from design_system.figures import days_in_words
from organisation.half_days import half_days_between
from training.models import AttendedElsewhere, Booking, OutsideCourse
from training.models.attendance import parts_of
from training.states import COMING_STATES, WAS_THERE, BookingState

WHOLE_DAY = 2


@dataclass(frozen=True)
class Recorded:
    """Something that takes half days of a person's day, and what it is."""

    on: date
    half_days: int
    what: str

    @property
    def words(self):
        """In words: "Working with fathers, a session of ours (attended), half a day"."""
        return f"{self.what}, {days_in_words(self.half_days * Decimal('0.5'))}"


def recorded_between(person, first, last, but=None):
    """Return what is Recorded for a person from the day `first` to the day `last`, by day. Four queries.

    Sessions they have a place on, without those they did not come to; of those they attended in part
    the half days they were there. Outside courses that are approved or attended, with all their time.
    What they logged and nobody turned down, other than `but`.
    """
    begins, ends = start_of(first), start_of(last + timedelta(days=1))
    found = [*_sessions(person, begins, ends), *_outside_courses(person, begins, ends)]
    logged = AttendedElsewhere.objects.standing().reaching_into(first, last).filter(person=person)
    for row in logged.exclude(pk=but and but.pk):
        how_far = "confirmed" if row.is_confirmed else "not confirmed yet"
        what = f"{row.title}, attended elsewhere ({how_far})"
        found += [Recorded(day, half_days, what) for day, half_days in row.by_day]
    found = [row for row in found if first <= row.on <= last]
    return sorted(found, key=lambda row: (row.on, row.what))


def too_much_on(person, by_day, but=None):
    """Return (day, [Recorded]) for the first day that would have more than two half days, or None.

    `by_day` is what is to come on top, as [(day, half days)]. Whether that was a morning or an
    afternoon is not known, so amounts are compared.
    """
    recorded = recorded_between(person, by_day[0][0], by_day[-1][0], but=but)
    for day, half_days in by_day:
        there = [row for row in recorded if row.on == day]
        if there and half_days + sum(row.half_days for row in there) > WHOLE_DAY:
            return day, there
    return None


def _sessions(person, begins, ends):
    bookings = Booking.objects.filter(
        person=person, state__in=WAS_THERE | COMING_STATES, during__overlap=(begins, ends)
    )
    for booking in bookings.select_related("session__course").prefetch_related("presences"):
        what = f"{booking.session.course.title}, a session of ours"
        yield from _counted(_days_of(booking), f"{what} ({booking.get_state_display().lower()})")


def _days_of(booking):
    if booking.state == BookingState.PARTLY_ATTENDED:
        return [row.on for row in booking.presences.all() if row.was_there]
    return [part.half_day.on for part in parts_of(booking.session)]


def _outside_courses(person, begins, ends):
    for outside in OutsideCourse.objects.taking_time(begins, ends).filter(person=person):
        days = [row.on for row in half_days_between(outside.starts_at, outside.ends_at)]
        state = outside.get_state_display().lower()
        yield from _counted(days, f"{outside.title}, an outside course ({state})")


def _counted(days, what):
    return [Recorded(day, half_days, what) for day, half_days in Counter(days).items()]
