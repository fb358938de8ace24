"""Who is on the register of interest, and whom an invitation would reach."""

from dataclasses import dataclass

from django.utils import timezone

from applications.models import Application, JobInterest, JobInvitation
from applications.rules.panel import is_on_panel
from vacancies.rules import can_see_vacancy


def interest_of(person):
    """Return what somebody is on the register with, or None. It may have ended today."""
    return JobInterest.objects.current(timezone.localdate()).filter(person=person).first()


@dataclass(frozen=True)
class Reach:
    """Whom an invitation to apply would reach: who is written to, and how many are not, by why."""

    to_write: list
    invited: int
    applied: int
    others: int

    @property
    def number(self):
        return len(self.to_write)


def reach_of(interests, vacancy, on):
    """Return the Reach of inviting those of the register to apply for a vacancy on the day `on`.

    Left out are who was invited before, who has an application for it, and who could not apply: their
    time on the register is over, they cannot be written to, may not see it, or choose between applicants.
    """
    current = list(interests.current(on).select_related("person").order_by("pk"))
    people = [row.person_id for row in current]
    invited = set(
        JobInvitation.objects.filter(vacancy=vacancy, person__in=people).values_list(
            "person", flat=True
        )
    )
    mine = Application.objects.not_withdrawn().filter(vacancy=vacancy, applicant__in=people)
    applied = set(mine.values_list("applicant", flat=True)) - invited
    left = [row for row in current if row.person_id not in invited | applied]
    to_write = [row for row in left if _can_be_invited(row.person, vacancy, on)]
    return Reach(to_write, len(invited), len(applied), len(left) - len(to_write))


def _can_be_invited(person, vacancy, on):
    return (
        person.is_active
        and person.can_be_written_to
        and can_see_vacancy(person, vacancy, on)
        and not is_on_panel(person, vacancy)
    )
