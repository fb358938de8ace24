"""Applicants who work here: whether they do, what is known of them, and what they did here.

None of it is for who reads blind. At an interview it is told.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as format_date

from organisation.models import Role, StaffMember, Team
from organisation.queries import staff_member_of
from training.queries import completed_training

HALF_DAYS_A_WEEK = 10


@dataclass(frozen=True)
class DoneHere:
    """Something an applicant did here: what, from when to when, and for how many hours where that is known.

    `is_there` says that it was in the team of the job they apply for. `until` is empty while it goes on.
    """

    what: str
    since: date
    until: date | None
    hours: Decimal | None = None
    is_there: bool = False

    @property
    def words(self):
        """In one sentence: "Signs of safety, 6 May 2026, 7.4 hours"."""
        when = format_date(self.since, "j F Y")
        if self.until is None:
            when = f"since {when}"
        elif self.until != self.since:
            when = f"{when} to {format_date(self.until, 'j F Y')}"
        hours = f"{self.hours.normalize():f} hours" if self.hours else ""
        there = "in the team of this job" if self.is_there else ""
        return ", ".join(filter(None, [self.what, when, hours, there]))


def works_here(person):
    """Say whether somebody works here today."""
    member = staff_member_of(person)
    return member is not None and member.works_here()


def staff_member_when_started(application):
    """Return the applicant's row of the staff register if they worked here when they began, or None.

    Somebody who came to work here through this application began as an outsider.
    """
    day = timezone.localdate(application.started_at)
    return (
        StaffMember.objects.working(day)
        .filter(user=application.applicant_id)
        .select_related("role", "team", "line_manager__user", "line_manager__role")
        .first()
    )


def is_internal(application):
    """Say whether the applicant worked here when they began the application."""
    return staff_member_when_started(application) is not None


def internal_among(applications):
    """Return the keys of those applications whose applicants worked here when they began. One query."""
    people = {application.applicant_id: application for application in applications}
    members = {row.user_id: row for row in StaffMember.objects.filter(user__in=people)}
    return {
        application.pk
        for application in applications
        if (member := members.get(application.applicant_id))
        and member.works_here(timezone.localdate(application.started_at))
    }


def what_they_did_here(application):
    """Return what an applicant who works here did here as DoneHere rows, for the interview.

    The teams and roles they have had, the present one first, then the training of the last
    `settings.INTERNAL_TRAINING_YEARS` years, the latest first. Nothing for anybody else. Records of
    CPD are the person's own and not among it.
    """
    member = staff_member_when_started(application)
    if member is None:
        return []
    there = application.vacancy.team_id
    return [*_places(member, there), *_training(application.applicant)]


def training_lately(person, on):
    """Return what somebody has Completed in the last years up to the day `on`, the latest first."""
    since = on.replace(year=on.year - settings.INTERNAL_TRAINING_YEARS, day=1)
    return completed_training(person, since, on)


def _training(person):
    half_day = Decimal(settings.FULL_TIME_WEEKLY_HOURS) / HALF_DAYS_A_WEEK
    for row in training_lately(person, timezone.localdate()):
        what = row.title
        if row.provider != settings.COUNCIL_NAME:
            what = f"{what} ({row.provider})"
        yield DoneHere(what, row.on, row.on, half_day * row.half_days)


def _places(member, there):
    """Yield the teams and roles somebody has had, the latest first, as the register's history tells."""
    stays = _stays(member)
    roles = Role.objects.in_bulk({role for _, _, role in stays})
    teams = Team.objects.in_bulk({team for _, team, _ in stays})
    ends = [*(begun for begun, _, _ in stays[1:]), member.left_on]
    for (begun, team, role), end in reversed(list(zip(stays, ends, strict=True))):
        if role in roles and team in teams:
            what = f"{roles[role].name}, {teams[team].name}"
            yield DoneHere(what, begun, end, is_there=team == there)


def _stays(member):
    """Return (first day, team, role) for each stay somewhere, the oldest first."""
    told = StaffMember.pgh_event_model.objects.filter(pgh_obj=member.pk).order_by("pgh_id")
    rows = list(told.values_list("pgh_created_at", "team_id", "role_id"))
    if not rows or rows[-1][1:] != (member.team_id, member.role_id):
        rows.append((timezone.now(), member.team_id, member.role_id))
    first = rows[0]
    changed = [later for earlier, later in pairwise(rows) if later[1:] != earlier[1:]]
    later = [(timezone.localdate(at), team, role) for at, team, role in changed]
    return [(member.started_on, *first[1:]), *later]
