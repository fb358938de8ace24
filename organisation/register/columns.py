"""The columns of a list of staff and of a list of absence, and what else people call them."""

from dataclasses import dataclass

from organisation.models import RegisterKind
from organisation.sheets.cells import bare, keys_by_name
from organisation.sheets.problems import UnfitFile
from organisation.sheets.reading import open_sheet


@dataclass(frozen=True)
class Column:
    key: str
    heading: str
    example: str
    aliases: tuple = ()


EMPLOYEE_NUMBER = Column(
    "employee_number",
    "Employee number",
    "E40007. Each person is known by it.",
    ("payroll number", "staff number", "personnel number", "employee no"),
)
STAFF = [
    EMPLOYEE_NUMBER,
    Column("full_name", "Name", "Sam Okafor", ("full name", "employee name")),
    Column("email", "E-mail", "sam.okafor@example.org", ("email", "e-mail address", "work email")),
    Column("role", "Role", "Social worker, as the portal calls it", ("job title", "job role")),
    Column("team", "Team", "as the portal calls it", ("team name",)),
    Column(
        "manager",
        "Line manager",
        "the manager's employee number, or none",
        ("line manager's employee number", "line manager employee number", "manager",
         "manager's employee number", "reports to"),
    ),
    Column("weekly_hours", "Weekly hours", "37; 18:30; 0.6 FTE", ("hours", "hours a week")),
    Column("started_on", "Started on", "1 December 2026", ("start date", "first day")),
    Column("left_on", "Last day", "31 March 2027, or none", ("leaving date", "left on", "end date")),
    Column(
        "registration_number",
        "Registration number",
        "SW123456, or none",
        ("social work england number", "registration", "swe number"),
    ),
    Column(
        "pattern",
        "Working pattern",
        "Mon-Fri / Mon-Thu; Mon, Tue am, Thu-Fri",
        ("pattern", "days worked", "working days"),
    ),
    Column("half_days", "CPD half days used", "3", ("half days used", "opening cpd balance")),
    Column("as_at", "CPD as at", "30 November 2026, with the column before", ("balance as at",)),
]  # fmt: skip
ABSENCE = [
    EMPLOYEE_NUMBER,
    Column("starts_on", "First day", "1 December 2026", ("from", "start date", "starts on")),
    Column("ends_on", "Last day", "4 December 2026", ("to", "end date", "ends on", "until")),
    Column("part", "Part", "morning or afternoon; empty for whole days; cancelled takes it out",
           ("half", "half day")),
    Column("key", "Absence number", "A-1042, which tells it from others where it comes from",
           ("key", "absence id", "id", "reference")),
]  # fmt: skip
COLUMNS = {RegisterKind.STAFF: STAFF, RegisterKind.ABSENCE: ABSENCE}
NEEDED = {
    RegisterKind.STAFF: ["employee_number"],
    RegisterKind.ABSENCE: ["employee_number", "starts_on", "ends_on", "key"],
}


def headings(kind):
    """Return {key: heading} of the columns of a list."""
    return {column.key: column.heading for column in COLUMNS[kind]}


def open_register(file, sheet_format, kind):
    """Return the Sheet of an open list.

    Raises UnfitFile, also later while its rows are read, and when a heading that is needed is missing
    or two columns are for the same.
    """
    names = keys_by_name(COLUMNS[kind])
    sheet = open_sheet(file, sheet_format, lambda heading: names.get(bare(heading)))
    missing = [headings(kind)[key] for key in NEEDED[kind] if key not in sheet.keys]
    if missing:
        named = " and ".join(f"“{heading}”" for heading in missing)
        raise UnfitFile(f"The first row must name the columns, and we cannot find {named}.")
    twice = [heading for key, heading in headings(kind).items() if sheet.keys.count(key) > 1]
    if twice:
        raise UnfitFile(
            f"Two columns of the list are for “{twice[0]}”. Take one out, so that we know which holds."
        )
    return sheet
