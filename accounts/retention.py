"""How long things are kept, as the privacy notice tells it and the daily jobs do it.

The periods are dated rows (RetentionPeriod); settings.RETENTION has the words and what holds without a row.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.template.defaultfilters import pluralize
from django.utils import timezone

from accounts.models import RetentionPeriod


@dataclass(frozen=True)
class Period:
    """How long a category is kept: so many months or so many days, and why; neither where no period decides."""

    months: int | None
    days: int | None
    why: str

    def __str__(self):
        if self.days:
            return f"{self.days} day{pluralize(self.days)}"
        if self.months and self.months > 12 and self.months % 12 == 0:
            return f"{self.months // 12} years"
        return f"{self.months} month{pluralize(self.months or 0)}"

    def first_kept(self, on):
        """Return the first day of which things are still kept on the day `on`."""
        return on - timedelta(days=self.days) if self.days else months_before(on, self.months)


def periods(*, on):
    """Return the Period of every category on the day `on`, in one query."""
    rows = {row.category: row for row in RetentionPeriod.objects.holding(on)}
    return {
        kind: Period(rows[kind].months, rows[kind].days, rows[kind].why)
        if kind in rows and is_dated(kind)
        else _of_settings(kind)
        for kind in settings.RETENTION
    }


def period_of(kind, *, on):
    """Return the Period of one category on the day `on`, in one query."""
    row = RetentionPeriod.objects.filter(category=kind).holding(on).first()
    return Period(row.months, row.days, row.why) if row else _of_settings(kind)


def is_dated(kind):
    """Say whether a period decides how long the category is kept, so that HR can change it."""
    row = settings.RETENTION[kind]
    return "months" in row or "days" in row


def kept_since(kind, *, on):
    """Return the moment from which things of the `kind` are still kept on the day `on`.

    What is kept for 3 months from 15 May is kept to the end of 15 August, London time.
    """
    return start_of(period_of(kind, on=on).first_kept(on))


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


def in_words(*, on):
    """Return the rows of the privacy notice of the day `on`: what is kept, how long, and why that long."""
    return [
        {
            "what": settings.RETENTION[kind]["what"],
            "how_long": settings.RETENTION[kind]["how_long"].format(period=period),
            "why": period.why,
        }
        for kind, period in periods(on=on).items()
    ]


def _of_settings(kind):
    row = settings.RETENTION[kind]
    return Period(row.get("months"), row.get("days"), row["why"])


def decided_on(on):
    """Return the day the periods that hold on the day `on` were last decided about."""
    latest = RetentionPeriod.objects.filter(from_on__lte=on).order_by("-from_on").first()
    return (
        max(settings.RETENTION_DECIDED_ON, latest.from_on)
        if latest
        else settings.RETENTION_DECIDED_ON
    )
