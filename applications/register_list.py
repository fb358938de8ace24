"""Reads the list that the regulator's search gives: columns by their headings, whatever order they have.

No form of that list is published, so headings are found by several names each, and those we do not know
are told and passed over.
"""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from rapidfuzz import fuzz

from applications.registration import tidy_registration_number
from organisation.sheets.cells import bare, keys_by_name, shortened
from organisation.sheets.dates import parse_date
from organisation.sheets.files import check_sheet
from organisation.sheets.names import small
from organisation.sheets.problems import UnfitFile, Unreadable
from organisation.sheets.reading import open_sheet


@dataclass(frozen=True)
class Column:
    """A column of the list: how it may be headed, and whether nothing can be read without it."""

    key: str
    heading: str
    aliases: tuple = ()
    is_needed: bool = False


COLUMNS = [
    Column(
        "number",
        "Registration number",
        ("Reg number", "Reg no", "Registration no", "SWE number", "Registration ID", "Reference"),
        is_needed=True,
    ),
    Column("name", "Name", ("Full name", "Registered name", "Social worker", "Registrant")),
    Column("first_name", "First name", ("Forename", "Forenames", "First names", "Given name")),
    Column("last_name", "Last name", ("Surname", "Family name")),
    Column(
        "status",
        "Status",
        ("Registration status", "Registered status", "Current status"),
        is_needed=True,
    ),
    Column(
        "conditions",
        "Conditions",
        ("Condition", "Conditions of practice", "Restrictions", "Sanctions", "Annotations"),
    ),
    Column("town", "Town", ("Town or city", "City", "Town of employment", "Place of work")),
    Column(
        "expires_on",
        "Expiry date",
        (
            "Expires",
            "Expires on",
            "Expiry",
            "Registered until",
            "Registration end date",
            "End date",
        ),
    ),
]
TOO_LARGE = (
    "The file must be 1 MB or smaller. A list of 100 people is far smaller: is it the right one?"
)
LONGEST = {"name": 150, "status": 80, "conditions": 500, "town": 80}


@dataclass
class Line:
    """One row of the list, as far as it could be read. `problem` says what could not."""

    row: int
    number: str = ""
    name: str = ""
    status: str = ""
    conditions: str = ""
    town: str = ""
    expires_on: date | None = None
    problem: str = ""


@dataclass
class RegisterList:
    """What was read of a file: its lines, and the headings that were passed over."""

    lines: list = field(default_factory=list)
    unknown: list = field(default_factory=list)


def read_list(file):
    """Return the RegisterList of an uploaded file. Raises UnfitFile with a sentence for the person."""
    if file.size > settings.REGISTER_LARGEST_BYTES:
        raise UnfitFile(TOO_LARGE)
    by_name = keys_by_name(COLUMNS)
    sheet = open_sheet(file, check_sheet(file), lambda heading: by_name.get(bare(heading)))
    _refuse_without_columns(sheet)
    found = RegisterList(unknown=sheet.unknown)
    for row, cells in sheet.rows():
        if len(found.lines) == settings.REGISTER_MOST_ROWS:
            raise UnfitFile(f"The file has more than {settings.REGISTER_MOST_ROWS:,} rows.")
        found.lines.append(_line(row, cells))
    if not found.lines:
        raise UnfitFile("The file has headings and no rows under them.")
    return found


def _refuse_without_columns(sheet):
    missing = [
        column.heading for column in COLUMNS if column.is_needed and column.key not in sheet.keys
    ]
    if "name" not in sheet.keys and "last_name" not in sheet.keys:
        missing.append("Name")
    if missing:
        seen = ", ".join(f"“{shortened(name)}”" for name in sheet.unknown[:8])
        passed = f" We do not know these headings: {seen}." if seen else ""
        raise UnfitFile(
            f"The file lacks what we look for under the heading {', '.join(missing)}.{passed} "
            "Is it the list that the register’s search gives?"
        )


def _line(row, cells):
    name = cells.get("name") or f"{cells.get('first_name', '')} {cells.get('last_name', '')}"
    texts = {
        key: " ".join(cells.get(key, "").split())[:longest] for key, longest in LONGEST.items()
    }
    line = Line(row, **texts | {"name": " ".join(name.split())[: LONGEST["name"]]})
    typed = cells.get("number", "")
    line.number = tidy_registration_number(typed) or ""
    if not line.number:
        line.problem = f"“{shortened(typed, 20)}” is no registration number."
    elif not line.name or not line.status:
        line.problem = "The row has no name or no status."
    elif cells.get("expires_on"):
        line.expires_on, line.problem = _date(cells["expires_on"])
    return line


def _date(text):
    try:
        return parse_date(text), ""
    except Unreadable as problem:
        return None, f"Expiry date: {problem}"


def likeness(name, other):
    """Return how alike two names are, 100 for the same, whatever their order and their accents' case."""
    return fuzz.token_sort_ratio(_letters(name), _letters(other))


def _letters(name):
    return small(bare(name) or name)


def is_good_status(status):
    """Say whether the register's word for somebody means that they may practise."""
    return small(status) in settings.REGISTER_GOOD_STATUSES
