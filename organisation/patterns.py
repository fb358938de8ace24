"""Working patterns as people write them: "Mon-Fri", or "Mon, Tue am, Thu-Fri / Mon-Wed" for two weeks.

Days are named by their first three letters or in full; "am" or "pm" behind one makes it a half day. A
slash parts the two weeks. One week alone stands for both, and a week without work is "off".
"""

import re
from datetime import timedelta

from organisation.half_days import AFTERNOON, FIRST_MONDAY, MORNING
from organisation.sheets.cells import shortened
from organisation.sheets.problems import Unreadable

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
FULL_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
OTHER_NAMES = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
SLOTS_A_WEEK = 14
HALVES = {
    "am": {MORNING}, "morning": {MORNING}, "pm": {AFTERNOON}, "afternoon": {AFTERNOON},
}  # fmt: skip
HALF_WORDS = {frozenset({MORNING}): " am", frozenset({AFTERNOON}): " pm"}
PART = re.compile(
    r"(?P<first>[a-z]+)\s*(?:(?:-|–|\bto\b)\s*(?P<last>[a-z]+?))??"
    r"(?:\s+(?P<half>am|pm|morning|afternoon)s?)?"
)
ADVICE = "Write it like Mon-Fri, or Mon, Tue am, Thu-Fri / Mon-Wed for two weeks."


def parse_pattern(text):
    """Return the sorted numbers of the half days worked in two weeks. Raises Unreadable."""
    weeks = [_week(part, text) for part in text.lower().split("/")]
    if len(weeks) > 2:
        raise Unreadable(f"“{shortened(text)}” has more than two weeks. {ADVICE}")
    first, second = weeks if len(weeks) == 2 else weeks * 2
    slots = sorted(first) + sorted(slot + SLOTS_A_WEEK for slot in second)
    if not slots:
        raise Unreadable(f"“{shortened(text)}” has no day of work. {ADVICE}")
    return slots


def pattern_in_words(slots):
    """Return half-day numbers as a text that `parse_pattern` reads: "Mon-Fri / Mon-Thu"."""
    weeks = [_week_in_words({slot - start for slot in slots}) for start in (0, SLOTS_A_WEEK)]
    return weeks[0] if weeks[0] == weeks[1] else " / ".join(weeks)


def is_first_week(day):
    """Say whether a date is in the first of the two weeks that patterns are written in."""
    return (day - FIRST_MONDAY).days % 14 < 7


def monday_of(day):
    return day - timedelta(days=day.weekday())


def _week(words, text):
    """Return the half-day numbers of one week, 0 for the morning of its Monday."""
    words = " ".join(words.split())
    if words in ("off", "none"):
        return set()
    found = set()
    for part in re.split(r"\s*(?:[,;+&]|\band\b)\s*", words):
        match = PART.fullmatch(part)
        if match is None:
            raise Unreadable(f"We could not read the pattern “{shortened(text)}”. {ADVICE}")
        halves = HALVES.get(match["half"], {MORNING, AFTERNOON})
        first = _day(match["first"], text)
        last = _day(match["last"], text) if match["last"] else first
        if last < first:
            raise Unreadable(f"“{shortened(part)}” goes backwards. {ADVICE}")
        found |= {day * 2 + half for day in range(first, last + 1) for half in halves}
    return found


def _day(word, text):
    if word in OTHER_NAMES:
        return OTHER_NAMES[word]
    for number, name in enumerate(FULL_NAMES):
        if word in (name, name[:3]):
            return number
    raise Unreadable(f"We do not know the day “{word}” in “{shortened(text)}”. {ADVICE}")


def _week_in_words(slots):
    """Return one week in words, days that follow each other with the same halves as one."""
    runs = []
    for day in range(7):
        halves = frozenset(half for half in (MORNING, AFTERNOON) if day * 2 + half in slots)
        if not halves:
            continue
        if runs and runs[-1][1:] == [day - 1, halves]:
            runs[-1][1] = day
        else:
            runs.append([day, day, halves])
    return ", ".join(_run_in_words(*run) for run in runs) or "off"


def _run_in_words(first, last, halves):
    days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
    return f"{days}{HALF_WORDS.get(halves, '')}"
