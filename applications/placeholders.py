"""The words in curly brackets that HR can write in a message, and what stands for them in a letter."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format


@dataclass(frozen=True)
class Placeholder:
    """One of them: what it stands for, an example, and how it is read from an application."""

    meaning: str
    example: str
    of: object


def _first_name(application):
    return (application.full_name.split() or ["applicant"])[0]


def _closing_day(vacancy):
    """The day on which a vacancy closes, or did close where it was taken down early."""
    closed_on = vacancy.closed_at and timezone.localdate(vacancy.closed_at)
    return min(vacancy.closes_on, closed_on or vacancy.closes_on)


PLACEHOLDERS = {
    "first_name": Placeholder("the applicant’s first name", "Amina", _first_name),
    "job_title": Placeholder(
        "the job", "Social worker, children in care", lambda row: row.vacancy.title
    ),
    "job_reference": Placeholder(
        "the job’s reference", "HCC-1042", lambda row: row.vacancy.reference
    ),
    "reference": Placeholder(
        "the application’s reference", "A-7KQ4XP", lambda row: row.reference
    ),
    "closing_date": Placeholder(
        "the closing date",
        "14 December 2026",
        lambda row: date_format(_closing_day(row.vacancy), "j F Y"),
    ),
}  # fmt: skip
IN_BRACKETS = re.compile(r"\{([^{}]*)\}")


def validate_placeholders(text):
    """Refuse a word in curly brackets that we do not know, and a bracket without its other half."""
    unknown = [name for name in IN_BRACKETS.findall(text) if name not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValidationError(f"We do not know {{{unknown[0]}}}. You can use {known}.")
    if re.search(r"[{}]", IN_BRACKETS.sub("", text)):
        raise ValidationError("A curly bracket stands alone. Write both, or none.")


def fill(text, application):
    """Return a text with what stands for each placeholder in the letter about an application."""
    return _replace(text, lambda placeholder: placeholder.of(application))


def fill_with_examples(text):
    """Return a text as an invented applicant would read it."""
    return _replace(text, lambda placeholder: placeholder.example)


def _replace(text, value_of):
    def value(match):
        placeholder = PLACEHOLDERS.get(match[1])
        return value_of(placeholder) if placeholder else match[0]

    return IN_BRACKETS.sub(value, text)
