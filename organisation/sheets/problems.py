from dataclasses import dataclass


class Unreadable(Exception):
    """A cell cannot be understood. Its text says what is wrong and what would do, in plain words."""


class UnfitFile(Exception):
    """A file cannot be taken. Its text says why, and what to do, in plain words."""


@dataclass
class Problem:
    """What is wrong with a cell, or (not `is_error`) what was done with it that HR should know."""

    column: str
    text: str
    is_error: bool = True

    def as_json(self):
        return {"column": self.column, "text": self.text, "is_error": self.is_error}
