"""Lists of staff and of absence for the tests, checked and imported as HR and a worker do it."""

from django.utils import timezone

from organisation.actions import (
    begin_register_import,
    upload_register,
    work_on_register_imports,
)
from organisation.models import RegisterKind
from tests.vacancies.sheets import csv_file


def joiner(number="E1", **changes):
    cells = {
        "Employee number": number,
        "Name": f"Nell {number}",
        "E-mail": f"{number.lower()}@example.org",
        "Role": "Social worker",
        "Team": "Family Help Alton",
        "Started on": "1 September 2026",
    }
    return cells | changes


def absence(key="A-1", **changes):
    cells = {
        "Employee number": "E1",
        "First day": "1 December 2026",
        "Last day": "4 December 2026",
        "Part": "",
        "Absence number": key,
    }
    return cells | changes


def checked(rows, by, kind=RegisterKind.STAFF):
    return upload_register(file=csv_file(rows), kind=kind, by=by)


def imported(rows, by, kind=RegisterKind.STAFF):
    run = checked(rows, by, kind)
    begin_register_import(run=run, by=by)
    work_on_register_imports(now=timezone.now())
    run.refresh_from_db()
    return run


def outcomes(run):
    return list(run.rows.values_list("outcome", flat=True))


def told(run):
    """What was found in each row, as (row, column, words)."""
    return [
        (row.number, problem["column"], problem["text"])
        for row in run.rows.all()
        for problem in row.problems
    ]
