"""Salaries as people write them: "£32,000 - £35,000 pro rata", "£32k", "Grade G", "negotiable"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from organisation.sheets.cells import shortened
from organisation.sheets.problems import Unreadable

# What is said of money on top of the salary, from this word on.
ON_TOP = re.compile(
    r"\bplus\b|\s\+\s|\+\s*£|\band an?\b|\bwith an?\b|\bincluding\b|\bin addition\b"
)
FULL_TIME_PAY = re.compile(r"(?:\bfte\b|full[- ]time equivalent)[^£0-9]{0,20}(?=[£0-9])")
GRADE = re.compile(r"\bgrade\s*:?\s*([a-k])\b")
AMOUNT = re.compile(
    r"(?:£|\bgbp)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<thousands>k\b)?"
    r"(?!\s*(?:%|per ?cent|hours?\b|hrs?\b|weeks?\b|months?\b|days?\b|years?\b|points?\b))"
)
NOT_SAID = re.compile(
    r"negotiable|competitive|grade|depend|experience|to be (?:confirmed|agreed)|\btb[ca]\b|see advert"
)
# The hours that are worked are not what is paid by.
HOURS_WORKED = re.compile(
    r"\d+(?:\.\d+)?\s*(?:hours?|hrs?|days?|weeks?)\b(?:\s*(?:per|an?|/)\s*(?:week|year|wk)\b)?"
)
UNITS = [
    ("hour", re.compile(r"\bper h(?:ou)?r\b|\ban hour\b|/ ?h(?:ou)?r\b|\bhourly\b|\bp\.?h\b")),
    ("day", re.compile(r"\bper day\b|\ba day\b|/ ?day\b|\bdaily\b")),
    ("week", re.compile(r"\bper week\b|\ba week\b|/ ?week\b|\bweekly\b|\bp\.?w\b")),
    ("month", re.compile(r"\bper month\b|\ba month\b|/ ?month\b|\bmonthly\b|\bpcm\b")),
]
LOWEST_BELIEVED, HIGHEST_BELIEVED = 5_000, 300_000
ADVICE = "Write the pay of a full-time year, like £32,000 to £35,000."


@dataclass(frozen=True)
class Salary:
    """Pay of a full-time year in whole pounds. An end that is None is the grade's.

    `grade` is a letter that the words name; `left_out` are words about money on top of the salary.
    """

    lowest: int | None
    highest: int | None
    grade: str = ""
    left_out: str = ""


def parse_salary(text):
    """Return the Salary that the words tell. Raises Unreadable."""
    words = " ".join(text.lower().replace("–", "-").replace("—", "-").split())
    grade = GRADE.search(words)
    letter = grade[1].upper() if grade else ""
    words = HOURS_WORKED.sub(" ", GRADE.sub(" grade ", words))
    words, left_out = _without_extras(words)
    amounts = _amounts(words)
    if not amounts:
        if letter or NOT_SAID.search(words):
            return Salary(None, None, letter, left_out)
        raise Unreadable(f"We could not find an amount in “{shortened(text)}”. {ADVICE}")
    if len(amounts) > 2:
        found = f"There are {len(amounts)} amounts in “{shortened(text)}”"
        raise Unreadable(f"{found}, and we cannot tell which are the pay. {ADVICE}")
    return Salary(*_ends(words, [_believed(amount, text) for amount in amounts]), letter, left_out)


def _without_extras(words):
    full_time = FULL_TIME_PAY.search(words)
    if full_time:
        words = words[full_time.end() :]
    on_top = ON_TOP.search(words)
    if on_top and re.search(r"\d", words[: on_top.start()]):
        return words[: on_top.start()], words[on_top.start() :].strip(" ()")
    return words, ""


def _amounts(words):
    """Return the amounts a year in the words, "32-35k" and hourly pay worked out."""
    found = [match for match in AMOUNT.finditer(words) if not _is_part(words, match)]
    numbers = [Decimal(match["number"].replace(",", "")) for match in found]
    thousands = [bool(match["thousands"]) for match in found]
    if any(thousands):
        numbers = [number * 1000 if number < 1000 else number for number in numbers]
    times = _times_a_year(words)
    return [number * times for number in numbers]


def _is_part(words, match):
    """Say whether the match is cut out of something else, such as the 3 of "30 hours" or "SCP25"."""
    before, after = words[: match.start("number")][-1:], words[match.end() :][:1]
    return before.isalnum() or after.isdigit()


def _times_a_year(words):
    week = Decimal(str(settings.WEEKS_A_YEAR))
    times = {
        "hour": week * settings.FULL_TIME_WEEKLY_HOURS,
        "day": week * 5,
        "week": week,
        "month": Decimal(12),
    }
    return next((times[unit] for unit, pattern in UNITS if pattern.search(words)), Decimal(1))


def _believed(amount, text):
    if not LOWEST_BELIEVED <= amount <= HIGHEST_BELIEVED:
        found = f"“{shortened(text)}” comes to £{amount:,.0f} a year, which cannot be right"
        raise Unreadable(f"{found}. {ADVICE}")
    return round(amount)


def _ends(words, amounts):
    if len(amounts) == 2:
        return tuple(amounts)
    if re.search(r"\bup to\b|\bmax", words):
        return None, amounts[0]
    if re.search(r"\bfrom\b|\bstarting\b|\bmin", words):
        return amounts[0], None
    return amounts[0], amounts[0]
