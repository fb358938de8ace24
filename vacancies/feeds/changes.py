"""When an advert last changed for its readers."""

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast

from accounts.models import AuditEvent
from accounts.retention import start_of
from vacancies.models import Vacancy


def with_last_audit(vacancies):
    """Annotate `last_audited_at`: the moment of the last event of an advert, its parts' changes too."""
    events = AuditEvent.objects.filter(
        subject_type=Vacancy._meta.label,
        subject_id=Cast(OuterRef("pk"), CharField()),
        event__startswith="vacancy_",
    )
    return vacancies.annotate(last_audited_at=Subquery(events.order_by("-at").values("at")[:1]))


def last_changed(vacancy):
    """Return the moment from which an advert of `with_last_audit` reads as it does today.

    It was published, changed, or the day came from which everybody sees it: the latest of these.
    """
    days = [day for day in (vacancy.opens_on, vacancy.public_from) if day]
    moments = [vacancy.published_at, vacancy.last_audited_at, *(start_of(day) for day in days)]
    return max(moment for moment in moments if moment)
