"""Telling people that a job they saved and have not applied for closes soon."""

from django.conf import settings
from django.db import transaction

from accounts.actions import carry_out
from applications import emails, queries
from applications.models import SavedVacancyNudge
from vacancies.models import SavedVacancy
from vacancies.rules import can_see_vacancy


def nudge_savers(*, on):
    """Write to those whose saved job closes within one of `settings.SAVED_NUDGE_DAYS` of the day `on`.

    A run that comes late still tells them, with the days that are left, until the next letter is due
    or the job has closed. Nobody is told the same twice. Returns how many letters were queued.
    """
    told = later_than = 0
    for days in sorted(settings.SAVED_NUDGE_DAYS):
        due = queries.saves_to_nudge(within=days, more_than=later_than, on=on)
        told += sum(_nudge(pk, days, on) for pk in list(due.values_list("pk", flat=True)))
        later_than = days
    return told


def delete_nudges_past_their_time(*, on):
    """Delete what we noted of letters about jobs that closed longer ago than saved jobs are kept."""
    return carry_out("saved_vacancy_nudge", on=on)


@transaction.atomic
def _nudge(pk, days, on):
    # Asked again under the lock: the person may have turned the letters off, or another run been quicker.
    saved = (
        SavedVacancy.objects.select_for_update(of=["self"])
        .select_related("user", "vacancy")
        .filter(pk=pk, wants_nudges=True)
        .first()
    )
    if saved is None or not can_see_vacancy(saved.user, saved.vacancy, on):
        return 0
    _, is_new = SavedVacancyNudge.objects.get_or_create(
        person=saved.user, vacancy=saved.vacancy, days=days
    )
    if is_new:
        emails.saved_vacancy_closes(saved, days=days, days_left=(saved.vacancy.closes_on - on).days)
    return int(is_new)
