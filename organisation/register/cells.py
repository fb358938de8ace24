"""Reads the cells of one row into the fields they ask for, and what is wrong with them."""

import re
from dataclasses import dataclass, field
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from organisation.half_days import MOST_HALF_DAYS
from organisation.models import AbsencePart, RegisterRow, StaffMember
from organisation.patterns import parse_pattern
from organisation.sheets.cells import shortened
from organisation.sheets.dates import parse_date
from organisation.sheets.names import found_by_name
from organisation.sheets.numbers import parse_hours, parse_whole_number
from organisation.sheets.problems import Problem, Unreadable
from organisation.states import RegisterOutcome

# Who works here may have started in another century.
parse_day = partial(parse_date, first_year=1900, short_years=False)
EMPLOYEE_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9./-]{0,19}")
NONE = {"none", "-", "–", "n/a"}
CANCELLED = "cancelled"
PARTS = {
    "am": AbsencePart.MORNING, "morning": AbsencePart.MORNING, "pm": AbsencePart.AFTERNOON,
    "afternoon": AbsencePart.AFTERNOON, "whole days": AbsencePart.WHOLE_DAYS,
    "whole day": AbsencePart.WHOLE_DAYS, "day": AbsencePart.WHOLE_DAYS,
    "cancelled": CANCELLED, "canceled": CANCELLED, "removed": CANCELLED,
}  # fmt: skip


@dataclass
class Judgement:
    """What becomes of a row: the fields it asks for, the problems, and what that changes for whom."""

    row: RegisterRow
    fields: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    member: StaffMember | None = None
    changes: list = field(default_factory=list)
    outcome: str = RegisterOutcome.SAME
    rank: int = 0

    @property
    def is_bad(self):
        return any(problem.is_error for problem in self.problems)

    def wrong(self, heading, text):
        self.problems.append(Problem(heading, text))
        self.outcome = RegisterOutcome.BAD

    def note(self, heading, text):
        self.problems.append(Problem(heading, text, is_error=False))


def refuse_repeats(judgements, key, heading, words):
    """Mark every row of several that say the same in a column: nobody can tell which of them holds.

    `words` says what they have in common.
    """
    found = {}
    for judgement in judgements:
        value = judgement.fields.get(key)
        if value:
            found.setdefault(value, []).append(judgement)
    for rows in found.values():
        for judgement in rows if len(rows) > 1 else []:
            numbers = [str(row.row.number) for row in rows]
            named = f"{', '.join(numbers[:-1])} and {numbers[-1]}"
            judgement.wrong(heading, f"Rows {named} {words}.")


def employee_number_of(cells):
    """Return the employee number of a row as we compare it."""
    return cells.get("employee_number", "").strip().upper()


def read_cells(judgement, parsers, headings):
    """Fill the judgement's fields from the cells that say something, by the parser of each column.

    A parser that may be None stands for a cell in which "none" takes away what is there.
    """
    for key, (parse, may_be_none) in parsers.items():
        text = judgement.row.cells.get(key, "").strip()
        if text.startswith("="):
            words = "The cell begins with =, as a formula does. Put its result there."
            judgement.wrong(headings[key], words)
        elif text:
            try:
                nothing = may_be_none and text.lower() in NONE
                judgement.fields[key] = None if nothing else parse(text)
            except Unreadable as problem:
                judgement.wrong(headings[key], str(problem))


def staff_parsers(roles, teams):
    """Return {key: (parser, whether "none" takes it away)} for a list of staff."""
    return {
        "employee_number": (parse_employee_number, False),
        "full_name": (partial(parse_line, longest=150), False),
        "email": (parse_address, False),
        "role": (partial(found_by_name, roles, what="role"), False),
        "team": (partial(found_by_name, teams, what="team"), False),
        "manager": (parse_employee_number, True),
        "weekly_hours": (parse_hours, False),
        "started_on": (parse_day, False),
        "left_on": (parse_day, True),
        "registration_number": (parse_registration, True),
        "pattern": (parse_pattern, False),
        "half_days": (partial(parse_whole_number, lowest=0, highest=MOST_HALF_DAYS), False),
        "as_at": (parse_day, False),
    }


def parse_employee_number(text):
    number = text.strip().upper()
    if not EMPLOYEE_NUMBER.fullmatch(number):
        raise Unreadable(f"“{shortened(text)}” is not an employee number.")
    return number


def parse_line(text, longest):
    line = " ".join(text.split())
    if len(line) > longest:
        raise Unreadable(f"“{shortened(line)}” is too long: {longest} letters at most.")
    return line


def parse_address(text):
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Unreadable(f"“{shortened(text)}” is not an e-mail address.") from error
    return address


def parse_registration(text):
    number = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"SW[0-9]{1,6}", number):
        raise Unreadable("A registration number is SW and up to 6 digits.")
    return number


def parse_part(text):
    part = PARTS.get(" ".join(text.lower().split()))
    if part is None:
        raise Unreadable(
            f"We could not read “{shortened(text)}”. Write morning, afternoon, whole days or cancelled."
        )
    return part


ABSENCE_PARSERS = {
    "employee_number": (parse_employee_number, False),
    "starts_on": (parse_day, False),
    "ends_on": (parse_day, False),
    "part": (parse_part, False),
    "key": (partial(parse_line, longest=60), False),
}
