"""Opening balances and past attendance from a CSV file: read row by row, and said what is wrong where.

Columns: employee number, date, half days, what, key. A row whose "what" is "opening balance" is one;
every other is something attended before the portal, in its own words.
"""

import csv
import io
from dataclasses import dataclass, field
from datetime import date

from organisation.models import StaffMember
from training.models import LedgerEntry, LedgerKind

COLUMNS = ["employee number", "date", "half days", "what", "key"]
LARGEST_BYTES = 2_000_000
MOST_HALF_DAYS = 40


class UnfitLedgerFile(Exception):
    """The file cannot be read as one of entries at all."""


@dataclass(frozen=True)
class LedgerRow:
    line: int
    employee_number: str
    person_id: int
    on: date
    half_days: int
    kind: str
    words: str
    key: str


@dataclass
class LedgerFile:
    """What a file holds: rows to enter, how many are there already, and (line, sentence) problems."""

    rows: list = field(default_factory=list)
    known: int = 0
    problems: list = field(default_factory=list)


def decode(data):
    """Return the text of an uploaded file's bytes. Raises UnfitLedgerFile."""
    if len(data) > LARGEST_BYTES:
        raise UnfitLedgerFile("The file is larger than 2 MB. Cut it in two.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnfitLedgerFile("Save the file as CSV with UTF-8, then choose it again.") from error


def read_ledger(text, today):
    """Return the LedgerFile of a CSV text: nothing is entered. Raises UnfitLedgerFile. Two queries."""
    try:
        lines = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise UnfitLedgerFile(f"The file is no CSV that can be read: {error}.") from error
    headings = {(heading or "").strip().lower(): heading for heading in (lines or [{}])[0]}
    missing = [column for column in COLUMNS if column not in headings]
    if missing:
        raise UnfitLedgerFile(f"The first row must name these columns too: {', '.join(missing)}.")
    people = dict(StaffMember.objects.values_list("employee_number", "user_id"))
    cells = [
        {column: (line[headings[column]] or "").strip() for column in COLUMNS} for line in lines
    ]
    keys = [row["key"] for row in cells]
    entries = {entry.key: entry for entry in LedgerEntry.objects.filter(key__in=keys)}
    return _sorted_out(cells, people, entries, today)


def _sorted_out(cells, people, entries, today):
    found, seen = LedgerFile(), {}
    for line, row in enumerate(cells, start=2):
        try:
            entry = _read(line, row, people, today)
            if entry.key in seen:
                raise ValueError(f"Line {seen[entry.key]} has the same key.")
            seen[entry.key] = line
            if _is_there(entry, entries.get(entry.key)):
                found.known += 1
            else:
                found.rows.append(entry)
        except ValueError as problem:
            found.problems.append((line, str(problem)))
    return found


def _read(line, row, people, today):
    number = row["employee number"]
    if number not in people:
        raise ValueError(f"Nobody has the employee number “{number}”.")
    if not row["key"] or len(row["key"]) > 100:
        raise ValueError("Give a key of at most 100 letters, different for every row.")
    if len(row["what"]) > 200:
        raise ValueError("Say what it was in at most 200 letters.")
    opening = row["what"].lower() == "opening balance"
    return LedgerRow(
        line=line,
        employee_number=number,
        person_id=people[number],
        on=_day(row["date"], today),
        half_days=_half_days(row["half days"]),
        kind=LedgerKind.OPENING_BALANCE if opening else LedgerKind.IMPORTED,
        words="" if opening else row["what"],
        key=row["key"],
    )


def _day(text, today):
    dashed = "-".join(reversed(text.split("/"))) if "/" in text else text
    try:
        day = date.fromisoformat(dashed)
    except ValueError as error:
        raise ValueError(f"“{text}” is no date. Write 31/01/2026.") from error
    if day > today:
        raise ValueError(f"{text} has not come yet.")
    return day


def _half_days(text):
    # isdecimal() alone lets figures of other scripts in, and they are figures to int() too.
    if not text.isdecimal() or not 1 <= int(text) <= MOST_HALF_DAYS:
        raise ValueError(f"“{text}” is no number of half days from 1 to {MOST_HALF_DAYS}.")
    return int(text)


def _is_there(row, entry):
    """Say whether the row was entered before. Raises ValueError when its key was used for another."""
    if entry is None:
        return False
    if (entry.person_id, entry.on, entry.half_days) != (row.person_id, row.on, row.half_days):
        raise ValueError("This key has entered something else before. Enter a correction by hand.")
    return True
