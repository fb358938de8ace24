"""Days and times of the demo's year."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from training.models import AllowancePolicy, Booking, Session
from training.queries.planning import bank_holiday_on


def leave_year(today):
    return AllowancePolicy(starts_on=date(2022, 4, 1)).year_of(today)


def working_day(day):
    """The day itself, or the next that is no weekend, no bank holiday and not after 23 December."""
    while day.weekday() > 4 or (day.month, day.day) >= (12, 24) or bank_holiday_on(day):
        day += timedelta(days=1)
    return day


def first_monday(year, month):
    first = date(year, month, 2)
    return first + timedelta(days=-first.weekday() % 7)


def slots(session):
    """The half days of a session, as (date, "am" or "pm")."""
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    days = (ends.date() - begins.date()).days
    every = [
        (begins.date() + timedelta(days=day), half)
        for day in range(days + 1)
        for half in ("am", "pm")
    ]
    return set(every[begins.hour >= 13 : len(every) - (ends.hour <= 13)])


def at(day, moment):
    return timezone.make_aware(datetime.combine(day, moment))


def busy_at(session):
    """Return the ids of the people who have a place, or lead something, at the times of a session."""
    places = Booking.objects.holding_a_place().filter(during__overlap=session.during)
    led = Session.objects.planned().filter(trainer__isnull=False, during__overlap=session.during)
    return {*places.values_list("person", flat=True), *led.values_list("trainer", flat=True)}
