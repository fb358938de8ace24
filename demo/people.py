"""Invented names for the people of the demo."""

import random
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
FIRST_NAMES = (DATA / "first_names.txt").read_text(encoding="utf-8").split()
LAST_NAMES = (DATA / "last_names.txt").read_text(encoding="utf-8").split()


def invented_names(count, seed):
    """Return `count` different full names, the same ones for the same `seed`."""
    chance = random.Random(seed)
    names = {}
    while len(names) < count:
        names[f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"] = None
    return list(names)


def address(name):
    """Return the e-mail address of an invented person: nobody's, under example.org."""
    return f"{name.lower().replace(' ', '.')}@example.org"
