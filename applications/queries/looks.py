"""Who has looked at an application, or taken it away in a file."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import AuditEvent
from applications.models import Application
from applications.states import LOOKS


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
        subject_type=Application._meta.label, subject_id=str(application.pk), event__in=LOOKS
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
