from datetime import timedelta

from django.conf import settings
from django.db import transaction

from vacancies import emails
from vacancies.models import Notice, SaverTold
from vacancies.queries import savers_to_tell


def tell_savers_of_notices(*, now):
    """Tell those who saved a job that it closed early or was withdrawn, each once, in a transaction.

    It waits for `settings.SAVERS_TOLD_AFTER_MINUTES`, within which those who are writing an
    application are told: who is both gets their letter only. `now` is the moment of the run.
    """
    before = now - timedelta(minutes=settings.SAVERS_TOLD_AFTER_MINUTES)
    for notice in Notice.objects.to_be_told(now).filter(made_at__lte=before):
        for saved in savers_to_tell(notice):
            _tell(notice, saved)


@transaction.atomic
def _tell(notice, saved):
    # Locked and asked again: it may have been removed or told meanwhile.
    locked = savers_to_tell(notice).select_for_update(of=["self"], no_key=True)
    saved = locked.filter(pk=saved.pk).first()
    if saved is None:
        return
    SaverTold.objects.create(notice=notice, saved=saved)
    emails.saved_vacancy_over(saved, notice)
