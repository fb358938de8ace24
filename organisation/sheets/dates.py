"""Dates as people and spreadsheets write them. A day comes before its month, as in this country."""

import re
from datetime import date, timedelta

from organisation.sheets.cells import shortened
from organisation.sheets.problems import Unreadable

MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
MONTH = r"(?P<month>[a-z]{3,9})\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4}|\d{2})"
FORMS = [
    re.compile(rf"{form}(?:$|[\s,T]+.*)", re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}})\s?[-/.]\s?(?P<month>\d{{1,2}})\s?[-/.]\s?{YEAR}",
        rf"{DAY}(?:\s+of)?[\s\-/.]+{MONTH}[\s\-/.,]+{YEAR}",
        rf"{MONTH}\s+{DAY},?\s+{YEAR}",
    )
]
WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.I
)
TIME_FIRST = re.compile(
    r"^.*?\b(?:noon|midnight|[ap]m|\d{1,2}[:.]\d{2})\b(?:\s+on)?[\s,]+(?=.*\d{2}$)", re.I
)
# Day 0 of a spreadsheet, and the serial numbers we believe: from 1982 to 2064.
DAY_ZERO = date(1899, 12, 30)
SERIAL = re.compile(r"([3-5]\d{4})(?:\.\d+)?")
ADVICE = "Write it like 31 December 2026."
LAST_YEAR = 2100


def parse_date(text, first_year=2000, short_years=True):
    """Return the date the words tell: ISO, 31/12/26, 1st December 2026, 46357. Raises Unreadable.

    Years are from `first_year` to 2100. Without `short_years` two figures are no year: of a person
    who started in 98 nobody can tell the century.
    """
    words = WEEKDAY.sub("", " ".join(text.split()))
    serial = SERIAL.fullmatch(words)
    if serial:
        return DAY_ZERO + timedelta(days=int(serial[1]))
    found = _matched(words) or _matched(WEEKDAY.sub("", TIME_FIRST.sub("", words)))
    if found is None:
        raise Unreadable(f"We could not read “{shortened(text)}” as a date. {ADVICE}")
    year = _year(found["year"], first_year, short_years)
    try:
        return date(year, _month(found["month"]), int(found["day"]))
    except (ValueError, KeyError) as error:
        raise Unreadable(f"There is no such day as “{shortened(text)}”. {ADVICE}") from error


def _matched(words):
    return next((match for form in FORMS if (match := form.fullmatch(words))), None)


def _year(digits, first_year, short_years):
    if len(digits) == 2 and not short_years:
        raise Unreadable(f"Write the year with four figures, not “{digits}”. {ADVICE}")
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    if not first_year <= year <= LAST_YEAR:
        raise Unreadable(
            f"The year must be from {first_year} to {LAST_YEAR}, not {digits}. {ADVICE}"
        )
    return year


def _month(text):
    if text.isdigit():
        return int(text)
    name = text.lower()
    number = MONTHS[name[:3]]
    full = date(2000, number, 1).strftime("%B").lower()
    if not (full.startswith(name) or name == "sept"):
        raise KeyError(name)
    return number
