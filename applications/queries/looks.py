"""Who has looked at an application, or taken it away in a file."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import AuditEvent, User
from accounts.states import AccountEvent
from applications.models import Application, ReferenceRequest
from applications.states import LOOKS, ReferenceEvent


@dataclass(frozen=True)
class Look:
    """One look: who (a role, for the applicant), `by` the person for HR, what they did and when."""

    who: str
    by: object
    what: str
    when: str


def looks_at(application):
    """Return each look of somebody else at an application, the newest first."""
    lines = AuditEvent.objects.filter(
        _of_itself(application) | _of_its_references(application) | _of_packs(application)
    )
    return [
        Look(
            who=LOOKS[line.event][0],
            by=line.by,
            what=LOOKS[line.event][1],
            when=date_format(timezone.localtime(line.at), "j F Y, H:i"),
        )
        for line in lines.select_related("by")
    ]


def _of_itself(application):
    about = {"subject_type": Application._meta.label, "subject_id": str(application.pk)}
    return Q(**about, event__in=[str(event) for event in LOOKS])


def _of_its_references(application):
    requests = application.reference_requests.values_list("pk", flat=True)
    return Q(
        subject_type=ReferenceRequest._meta.label,
        subject_id__in=[str(pk) for pk in requests],
        event=ReferenceEvent.REFERENCE_OPENED,
    )


def _of_packs(application):
    """What HR downloaded of everything we hold about the person, since the application was sent."""
    taken = Q(
        subject_type=User._meta.label,
        subject_id=str(application.applicant_id),
        event=AccountEvent.ACCESS_PACK_DOWNLOADED,
        at__gte=application.submitted_at or timezone.now(),
    )
    return taken & ~Q(by=application.applicant_id)
