"""How long things are kept: settings.RETENTION, as the privacy notice tells it and the daily jobs do it."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone


def kept_since(kind, *, on):
    """Return the moment from which things of the `kind` are still kept on the day `on`.

    What is kept for 3 months from 15 May is kept to the end of 15 August, London time.
    """
    return start_of(months_before(on, settings.RETENTION[kind]["months"]))


def start_of(day):
    """Return the moment the day begins in London."""
    return timezone.make_aware(datetime.combine(day, time.min))


def months_before(day, months):
    """Return the first day that, with `months` added, is not before `day`.

    Three months from 28 February end on 28 May, so on 29 May only what began on 1 March is kept.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    days_later = min(day.day - 1, monthrange(year, month + 1)[1])
    return date(year, month + 1, 1) + timedelta(days=days_later)


def in_words():
    """Return the rows of the privacy notice: what is kept, how long, and why that long."""
    return [
        {
            "what": row["what"],
            "how_long": row["how_long"].format(period=_period(row.get("months"))),
            "why": row["why"],
        }
        for row in settings.RETENTION.values()
    ]


def _period(months):
    if months and months > 12 and months % 12 == 0:
        return f"{months // 12} years"
    return f"{months} months"
