"""What a report is made of: charts, tables that can be taken away, and what each figure means."""

from dataclasses import dataclass, field

from django.urls import reverse


@dataclass(frozen=True)
class Link:
    """A cell of a table that leads somewhere; a file shows its text alone."""

    text: str
    url: str

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class Chart:
    title: str
    rows: list
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a `key` by which its file is asked for. Cells are text, numbers, days or Links."""

    key: str
    title: str
    headings: list
    rows: list
    empty: str = "There is nothing to show."

    SHOWN = 50

    @property
    def first_rows(self):
        return self.rows[: self.SHOWN]

    @property
    def is_cut(self):
        return len(self.rows) > self.SHOWN


@dataclass(frozen=True)
class Report:
    title: str
    lead: str
    figures: list = field(default_factory=list)  # (number, words) pairs
    charts: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    definitions: list = field(default_factory=list)  # (what, meaning) pairs
    uses_period: bool = True

    def table(self, key):
        return next((table for table in self.tables if table.key == key), None)


def advert_link(vacancy):
    """Return the cell that names an advert and leads to it in the admin."""
    return Link(str(vacancy), reverse("admin:vacancies_vacancy_change", args=[vacancy.pk]))


def each_week(found, since, until):
    """Return (week in words, number) for every week of the period from (Monday, number) pairs."""
    numbers = dict(found)
    first = since.toordinal() - since.weekday()
    days = (since.fromordinal(day) for day in range(first, until.toordinal() + 1, 7))
    return [(f"{day:%-d %b %Y}", numbers.get(day, 0)) for day in days]
