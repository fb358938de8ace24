"""Jobs that people save. These leave no line of audit: what somebody looks at is nobody's business."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import carry_out
from vacancies import rules
from vacancies.models import SavedVacancy, Vacancy


@transaction.atomic
def save_vacancy(*, vacancy, by):
    """Save a job for the person `by`; saving it again changes nothing. Returns the SavedVacancy.

    Raises PermissionDenied when it is not open to them today.
    """
    if not rules.can_save_vacancy(by, vacancy, timezone.localdate()):
        raise PermissionDenied("This job cannot be saved today.")
    saved, _ = SavedVacancy.objects.get_or_create(user=by, vacancy=vacancy)
    return saved


@transaction.atomic
def keep_saved(*, references, by):
    """Take over what somebody saved before signing in; what is no longer open to them is left out."""
    today = timezone.localdate()
    for vacancy in Vacancy.objects.filter(reference__in=references).without_search_columns():
        if rules.can_save_vacancy(by, vacancy, today):
            save_vacancy(vacancy=vacancy, by=by)


@transaction.atomic
def remove_saved(*, vacancy, by):
    """Forget that the person saved the job, if they did."""
    SavedVacancy.objects.filter(vacancy=vacancy, user=by).delete()


@transaction.atomic
def change_nudges(*, vacancy, wants_nudges, by):
    """Turn the letters before a saved job closes on or off. Returns whether the job was saved."""
    saved = SavedVacancy.objects.filter(vacancy=vacancy, user=by)
    return saved.update(wants_nudges=wants_nudges) == 1


def delete_saved_past_their_time(*, on):
    """Delete saved jobs that closed longer ago than settings.RETENTION says. Returns how many went."""
    return carry_out("saved_vacancy", on=on)
