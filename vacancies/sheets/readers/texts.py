"""Its texts: the advert, the summary, what the council offers, the criteria."""

import re
from functools import partial

from organisation.sheets.numbers import parse_whole_number
from vacancies.sheets.texts import markdown, plain_line

LONGEST_TEXT = 20_000
LONGEST_CRITERION = 300
FEWEST_WORDS, MOST_WORDS = 50, 1_000
SUMMARY_LENGTH = 300


def read_body(row):
    body = _long_text(row, "body")
    if not body:
        row.wrong("body", "The advert has no text.")
    if not row.text("summary") and row.existing is None:
        row.set("summary", _first_sentences(body))


def read_summary(row):
    summary = plain_line(row.text("summary"))
    if len(summary) > SUMMARY_LENGTH:
        row.wrong("summary", f"The summary has {len(summary)} characters. 300 is the most.")
    if summary:
        row.set("summary", summary)


def read_benefits(row):
    _long_text(row, "benefits")


def _long_text(row, key):
    text = markdown(row.cells.get(key, ""))
    if len(text) > LONGEST_TEXT:
        row.wrong(key, f"The text has {len(text):,} characters. {LONGEST_TEXT:,} is the most.")
    row.set(key, text)
    return text


def read_criteria(row, key):
    lines = [plain_line(line.lstrip("-*• ")) for line in markdown(row.text(key)).split("\n")]
    lines = list(dict.fromkeys(filter(None, lines)))
    if any(len(line) > LONGEST_CRITERION for line in lines):
        row.wrong(key, f"A criterion has more than {LONGEST_CRITERION} characters.")
    if lines or row.existing:
        row.advert.criteria[key] = lines


def read_max_words(row):
    """How many words may be written about each criterion: it says something where there is any."""
    parse = partial(parse_whole_number, lowest=FEWEST_WORDS, highest=MOST_WORDS)
    number = row.take("max_words", parse)
    if row.advert.criteria or (row.existing and row.existing.criteria.all()):
        row.advert.max_words = number


def _first_sentences(body):
    """Return the beginning of an advert as its summary: whole sentences where they fit."""
    paragraphs = [part for part in body.split("\n\n") if not part.startswith(("#", "-", ">"))]
    text = " ".join(re.sub(r"[*_`\[\]]", "", paragraphs[0] if paragraphs else body).split())
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = text[:SUMMARY_LENGTH]
    end = max(cut.rfind(". "), cut.rfind("! "), cut.rfind("? "))
    return cut[: end + 1] if end > 80 else f"{cut[: SUMMARY_LENGTH - 1].rsplit(' ', 1)[0]}…"
