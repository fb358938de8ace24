"""Words that put people off, words only insiders know, and letters nobody has explained."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
# Letters that need no explaining in an advert.
KNOWN_LETTERS = {
    "UK",
    "DBS",
    "CV",
    "PDF",
    "NHS",
    "IT",
    "GCSE",
    "HCC",
    "PC",
    "TV",
    "OK",
    "US",
    "PM",
    "AM",
}
LETTERS = re.compile(r"\b[A-Z][A-Z&]{1,5}s?\b")


@dataclass(frozen=True)
class Wording:
    """One line of a list: its words in all their forms, what to say instead, and why."""

    pattern: re.Pattern
    instead: str
    why: str


def _read(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [_wording(row) for row in csv.DictReader(file, delimiter="|")]


def _wording(row):
    forms = sorted(row["words"].split("/"), key=len, reverse=True)
    words = "|".join(re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]") for form in forms)
    pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
    return Wording(pattern, row["instead"], row.get("why", ""))


CODED = _read("coded_words.csv")
JARGON = _read("jargon.csv")


def coded_words(text):
    """Return (the words as written, wording) for each line of the list that the text has words of."""
    return _found(CODED, text)


def jargon(text):
    return _found(JARGON, text)


def unexplained_letters(text):
    """Return the abbreviations of a text that stand nowhere beside brackets which explain them."""
    found = dict.fromkeys(match[0] for match in LETTERS.finditer(text))
    return [
        letters
        for letters in found
        if letters.rstrip("s") not in KNOWN_LETTERS and not _is_explained(letters, text)
    ]


def _is_explained(letters, text):
    return re.search(rf"\({re.escape(letters)}\)|{re.escape(letters)}\s+\([A-Za-z]", text)


def _found(wordings, text):
    matches = ((wording.pattern.search(text), wording) for wording in wordings)
    return [(match[0], wording) for match, wording in matches if match]
