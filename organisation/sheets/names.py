"""Finds what a cell names (a role, a team, …), and says what it might have meant."""

from rapidfuzz import fuzz, process

from organisation.sheets.cells import shortened
from organisation.sheets.problems import Unreadable


def small(text):
    """Return a name as it is compared: in small letters, on one line."""
    return " ".join(str(text).lower().split())


def by_name(rows):
    return {small(row.name): row for row in rows}


def found_by_name(rows, text, what):
    """Return the row called `text` of `rows`, which are by their small names. Raises Unreadable.

    `what` says what kind of thing is looked for: "role", "team".
    """
    found = rows.get(small(text))
    if found is None:
        near = process.extract(
            small(text), rows.keys(), scorer=fuzz.WRatio, limit=2, score_cutoff=75
        )
        hint = " or ".join(f"“{rows[name]}”" for name, _, _ in near)
        said = f"We do not know the {what} “{shortened(text)}”."
        raise Unreadable(f"{said} Did you mean {hint}?" if hint else said)
    return found
