"""Form fields that ask and check the way the design system shows them."""

import calendar
import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateformat import format as format_date
from django.utils.text import normalize_newlines

from design_system.numbers import whole_number
from design_system.widgets import DatePartsWidget, MonthWidget

MONTHS = list(calendar.month_abbr)  # its first is empty, so that March is number 3


class DatePartsField(forms.Field):
    """A date typed as day, month and year; each error says which part to mend.

    `earliest` and `latest` are dates, or functions that give one, and both days are allowed.
    `thing` is what the messages call the answer, for example "Your start date".
    Errors carry `params["parts"]`, so that the summary links to the first wrong part.
    """

    widget = DatePartsWidget

    def __init__(self, *, thing="The date", earliest=None, latest=None, **kwargs):
        self.thing = thing
        required = {"required": f"Enter {thing[0].lower()}{thing[1:]}"}
        kwargs["error_messages"] = required | kwargs.get("error_messages", {})
        super().__init__(**kwargs)
        self.earliest = earliest
        self.latest = latest

    def to_python(self, value):
        if isinstance(value, datetime.date):
            return value
        parts = self.widget.PARTS
        typed = [str(part or "").strip() for part in value or [""] * len(parts)]
        if not any(typed):
            return None
        self._refuse_missing_parts(typed)
        return self._build_date(dict(zip(parts, typed, strict=True)))

    def validate(self, value):
        if value is None and self.required:
            raise self._error(self.error_messages["required"])
        if value is None:
            return
        earliest, latest = self._limit(self.earliest), self._limit(self.latest)
        if earliest and value < earliest:
            raise self._error(self._too_early(earliest))
        if latest and value > latest:
            raise self._error(self._too_late(latest))

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True

    def _limit(self, limit):
        return limit() if callable(limit) else limit

    def _too_early(self, earliest):
        return f"{self.thing} must be on or after {format_date(earliest, 'j F Y')}"

    def _too_late(self, latest):
        return f"{self.thing} must be on or before {format_date(latest, 'j F Y')}"

    def _refuse_missing_parts(self, typed):
        missing = [part for part, text in zip(self.widget.PARTS, typed, strict=True) if not text]
        if missing:
            raise self._error(f"{self.thing} must include a {' and a '.join(missing)}", missing)

    def _build_date(self, typed):
        day = whole_number(typed["day"])
        if day is None or not 1 <= day <= 31:
            raise self._error(f"{self.thing} must have a day from 1 to 31", ["day"])
        month, year = self._month_and_year(typed)
        try:
            return datetime.date(year, month, day)
        except ValueError as error:
            raise self._error(f"{self.thing} must be a real date", ["day"]) from error

    def _month_and_year(self, typed):
        month, year = _month_number(typed["month"]), whole_number(typed["year"])
        if month is None or not 1 <= month <= 12:
            raise self._error(f"{self.thing} must have a month from 1 to 12", ["month"])
        if year is None or not 1000 <= year <= 9999:
            raise self._error(f"{self.thing} must have a year of 4 numbers, like 2026", ["year"])
        return month, year

    def _error(self, message, parts=None):
        wrong = list(parts or self.widget.PARTS)
        return ValidationError(message, code="date", params={"parts": wrong})


class MonthField(DatePartsField):
    """A month typed as month and year; its value is the first day of it.

    The other arguments are those of DatePartsField. A limit may be any day of its month.
    """

    widget = MonthWidget

    def _build_date(self, typed):
        month, year = self._month_and_year(typed)
        return datetime.date(year, month, 1)

    def _limit(self, limit):
        limit = super()._limit(limit)
        return limit and limit.replace(day=1)

    def _too_early(self, earliest):
        return f"{self.thing} must be {format_date(earliest, 'F Y')} or later"

    def _too_late(self, latest):
        return f"{self.thing} must be {format_date(latest, 'F Y')} or earlier"


class LongTextField(forms.CharField):
    """Text of several lines with a counter under it, in characters (`max_length`) or words (`max_words`).

    A line break counts as one character, as it does in the browser's counter.
    """

    widget = forms.Textarea

    def __init__(self, *, max_words=None, rows=6, **kwargs):
        self.max_words = max_words
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value):
        return normalize_newlines(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        typed = len(value.split())
        if self.max_words and typed > self.max_words:
            raise ValidationError(
                f"Use {self.max_words} words or fewer. You have used {typed}.",
                code="max_words",
            )


def _month_number(text):
    start = text[:3].capitalize()
    return MONTHS.index(start) if start in MONTHS else whole_number(text)
