"""Opening balances and past attendance from a file: read row by row, and said what is wrong where.

Columns: employee number, date, half days, what, key. A row whose "what" is "opening balance" is one;
every other is something attended before the portal, in its own words. The good rows can be sent back
as text, so that what is entered is read from the very rows that were looked at.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial

from django.conf import settings
from django.db.models import Sum

from design_system.numbers import whole_number
from organisation.half_days import MOST_HALF_DAYS
from organisation.models import StaffMember
from organisation.sheets.cells import bare, shortened
from organisation.sheets.dates import parse_date
from organisation.sheets.files import check_sheet
from organisation.sheets.problems import UnfitFile, Unreadable
from organisation.sheets.reading import open_sheet
from training.models import LedgerEntry, LedgerKind

COLUMNS = ["employee number", "date", "half days", "what", "key"]
OPENING_BALANCE = "opening balance"
FIRST_YEAR = 2000
HALF_DAYS_OF_A_DAY = 2
LONGEST_KEY = 100
LONGEST_WORDS = 200
KEYS = {
    **{bare(heading): heading for heading in COLUMNS},
    "staff number": "employee number",
    "payroll number": "employee number",
}
parse_day = partial(parse_date, first_year=FIRST_YEAR, short_years=False)


@dataclass(frozen=True)
class LedgerRow:
    """A good row: whose half days, when, how many, and of what."""

    line: int
    member: StaffMember
    on: date
    half_days: int
    kind: str
    words: str
    key: str

    def as_cells(self):
        """Return the cells that are read as this row, in the order of COLUMNS."""
        number, what = self.member.employee_number, self.words or OPENING_BALANCE
        return [number, self.on.isoformat(), str(self.half_days), what, self.key]

    @property
    def days(self):
        return Decimal(self.half_days) / 2

    @property
    def is_opening(self):
        return self.kind == LedgerKind.OPENING_BALANCE

    @property
    def day_of(self):
        """What two entries share that are for one person on one day."""
        return self.member.user_id, self.on


@dataclass
class LedgerFile:
    """What a file holds: rows to enter, how many are there already, and (line, sentence) problems."""

    rows: list = field(default_factory=list)
    known: int = 0
    problems: list = field(default_factory=list)


def read_file(file):
    """Return the (line, cells) of an uploaded CSV file or workbook. Raises UnfitFile."""
    sheet = open_sheet(file, check_sheet(file), lambda heading: KEYS.get(bare(heading)))
    missing = [column for column in COLUMNS if column not in sheet.keys]
    if missing:
        raise UnfitFile(f"The first row must name these columns too: {', '.join(missing)}.")
    twice = [column for column in COLUMNS if sheet.keys.count(column) > 1]
    if twice:
        raise UnfitFile(f"Two columns of the file are for “{twice[0]}”. Take one out.")
    return _bounded(list(sheet.rows()))


def as_text(rows):
    """Return LedgerRows as the text that `from_text` reads."""
    return json.dumps([[row.line, *row.as_cells()] for row in rows], ensure_ascii=False)


def from_text(text):
    """Return the (line, cells) of a text that `as_text` made. Raises UnfitFile for any other."""
    try:
        lines = [
            (int(line), {key: str(cell) for key, cell in zip(COLUMNS, cells, strict=True)})
            for line, *cells in json.loads(text)
        ]
    except (ValueError, TypeError, AttributeError) as error:
        raise UnfitFile("We lost the rows on the way. Choose the file again.") from error
    return _bounded(lines)


def _bounded(lines):
    if not lines:
        raise UnfitFile("The file has no rows below its headings.")
    if len(lines) > settings.LEDGER_FILE_MOST_ROWS:
        raise UnfitFile(f"A file has at most {settings.LEDGER_FILE_MOST_ROWS:,} rows. Split it.")
    return lines


def judge(lines, today):
    """Return the LedgerFile of (line, cells) that were read: nothing is entered. Three queries."""
    numbers = [cells.get("employee number") for _, cells in lines]
    members = StaffMember.objects.filter(employee_number__in=numbers).select_related("user")
    members = {member.employee_number: member for member in members}
    keys = [cells.get("key") for _, cells in lines]
    entries = {entry.key: entry for entry in LedgerEntry.objects.filter(key__in=keys)}
    taken = _half_days_taken([member.user_id for member in members.values()])
    found, seen = LedgerFile(), {}
    for line, cells in lines:
        try:
            row = _read(line, cells, members, today)
            if row.key in seen:
                raise Unreadable(f"Line {seen[row.key]} has the same key.")
            seen[row.key] = line
            if _is_there(row, entries.get(row.key)):
                found.known += 1
            else:
                _fit_in_its_day(row, taken)
                found.rows.append(row)
        except Unreadable as problem:
            found.problems.append((line, str(problem)))
    return found


def _half_days_taken(people):
    """Return a Counter of the half days in the ledger by (person, day), opening balances left out."""
    sums = (
        LedgerEntry.objects.filter(person__in=people)
        .exclude(kind=LedgerKind.OPENING_BALANCE)
        .order_by()
        .values_list("person", "on")
        .annotate(Sum("half_days"))
    )
    return Counter({(person, on): half_days for person, on, half_days in sums})


def _fit_in_its_day(row, taken):
    """Count a row's half days to its day. Raises Unreadable when that is more than a day has."""
    if row.is_opening:
        return
    together = taken[row.day_of] + row.half_days
    if together > HALF_DAYS_OF_A_DAY:
        raise Unreadable(
            f"With this {row.member.user.full_name} would have {together} half days on "
            f"{row.on:%-d %B %Y}. A day has {HALF_DAYS_OF_A_DAY}."
        )
    taken[row.day_of] = together


def _read(line, cells, members, today):
    for heading in COLUMNS:
        if cells.get(heading, "").startswith("="):
            raise Unreadable(
                f"The cell of “{heading}” begins with =, as a formula does. Put its result there."
            )
    member = _member(cells.get("employee number", ""), members, today)
    what, key = cells.get("what", ""), cells.get("key", "")
    if not key or len(key) > LONGEST_KEY:
        raise Unreadable(f"Give a key of at most {LONGEST_KEY} letters, different for every row.")
    if not what or len(what) > LONGEST_WORDS:
        raise Unreadable(f"Say what it was, in at most {LONGEST_WORDS} letters.")
    opening = bare(what) == OPENING_BALANCE
    return LedgerRow(
        line=line,
        member=member,
        on=_day(cells.get("date", ""), today),
        half_days=_half_days(cells.get("half days", "")),
        kind=LedgerKind.OPENING_BALANCE if opening else LedgerKind.IMPORTED,
        words="" if opening else what,
        key=key,
    )


def _member(number, members, today):
    member = members.get(number)
    if member is None:
        raise Unreadable(f"Nobody has the employee number “{shortened(number)}”.")
    if not member.works_here(today):
        raise Unreadable(f"{member.user.full_name} does not work here now.")
    return member


def _day(text, today):
    if not text:
        raise Unreadable("Give the date, like 31/01/2026.")
    day = parse_day(text)
    if day > today:
        raise Unreadable(f"{day:%-d %B %Y} has not come yet.")
    return day


def _half_days(text):
    number = whole_number(text)
    if number is None or not 1 <= number <= MOST_HALF_DAYS:
        raise Unreadable(
            f"“{shortened(text)}” is no number of half days from 1 to {MOST_HALF_DAYS}."
        )
    return number


def _is_there(row, entry):
    """Say whether the row was entered before. Raises Unreadable when its key was used for another."""
    if entry is None:
        return False
    same = (row.member.user_id, row.on, row.half_days)
    if (entry.person_id, entry.on, entry.half_days) != same:
        raise Unreadable("This key has entered something else before. Enter a correction by hand.")
    return True
