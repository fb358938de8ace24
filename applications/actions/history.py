"""The sections of an application that have several rows: adding, changing, removing, and saying that it is all."""

import uuid

from django.conf import settings
from django.db import transaction

from applications.actions.answering import lock_draft
from applications.actions.sections import find_section, section_saved
from applications.exceptions import SavedElsewhere, TooManyRows
from applications.models import Gap


@transaction.atomic
def add_row(*, application, model, one_time_key, answers, by):
    """Add a row to a section and return it. `answers` are the fields of `model`, one of the Answers.

    The same form sent again gives the row that is there; with other answers it gives another row, so
    that nothing typed is lost. Raises TooManyRows beside what `section_saved` and `lock_draft` raise.
    """
    application = lock_draft(application, by)
    mine = model.objects.filter(application=application)
    made = model.objects.filter(one_time_key=one_time_key).first()
    if made and made.application_id == application.pk and _says(made, answers):
        return made
    if mine.count() >= settings.APPLICATION_ROWS_MOST:
        raise TooManyRows(settings.APPLICATION_ROWS_MOST)
    row = model.objects.create(
        application=application, one_time_key=uuid.uuid4() if made else one_time_key, **answers
    )
    _rows_changed(application, model.SECTION, by)
    return row


@transaction.atomic
def change_row(*, row, answers, version, by):
    """Change a row of a section and return it.

    `version` is the section's when the page was opened. Raises SavedElsewhere when something else was
    saved since, the model's DoesNotExist when the row was removed, and what `lock_draft` raises.
    """
    application = lock_draft(row.application, by)
    row = type(row).objects.get(pk=row.pk)
    if _says(row, answers):
        return row
    section = find_section(application, row.SECTION)
    if section.version != version:
        raise SavedElsewhere(section)
    for name, answer in answers.items():
        setattr(row, name, answer)
    row.save()
    _rows_changed(application, row.SECTION, by)
    return row


@transaction.atomic
def remove_row(*, row, version, by):
    """Remove a row of a section for good. Arguments and exceptions are those of `change_row`."""
    application = lock_draft(row.application, by)
    row = type(row).objects.get(pk=row.pk)
    section = find_section(application, row.SECTION)
    if section.version != version:
        raise SavedElsewhere(section)
    row.delete()
    _rows_changed(application, row.SECTION, by, was_last=_was_last(row))


@transaction.atomic
def save_left_education(*, application, left_education_on, version, by):
    """Note the month (its first day) in which the person left full-time education.

    Arguments and exceptions are those of `change_row`.
    """
    application = lock_draft(application, by)
    if application.left_education_on == left_education_on:
        return application
    section = find_section(application, "employment")
    if section.version != version:
        raise SavedElsewhere(section)
    application.left_education_on = left_education_on
    application.save(update_fields=["left_education_on", "changed_at"])
    _rows_changed(application, "employment", by)
    return application


@transaction.atomic
def finish_rows(*, application, name, version, by):
    """Note that a section has all its rows, or that the person has none. Returns the section.

    `version` is the one of the list the person saw. It does not count as finished while something is
    missing. Raises SavedElsewhere when the list was changed since, and what `lock_draft` raises.
    """
    application = lock_draft(application, by)
    section = find_section(application, name)
    if section.is_whole:
        return section
    if section.version != version:
        raise SavedElsewhere(section)
    section_saved(application, name, by=by)
    return find_section(application, name)


def _says(row, answers):
    return all(getattr(row, name) == answer for name, answer in answers.items())


def _was_last(row):
    """Say whether a removed row was the last of its section's list. Explanations stand beside the list."""
    others = type(row).objects.filter(application=row.application_id)
    return not isinstance(row, Gap) and not others.exists()


def _rows_changed(application, name, by, *, was_last=False):
    """Note that rows changed. What its writer had finished stays so, unless its last row went."""
    section = find_section(application, name)
    was_finished = section.is_begun and section.save.finished_at is not None
    section_saved(application, name, by=by, finished=was_finished and not was_last, checked=False)
