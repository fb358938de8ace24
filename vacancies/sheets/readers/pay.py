"""What it pays: the grade and the ends of the salary, said as a text or as figures."""

from functools import partial

from organisation.models import Grade
from organisation.sheets import numbers
from vacancies.sheets.salaries import Salary, parse_salary


def read_pay(row):
    salary = row.take("salary", parse_salary, default=Salary(None, None))
    whole = partial(numbers.parse_whole_number, lowest=1, highest=500_000)
    lowest, highest = row.take("salary_from", whole), row.take("salary_to", whole)
    if salary is None:
        return
    lowest, highest = lowest or salary.lowest, highest or salary.highest
    grade = _grade(row, salary)
    row.set("grade", grade)
    if salary.left_out:
        row.note("salary", f"Add “{salary.left_out[:120]}” to the advert as a payment.")
    said = "salary" if row.text("salary") else "salary_from"
    _fill_pay(row, lowest, highest, grade, said)


def _grade(row, salary):
    if row.text("grade"):
        return row.take("grade", row.lookups.grade)
    if salary.grade:
        return row.lookups.grades.get(salary.grade)
    role = row.now("role")
    return row.lookups.grades.get(role.grade.letter) if role else None


def _fill_pay(row, lowest, highest, grade, said):
    """Take an end that is not said from the grade, and refuse ends in the wrong order."""
    pay = row.lookups.pay.get(grade.pk) if isinstance(grade, Grade) else None
    if pay and lowest is None:
        lowest = min(pay.lowest, highest or pay.lowest)
    if pay and highest is None:
        highest = max(pay.highest, lowest or 0)
    lowest, highest = lowest or highest, highest or lowest
    if lowest is None:
        if grade is not None or not row.text("grade"):
            row.wrong(said, "Give the salary: we do not know what this grade pays.")
    elif lowest > highest:
        row.wrong(said, "The higher salary must not be below the lower one.")
    row.set("salary_from", lowest)
    row.set("salary_to", highest)
