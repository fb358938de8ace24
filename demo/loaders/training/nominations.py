from datetime import time, timedelta
from importlib import import_module

from django.apps import apps
from django.utils import timezone

from accounts.models import User
from demo.loaders.training.calendar import at, first_monday
from organisation.models import Role, StaffMember
from training.models import (
    Booking,
    Intake,
    Nomination,
    ProgrammeVersion,
    Scheme,
    Session,
)
from training.states import NominationState

write_down_promises = import_module("training.migrations.0002_first_promises").write_down_promises

NOMINATED_FOR_INTAKES = [
    "She passed her final placement with us and the families still ask after her.",
    "He has been our apprentice for three years and qualifies this summer.",
    "She is ready for a caseload of her own, with somebody beside her.",
]
NOMINATED_FOR_SESSIONS = [
    "He takes his first case to court in the spring.",
    "She has asked for this twice, and our team sees more of it every month.",
    "He leads two enquiries on his own from next month.",
]


def load_intakes(today):
    """Four intakes a year, in January, April, July and October, under the version of their time."""
    write_down_promises(apps, None)  # There already, unless a test has emptied the database.
    versions = ProgrammeVersion.objects.filter(scheme=Scheme.GETS).order_by("starts_on")
    past, current = versions
    current.open_to.set(
        Role.objects.filter(name__in=["Newly qualified social worker", "Social work apprentice"])
    )
    dated = [(past, 2018), (past, 2019)]
    dated += [(current, today.year + step) for step in (-1, 0, 1, 2)]
    intakes = []
    for version, year in dated:
        for month in (1, 4, 7, 10):
            starts_on = first_monday(year, month)
            intakes.append(
                Intake(
                    version=version,
                    starts_on=starts_on,
                    closes_on=starts_on - timedelta(days=28),
                    places=12,
                )
            )
    return Intake.objects.bulk_create(intakes)


def load_nominations(today, sessions, intakes):
    """Graduates who joined, others who hope to, and a few colleagues put forward for sessions."""
    officer = User.objects.get(email="officer@example.org")
    staff = (
        StaffMember.objects.filter(line_manager__isnull=False)
        .exclude(line_manager__user__email="manager@example.org")
        .select_related("user", "line_manager__user", "role")
        .order_by("pk")
    )
    new = [row for row in staff if row.role.name == "Newly qualified social worker"]
    apprentices = [row for row in staff if row.role.name == "Social work apprentice"]
    social_workers = [row for row in staff if row.role.name == "Social worker"]
    begun = [row for row in intakes if row.version.ends_on is None and row.starts_on < today][-1]
    coming = next(row for row in intakes if row.closes_on >= today)
    decided = {"decided_by": officer, "decided_at": at(begun.closes_on, time(10))}
    reasons = NOMINATED_FOR_INTAKES
    rows = [
        nomination(row, reasons[number % 3], NominationState.ENROLLED, intake=begun, **decided)
        for number, row in enumerate(new[:6])
    ]
    hopeful = [*new[6:8], *apprentices[:1]]
    rows += [
        nomination(row, reasons[number], NominationState.AWAITING_DECISION, intake=coming)
        for number, row in enumerate(hopeful)
    ]
    rows[-1].nominated_by = rows[-1].nominee
    rows[
        -1
    ].reason = "I have worked in this team for three years and want to stay in frontline work."
    rows += nominations_for_sessions(today, sessions, social_workers)
    in_families = [row for row in staff if row.role.name == "Children and families support worker"]
    rows += several_for_one_session(today, in_families)
    for row in rows:
        row.made_at = min(at(today - timedelta(days=3), time(9)), row.decided_at or timezone.now())
    Nomination.objects.bulk_create(rows)


def nominations_for_sessions(today, sessions, members):
    """Three that wait and one that was declined, for sessions that have places."""
    open_ones = [
        session
        for session in Session.objects.upcoming(at(today + timedelta(days=10), time(0)))
        .select_related("course")
        .with_places()
        if session.places_left > 3
    ]
    rows = []
    for number, member in enumerate(members[:4]):
        taken = Booking.objects.current().filter(person=member.user).values("session")
        session = next(
            row for row in open_ones[number * 3 :] if not taken.filter(session=row).exists()
        )
        reason = NOMINATED_FOR_SESSIONS[number % 3]
        rows.append(nomination(member, reason, NominationState.AWAITING_DECISION, session=session))
    rows[-1].state = NominationState.DECLINED
    rows[
        -1
    ].decision_reason = "She did this course last year. The two-day one would take her further."
    rows[-1].decided_by = User.objects.get(email="officer@example.org")
    rows[-1].decided_at = at(today - timedelta(days=1), time(11))
    return rows


def several_for_one_session(today, members):
    """What one manager has put forward together, to be decided in rank order."""
    by_manager = {}
    for member in members:
        by_manager.setdefault(member.line_manager_id, []).append(member)
    together = max(by_manager.values(), key=len)[:3]
    taken = Booking.objects.current().filter(person__in=[row.user for row in together])
    sessions = Session.objects.upcoming(at(today + timedelta(days=20), time(0))).with_places()
    session = sessions.exclude(pk__in=taken.values("session")).filter(places_left__gt=1).first()
    waiting = NominationState.AWAITING_DECISION
    return [
        nomination(
            row, NOMINATED_FOR_SESSIONS[number % 3], waiting, session=session, rank=number + 1
        )
        for number, row in enumerate(together)
    ]


def nomination(member, reason, state, **fields):
    return Nomination(
        nominee=member.user,
        nominated_by=member.line_manager.user,
        reason=reason,
        state=state,
        **fields,
    )
