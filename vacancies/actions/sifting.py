from django.db import transaction
from django.utils import timezone

from accounts import audit
from vacancies import emails
from vacancies.models import SiftDate
from vacancies.states import VacancyEvent


def tell_of_sift_dates(*, on):
    """Tell HR and the hiring manager of each sift date that has come by the date `on`, once."""
    due = SiftDate.objects.due(on).filter(told_at__isnull=True)
    for pk in list(due.values_list("pk", flat=True)):
        _tell(due, pk)


@transaction.atomic
def _tell(due, pk):
    # Asked again under the lock: another run may have been quicker, or HR moved the date.
    sift_date = due.select_for_update(of=["self"]).select_related("vacancy").filter(pk=pk).first()
    if sift_date is None:
        return
    sift_date.told_at = timezone.now()
    sift_date.save(update_fields=["told_at"])
    audit.record(VacancyEvent.SIFT_TOLD, sift_date.vacancy, by=None)
    emails.sift_due(sift_date)
