"""The filters of the list as they are shown: groups of options, each with the adverts it would find."""

from dataclasses import dataclass

from django.conf import settings

from vacancies.forms.search import YES
from vacancies.queries import ON

BOXES, SELECT = "boxes", "select"
# Name, heading, how it is shown, and the words of a select for "all of them".
GROUPS = [
    ("family", "Kind of work", BOXES, ""),
    ("pattern", "Working pattern", BOXES, ""),
    ("contract", "Contract", BOXES, ""),
    ("salary_min", "Salary from", SELECT, "Any salary"),
    ("district", "District", BOXES, ""),
    ("role", "Role", SELECT, "Any role"),
    ("registration", "Registration with Social Work England", SELECT, "Either"),
    ("driving", "Driving", SELECT, "Either"),
    ("posted", "Posted", SELECT, "At any time"),
]
OPEN_AT_FIRST = {"family", "pattern", "contract"}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Group:
    """One filter. `name` is what it is called in the address; boxes may be ticked together."""

    name: str
    heading: str
    kind: str
    any_words: str
    options: list
    error: str
    open: bool

    @property
    def chosen(self):
        return sum(option.chosen for option in self.options)


def filter_groups(form, search):
    """Return the groups of filters that still make a difference, with counts."""
    groups = [_group(form, search, *group) for group in GROUPS]
    return [group for group in groups if group.options or group.error]


def yes_options(form, search):
    """Return the filters that are a box of their own, as (name, option)."""
    options = []
    for name, label in YES.items():
        count = search.counts(name).get(ON, 0)
        if count or name in form.given:
            options.append((name, Option(ON, label, count, name in form.given)))
    return options


def _group(form, search, name, heading, kind, any_words):
    options = _options(form, search, name)
    return Group(
        name=name,
        heading=heading,
        kind=kind,
        any_words=any_words,
        options=options,
        error=form.errors.get(name, ""),
        open=name in OPEN_AT_FIRST or name in form.given or name in form.errors,
    )


def _options(form, search, name):
    """The values of a filter that find something, and those that are chosen."""
    counts = search.counts(name)
    chosen = form.given.get(name, ())
    labels = _salaries(chosen) if name == "salary_min" else form.labels(name)
    options = []
    for value, label in labels.items():
        count = counts.get(_key(name, value), 0)
        if name == "salary_min" and value in chosen and not count:
            count = search.count
        if count or value in chosen:
            options.append(Option(value, label, count, value in chosen))
    return options


def _key(name, value):
    return int(value) if name in ("salary_min", "posted") else value


def _salaries(chosen):
    pounds = sorted({*settings.SALARY_BANDS, *map(int, chosen)})
    return {str(amount): f"£{amount:,}" for amount in pounds}
