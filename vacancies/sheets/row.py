"""The cells of one row of a sheet while an advert is read from them."""

from dataclasses import dataclass, field

from organisation.sheets.problems import Problem, Unreadable
from vacancies.sheets.columns import BY_KEY


@dataclass
class Advert:
    """What a row asks for: fields of Vacancy, criteria by kind, and the problems that were found.

    `parts` are the rows that it has of other tables, as columns, by their name on Vacancy. `max_words` is
    how much may be written about each criterion, None where the row does not say.
    """

    fields: dict = field(default_factory=dict)
    criteria: dict = field(default_factory=dict)
    max_words: int | None = None
    parts: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)

    @property
    def says_nothing(self):
        return not (self.fields or self.criteria or self.parts or self.max_words)

    @property
    def is_bad(self):
        return any(problem.is_error for problem in self.problems)


class Row:
    """The cells of one row while they are read, and what is wrong with them."""

    def __init__(self, cells, lookups, existing):
        self.cells = cells
        self.lookups = lookups
        self.existing = existing
        self.advert = Advert()

    def refuse_formulas(self, keys):
        for key in sorted(keys):
            if self.text(key).startswith("=") and not BY_KEY[key].only_told:
                self.wrong(key, "The cell begins with =, as a formula does. Put its result there.")

    def wrong(self, key, text):
        self.advert.problems.append(Problem(BY_KEY[key].heading, text))

    def note(self, key, text):
        self.advert.problems.append(Problem(BY_KEY[key].heading, text, is_error=False))

    def text(self, key):
        return self.cells.get(key, "").strip()

    def take(self, key, parse, default=None):
        """Return what `parse` makes of a cell, `default` for an empty one; None when it is wrong."""
        text = self.text(key)
        if not text:
            return default
        try:
            return parse(text)
        except Unreadable as problem:
            self.wrong(key, str(problem))
            return None

    def set(self, name, value):
        self.advert.fields[name] = value

    def now(self, name):
        """Return a field as it will be: as the row says, else as it is."""
        if name in self.advert.fields:
            return self.advert.fields[name]
        return getattr(self.existing, name) if self.existing else None
