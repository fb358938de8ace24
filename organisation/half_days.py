"""Half days: what working patterns, cover and training are counted in. A day's halves part at 1pm."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

MIDDAY = time(13)
MORNING, AFTERNOON = 0, 1
# A Monday on which the first week of every two-week pattern begins.
FIRST_MONDAY = date(2024, 1, 1)
SLOTS = 28
# The most that one balance or one entry of the five days says, in half days: four weeks.
MOST_HALF_DAYS = 40


class HalfDay(NamedTuple):
    """The morning (0) or the afternoon (1) of a date."""

    on: date
    half: int

    @property
    def slot(self):
        """Its number in the two-week pattern: 0 is the morning of the first Monday, 27 the last."""
        return (self.on - FIRST_MONDAY).days % 14 * 2 + self.half

    @property
    def words(self):
        """In words: "Tuesday 8 December 2026, morning"."""
        half = "afternoon" if self.half else "morning"
        return f"{self.on:%A} {self.on.day} {self.on:%B %Y}, {half}"


def half_days_between(starts_at, ends_at):
    """Return the HalfDays that the time from one moment to a later one reaches into, in London."""
    start = timezone.localtime(starts_at)
    end = timezone.localtime(ends_at - timedelta(microseconds=1))
    found, day = [], start.date()
    while day <= end.date():
        found += [HalfDay(day, MORNING), HalfDay(day, AFTERNOON)]
        day += timedelta(days=1)
    starts_late = start.time() >= MIDDAY
    ends_early = end.time() < MIDDAY
    return found[starts_late : len(found) - ends_early]


def midday(on):
    """Return the moment on the date `on` at which its afternoon begins."""
    return timezone.make_aware(datetime.combine(on, MIDDAY))
