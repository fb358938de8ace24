"""Cells as text: what is never stored of one, how a value is written in one, how one is quoted."""

import re

# Controls, and what only formats: soft hyphens, marks that turn the text around.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def as_text(value):
    """Return a value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def shortened(text, longest=60):
    """Return the text on one line, cut so that it can be quoted in a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def bare(heading):
    """Return a heading as it is compared: in small letters, without signs."""
    return re.sub(r"[^a-z0-9]+", " ", heading.lower()).strip()


def keys_by_name(columns):
    """Return {bare name: key} of columns that have a key, a heading and aliases."""
    return {
        bare(name): column.key
        for column in columns
        for name in (column.key, column.heading, *column.aliases)
    }
