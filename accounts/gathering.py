"""How what is held about a person is put into words for them: fields and what they say."""

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from accounts.registries import Section

# What a key may lead to and still be named: nothing that is called after a person.
NAMED_BY_THEIR_WORDS = {
    "applications.Application",
    "applications.CheckKind",
    "applications.InterviewQuestion",
    "applications.InterviewRound",
    "applications.InterviewScheme",
    "applications.InterviewSlot",
    "organisation.District",
    "organisation.Grade",
    "organisation.Place",
    "organisation.Role",
    "organisation.Team",
    "training.Course",
    "training.Session",
    "vacancies.Criterion",
    "vacancies.OtherPlace",
    "vacancies.Vacancy",
}
# What says nothing to a person: how the portal knows a row, a link or a file.
TECHNICAL = {"id", "search_vector", "password", "sha256", "version", "code", "key", "tab"}
TECHNICAL_ENDS = ("_key", "_hash", "_token", "_id")


def section(title, rows, **fields):
    """Return the Section of some rows of one model, or nothing without any; `fields` are its others."""
    found = [words_of(row) for row in rows]
    return [Section(title, found, **fields)] if found else []


def third_party(title, rows):
    """Return a Section for each row that somebody else wrote: HR reads each before it is given away."""
    return [Section(title, [words_of(row)], part=f"{row._meta.label}:{row.pk}") for row in rows]


def words_of(row, without=()):
    """Return what the fields of a row say, by their names; neither what is empty nor names of others.

    The fields named `without` are not told.
    """
    fields = [field for field in row._meta.concrete_fields if field.name not in without]
    pairs = ((field, getattr(row, field.attname)) for field in fields)
    return {
        str(field.verbose_name): _said(row, field)
        for field, value in pairs
        if value not in (None, "", [], {}) and _is_told(field)
    }


def _is_told(field):
    if field.name in TECHNICAL or field.name.endswith(TECHNICAL_ENDS):
        return False
    if isinstance(field, models.FileField | models.BinaryField | models.UUIDField):
        return False
    if field.remote_field:
        return field.remote_field.model._meta.label in NAMED_BY_THEIR_WORDS
    return True


def _said(row, field):
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = getattr(row, field.name)
    if isinstance(field, models.DateTimeField):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(field, models.DateField):
        return date_format(value, "j F Y")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)
