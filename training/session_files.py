"""Lists of people for one session, from a CSV file or a workbook: whom to book, or who came.

A list is read into rows of text first. They can be sent back as text, so that what is applied is read
from the very rows that were looked at.
"""

import json
from dataclasses import dataclass

from django.conf import settings

from design_system.numbers import whole_number
from organisation.models import StaffMember
from organisation.sheets.cells import bare, shortened
from organisation.sheets.files import check_sheet
from organisation.sheets.problems import UnfitFile, Unreadable
from organisation.sheets.reading import open_sheet

NUMBER, PAST_THE_LIST, COVER, CAME = "number", "past_the_list", "cover", "came"
HEADINGS = {
    NUMBER: "employee number",
    PAST_THE_LIST: "past the list because",
    COVER: "below cover because",
    CAME: "attended",
}
BOOKING_COLUMNS = [NUMBER, PAST_THE_LIST, COVER]
ATTENDANCE_COLUMNS = [NUMBER, CAME]
LONGEST_REASON = 500
ALSO_CALLED = {"staff number": NUMBER, "payroll number": NUMBER, "attendance": CAME, "came": CAME}
KEYS = {bare(heading): key for key, heading in HEADINGS.items()} | ALSO_CALLED
YES = {"attended", "yes", "y", "all", "full", "present", "came"}
PARTLY = {"partly", "part", "partly attended", "half"}
NO = {"no show", "no", "n", "did not come", "absent", "did not attend", "none"}


@dataclass(frozen=True)
class ListRow:
    """A row of a list: its number in the file, and the cells by key."""

    line: int
    cells: dict

    def text(self, key):
        return self.cells.get(key, "")


def read_list(file, needed):
    """Return the ListRows of an uploaded file. Raises UnfitFile when it is no such list at all.

    `needed` are the keys of columns that it must have.
    """
    sheet = open_sheet(file, check_sheet(file), lambda heading: KEYS.get(bare(heading)))
    missing = [HEADINGS[key] for key in needed if key not in sheet.keys]
    if missing:
        raise UnfitFile(f"The first row must name these columns too: {', '.join(missing)}.")
    return _bounded([ListRow(line, cells) for line, cells in sheet.rows()])


def as_text(rows):
    """Return rows as the text that `from_text` reads."""
    return json.dumps([[row.line, row.cells] for row in rows])


def from_text(text):
    """Return the rows of a text that `as_text` made. Raises UnfitFile for any other."""
    try:
        found = [
            ListRow(int(line), {key: str(cells[key]) for key in HEADINGS if key in cells})
            for line, cells in json.loads(text)
            if cells.keys() <= HEADINGS.keys()
        ]
    except (ValueError, TypeError, AttributeError) as error:
        raise UnfitFile("We lost the list on the way. Choose the file again.") from error
    return _bounded(found)


def _bounded(rows):
    if not rows:
        raise UnfitFile("The file names nobody.")
    if len(rows) > settings.SESSION_FILE_MOST_ROWS:
        raise UnfitFile(f"A list has at most {settings.SESSION_FILE_MOST_ROWS} rows. Split it.")
    return rows


def members_named(rows):
    """Return {employee number: member of staff, with user} of everybody a list names. One query."""
    numbers = {row.text(NUMBER) for row in rows}
    members = StaffMember.objects.filter(employee_number__in=numbers).select_related("user")
    return {member.employee_number: member for member in members}


def half_days_of(text, possible):
    """Return how many of a session's half days a cell says somebody attended. Raises Unreadable."""
    words = bare(text)
    if words in YES:
        return possible
    if words in NO:
        return 0
    if words in PARTLY and possible == 2:
        return 1
    if words in PARTLY:
        raise Unreadable(f"Write how many half days of {possible} they attended.")
    number = whole_number(text.strip())
    if number is not None and number <= possible:
        return number
    raise Unreadable(
        f"We could not read “{shortened(text)}”. Write attended, partly, no-show, or half days "
        f"from 0 to {possible}."
    )
