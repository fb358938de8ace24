"""When the people of the demo work: part time, nine-day fortnights, leave, and what teams need."""

from datetime import timedelta

from demo.loaders.organisation import NAMED
from organisation.models import (
    Absence,
    AbsencePart,
    CoverMinimum,
    OpeningBalance,
    StaffMember,
    Team,
    TeamKind,
    WorkingPattern,
)
from organisation.patterns import monday_of, parse_pattern

PART_TIME = {30: "Mon-Thu", 22: "Mon, Tue, Wed", 18: "Mon, Tue, Wed am"}
NINE_DAYS = ["Mon-Fri / Mon-Thu", "Mon-Thu / Mon-Fri", "Tue-Fri / Mon-Fri"]
COVERED = {TeamKind.FAMILY_HELP, TeamKind.CHILDREN_IN_CARE, TeamKind.MASH, TeamKind.RECEPTION}
# Days from today on which somebody's leave begins, and how many days it lasts.
LEAVE = [(-40, 5), (-12, 3), (9, 5), (16, 2), (23, 10), (37, 5), (58, 4)]
# Away for months: the guarantee tells them apart.
LONG_AWAY = (-75, 140)


def load(today):
    """Load patterns, absence, balances and cover minimums, unless they are there.

    Those whom one can sign in as work Monday to Friday and are never away.
    """
    if WorkingPattern.objects.exists():
        return
    named = [email for email, *_ in NAMED]
    members = StaffMember.objects.working(today).select_related("role", "team")
    others = list(members.exclude(user__email__in=named).order_by("pk"))
    load_patterns(others)
    load_absence(today, others)
    load_balances(today, others)
    load_cover(today, list(members))


def load_patterns(members):
    patterns = []
    for number, member in enumerate(members):
        words = PART_TIME.get(int(member.weekly_hours))
        if words is None and number % 6 == 0:
            words = NINE_DAYS[number // 6 % len(NINE_DAYS)]
        if words:
            slots = parse_pattern(words)
            patterns.append(WorkingPattern(member=member, starts_on=member.started_on, slots=slots))
    WorkingPattern.objects.bulk_create(patterns)


def load_absence(today, members):
    absences = []
    for number, member in enumerate(members):
        if number % 3 == 1:
            starts_in, days = LEAVE[number // 3 % len(LEAVE)]
            begins = monday_of(today + timedelta(days=starts_in))
            absences.append((member, begins, begins + timedelta(days=days - 1), "whole_days"))
        elif number % 15 == 2:
            day = monday_of(today) + timedelta(days=8)
            absences.append((member, day, day, AbsencePart.AFTERNOON))
        elif number in (41, 77):
            begins = today + timedelta(days=LONG_AWAY[0])
            absences.append((member, begins, begins + timedelta(days=LONG_AWAY[1]), "whole_days"))
    Absence.objects.bulk_create(
        Absence(member=member, starts_on=begins, ends_on=ends, part=part, key=f"DEMO-{number}")
        for number, (member, begins, ends, part) in enumerate(absences)
    )


def load_balances(today, members):
    OpeningBalance.objects.bulk_create(
        OpeningBalance(member=member, as_at=today - timedelta(days=30), half_days=number + 1)
        for number, member in enumerate(members[5:55:10])
    )


def load_cover(today, members):
    """Have teams of social workers keep one or two qualified people at work."""
    minimums = []
    for team in Team.objects.filter(kind__in=COVERED).order_by("pk"):
        qualified = sum(
            member.team == team and member.role.needs_registration for member in members
        )
        if qualified >= 2:
            minimums.append(
                CoverMinimum(
                    team=team,
                    starts_on=today - timedelta(days=365),
                    people=2 if qualified >= 5 else 1,
                )
            )
    CoverMinimum.objects.bulk_create(minimums)
