"""Numbers and hours a week as people write them."""

import re
from decimal import Decimal, InvalidOperation

from django.conf import settings

from organisation.sheets.cells import shortened
from organisation.sheets.problems import Unreadable

HOURS_AND_MINUTES = re.compile(
    r"(\d{1,2})\s*(?::|h(?:ou)?rs?(?:\s+and)?)\s*([0-5]\d)?\s*(?:m(?:in)?)?"
)
FTE = re.compile(r"(0?\.\d+|1(?:\.0+)?)\s*(?:fte|wte)")
PLAIN_HOURS = re.compile(r"(\d{1,2}(?:\.\d+)?)\s*(?:h(?:ou)?rs?)?(?:\s*(?:per|a|/)\s*w(?:ee)?k)?")


def parse_hours(text):
    """Return hours a week from "37", "18.5 hours", "18:30" or "0.6 FTE"."""
    words = " ".join(text.lower().replace("per week", "a week").split())
    share = FTE.fullmatch(words)
    plain = PLAIN_HOURS.fullmatch(words)
    clock = HOURS_AND_MINUTES.fullmatch(words)
    if share:
        hours = Decimal(share[1]) * settings.FULL_TIME_WEEKLY_HOURS
    elif plain:
        hours = Decimal(plain[1])
    elif clock:
        hours = int(clock[1]) + Decimal(clock[2] or 0) / 60
    else:
        raise Unreadable(f"We could not read “{shortened(text)}” as hours a week. Write a number.")
    if not 0 < hours <= 48:
        raise Unreadable("Weekly hours must be above 0 and at most 48.")
    return round(hours, 2)


def parse_whole_number(text, lowest, highest):
    digits = re.sub(r"[£,\s]", "", text)
    try:
        number = Decimal(digits)
    except InvalidOperation as error:
        raise Unreadable(f"“{shortened(text)}” is not a number.") from error
    if not number.is_finite() or not lowest <= number <= highest:
        raise Unreadable(f"Write a number from {lowest:,} to {highest:,}.")
    return round(number)
