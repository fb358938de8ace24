"""Who was there in which half day of a session: the rows that attendance follows from."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from organisation.half_days import AFTERNOON, MORNING, HalfDay, half_days_between, midday
from training.models.bookings import Booking
from training.models.courses import moment_words

SATURDAY = 5


class Way(models.TextChoices):
    CODE = "code", "Signed in by code"
    HAND = "hand", "Marked by hand"
    NUMBER = "number", "Marked by how many half days"


class Presence(models.Model):
    """Whether somebody was there in one half day of a session they have a place on.

    `at` is when the code was on the screen, or when somebody marked it. A code only ever says yes; what
    was marked by hand stays until it is marked again. Write through training.actions only.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="presences")
    on = models.DateField("day")
    half = models.PositiveSmallIntegerField(
        choices=[(MORNING, "Morning"), (AFTERNOON, "Afternoon")]
    )
    was_there = models.BooleanField(default=True)
    way = models.CharField(max_length=10, choices=Way.choices)
    at = models.DateTimeField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["on", "half"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "on", "half"],
                name="one_presence_in_a_half_day",
                violation_error_message="This half day is marked already.",
            ),
            models.CheckConstraint(
                condition=models.Q(half__in=[MORNING, AFTERNOON]),
                name="presence_is_in_a_half_day",
            ),
            models.CheckConstraint(
                condition=models.Q(was_there=True) | ~models.Q(way=Way.CODE),
                name="a_code_never_says_no",
            ),
        ]

    def __str__(self):
        return f"{self.booking}: {self.half_day.words}"

    @property
    def half_day(self):
        return HalfDay(self.on, self.half)


@dataclass(frozen=True)
class Part:
    """A half day of a session, with when its codes are shown and until when one may still come in."""

    number: int
    half_day: HalfDay
    opens_at: datetime
    closes_at: datetime
    late_until: datetime

    @property
    def words(self):
        return self.half_day.words

    @property
    def short_words(self):
        """In a few words, for the head of a column: "Tue 8 Dec, morning"."""
        day = self.half_day.on
        return f"{day:%a} {day.day} {day:%b}, {self.name_today}"

    @property
    def opens_words(self):
        """When its first code is shown, in words: "9am on Tuesday 8 December"."""
        return moment_words(self.opens_at)

    @property
    def name_today(self):
        """What people call it on the day itself: "morning" or "afternoon"."""
        return "afternoon" if self.half_day.half else "morning"

    def has_begun(self, at):
        return self.opens_at <= at


def parts_of(session):
    """Return the Parts of a session, one for each half day it is worth, as far as it has so many.

    Weekends in the middle of a longer session are left out. A session that reaches into more half
    days than it is worth, such as one from 11am to 3pm for half a day, has its last part to its end.
    """
    halves = half_days_between(session.starts_at, session.ends_at)
    weekdays = [row for row in halves if row.on.weekday() < SATURDAY]
    if len(halves) > session.half_days and len(weekdays) >= session.half_days:
        halves = weekdays
    halves = halves[: session.half_days]
    return [_part(session, number, halves) for number in range(len(halves))]


def _part(session, number, halves):
    half_day, is_last = halves[number], number == len(halves) - 1
    opens = _begin(half_day)
    if number == 0:
        opens = session.starts_at - timedelta(minutes=settings.SIGN_IN_OPENS_MINUTES)
    grace = timedelta(minutes=settings.SIGN_IN_GRACE_MINUTES)
    if is_last:
        ends_on = timezone.localdate(session.ends_at - timedelta(microseconds=1))
        return Part(number, half_day, opens, session.ends_at, _midnight_after(ends_on))
    return Part(number, half_day, opens, _end(half_day), _end(half_day) + grace)


def _begin(half_day):
    return (
        midday(half_day.on) if half_day.half else _midnight_after(half_day.on - timedelta(days=1))
    )


def _end(half_day):
    return _midnight_after(half_day.on) if half_day.half else midday(half_day.on)


def _midnight_after(day):
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def worth(session, parts, attended):
    """Return how many half days count for somebody who was there in `attended` of the session's parts.

    All of them count for what the session is worth, none for nothing, and some for their share.
    """
    if attended == len(parts):
        return session.half_days
    return session.half_days * attended // len(parts)
