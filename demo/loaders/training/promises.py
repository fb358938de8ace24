"""Twelve people whose five days stand in twelve ways, each with the forecast they should get.

Those who work at weekends, two days in seven, are promised two days a year. Nobody but they can go to
the three Saturday workshops (one at short notice, two later), so what is left for them is exactly what
is meant. It all fits while at least ten weeks of the council's year are left, and after its first
eight; on other days of the year some of them stand differently.
"""

import random
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from demo.loaders.training.calendar import at, leave_year
from demo.people import address
from demo.sign_ins import PASSWORD
from organisation.models import (
    Absence,
    CoverMinimum,
    Role,
    StaffMember,
    Team,
    TeamKind,
    WorkingPattern,
)
from training.actions import forecast_the_year
from training.models import (
    Booking,
    Colour,
    Course,
    CourseFormat,
    LedgerEntry,
    LedgerKind,
    Reason,
    Session,
    Topic,
)
from training.states import BookingState, EndReason

SATURDAYS_AND_SUNDAYS = [10, 11, 12, 13, 24, 25, 26, 27]
WEEKEND_HOURS = Decimal("14.8")
WORKSHOPS = [
    ("Night calls: the first ten minutes", "Saying the right thing when a family rings at night."),
    ("Keeping calm when a visit goes wrong", "What helps in a hard conversation, and afterwards."),
    ("Handing over on a Monday morning", "Notes that the day team can act on at once."),
]
SOON, LATER, LATEST = range(3)


@dataclass(frozen=True)
class Promise:
    """Somebody, what they have had and hold, what keeps them away, and the forecast that follows."""

    name: str
    colour: Colour
    reason: Reason
    at_weekends: bool = True
    attended: int = 0  # half days
    booked: tuple = ()  # of the three workshops
    away: tuple = ()  # from them
    refused: int = 0
    is_long_away: bool = False
    is_only_cover: bool = False


PROMISES = [
    Promise("Amal Berrow", Colour.GREEN, Reason.ON_TRACK, attended=4),
    Promise("Bronte Askew", Colour.GREEN, Reason.ON_TRACK, attended=2, booked=(LATER,)),
    Promise("Cyril Dabney", Colour.GREEN, Reason.ON_TRACK, booked=(LATER, LATEST)),
    Promise("Delphine Oake", Colour.GREEN, Reason.ON_TRACK, attended=2),
    Promise("Emrys Calder", Colour.AMBER, Reason.NOTHING_BOOKED, away=(SOON,)),
    Promise("Fern Ludlow", Colour.AMBER, Reason.SHORT_NOTICE, booked=(LATER,), away=(LATEST,)),
    Promise("Giles Marchant", Colour.AMBER, Reason.ONE_REFUSAL_AWAY, booked=(LATER,), away=(SOON,)),
    Promise("Hetty Swann", Colour.AMBER, Reason.REFUSED, booked=(LATER,), away=(SOON,), refused=1),
    Promise("Idris Pell", Colour.RED, Reason.NOTHING_BOOKED, away=(SOON, LATER)),
    Promise("Juno Tarrant", Colour.RED, Reason.REFUSED, away=(SOON, LATER), refused=2),
    Promise(
        "Kester Vane", Colour.RED, Reason.NOTHING_REACHABLE, at_weekends=False, is_only_cover=True
    ),
    Promise("Lorna Whitby", Colour.RED, Reason.LONG_ABSENCE, at_weekends=False, is_long_away=True),
]


def load(today):
    """Load the twelve, their team, workshops, bookings and ledger, and forecast the year for everybody."""
    teams = load_teams()
    sessions = load_workshops(today)
    members = [load_person(number, row, teams) for number, row in enumerate(PROMISES)]
    for member, row in zip(members, PROMISES, strict=True):
        load_ledger(member, row, today)
        load_absences(member, row, sessions, today)
        load_bookings(member, row, sessions, today)
    load_past_years(today)
    forecast_the_year(at=at(today, time(6)))


def load_past_years(today):
    """Let more people have had their days in each of the last three years, as imported from before."""
    chance, first = random.Random(5), leave_year(today)[0]
    members = StaffMember.objects.select_related("user").order_by("pk")
    entries = []
    for back, share in ((3, 0.58), (2, 0.66), (1, 0.79)):
        day = first.replace(year=first.year - back) + timedelta(days=200)
        entries += [
            LedgerEntry(
                person=member.user,
                on=day,
                half_days=10 if chance.random() < share else chance.randint(1, 3),
                kind=LedgerKind.IMPORTED,
                words="Training of the year, from the old system",
                key=f"demo-{member.employee_number}-{day.year}",
            )
            for member in members
            if member.started_on <= day
        ]
    LedgerEntry.objects.bulk_create(entries)


def load_teams():
    """Return the weekend team, and one of a single social worker who can never be spared."""
    like = Team.objects.select_related("district").order_by("pk").first()
    weekend, alone = (
        Team.objects.create(
            name=name,
            slug=slug,
            kind=TeamKind.OUT_OF_HOURS,
            district=like.district,
            place_name=like.place_name,
            latitude=like.latitude,
            longitude=like.longitude,
        )
        for name, slug in [
            ("Weekend Duty Team", "weekend-duty-team"),
            ("Court Duty Desk", "court-duty-desk"),
        ]
    )
    CoverMinimum.objects.create(team=alone, starts_on=date(2022, 4, 1), people=1)
    return weekend, alone


def load_workshops(today):
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    sessions = []
    for weeks, (title, summary) in zip([0, 5, 7], WORKSHOPS, strict=True):
        day = after_the_holidays(saturday + timedelta(weeks=weeks))
        course = Course.objects.create(
            title=title,
            slug=f"weekend-workshop-{len(sessions) + 1}",
            topic=Topic.THE_JOB,
            summary=summary,
            description=f"{summary} A small group, with time for your own examples.",
            format=CourseFormat.IN_PERSON,
            days=1,
        )
        sessions.append(
            Session.objects.create(
                course=course,
                starts_at=at(day, time(9, 30)),
                ends_at=at(day, time(16, 30)),
                half_days=2,
                place_name="Riverside Centre, Winchester",
                capacity=16,
            )
        )
    # The database works out the half days of each.
    return list(Session.objects.filter(pk__in=[row.pk for row in sessions]).order_by("starts_at"))


def after_the_holidays(saturday):
    """The Saturday itself, or the first that no bank holiday of Christmas or New Year can be on."""
    while (saturday.month, saturday.day) >= (12, 24) or (saturday.month, saturday.day) <= (1, 3):
        saturday += timedelta(weeks=1)
    return saturday


def load_person(number, row, teams):
    user = User.objects.create(
        email=address(row.name), full_name=row.name, password=make_password(PASSWORD)
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    role = "Social worker" if row.is_only_cover else "Children and families support worker"
    member = StaffMember.objects.create(
        user=user,
        employee_number=f"E{60_000 + number}",
        role=Role.objects.get(name=role),
        team=teams[row.is_only_cover],
        line_manager=StaffMember.objects.filter(role__name="Service manager")
        .order_by("pk")
        .first(),
        weekly_hours=WEEKEND_HOURS if row.at_weekends else 37,
        started_on=date(2020, 1, 6),
        registration_number="SW999901" if row.is_only_cover else "",
    )
    if row.at_weekends:
        WorkingPattern.objects.create(
            member=member, starts_on=date(2020, 1, 6), slots=SATURDAYS_AND_SUNDAYS
        )
    return member


def load_ledger(member, row, today):
    if row.attended:
        LedgerEntry.objects.create(
            person=member.user,
            on=max(leave_year(today)[0], today - timedelta(days=30)),
            half_days=row.attended,
            kind=LedgerKind.IMPORTED,
            words="A course with the neighbouring council",
            key=f"demo-{member.employee_number}",
        )


def load_absences(member, row, sessions, today):
    days = [(sessions[number].starts_on,) * 2 for number in row.away]
    if row.is_long_away:
        days.append((today - timedelta(days=40), leave_year(today)[1] + timedelta(days=60)))
    for number, (first, last) in enumerate(days):
        Absence.objects.create(
            member=member,
            starts_on=first,
            ends_on=last,
            key=f"demo-{member.employee_number}-{number}",
        )


def load_bookings(member, row, sessions, today):
    for number in row.booked:
        book(member, sessions[number], today, BookingState.BOOKED)
    # The same workshop was booked and given back for work, more than once.
    for _ in range(row.refused):
        book(
            member,
            sessions[LATEST],
            today,
            BookingState.CANCELLED_BY_SERVICE,
            end_reason=EndReason.WORK_EMERGENCY,
            ended_at=at(today - timedelta(days=2), time(10)),
        )


def book(member, session, today, state, **more):
    held = state == BookingState.BOOKED
    number = session.bookings.holding_a_place().count() + 1 if held else None
    Booking.objects.create(
        session=session,
        person=member.user,
        made_by=member.user,
        made_at=at(today - timedelta(days=5), time(12, 15)),
        state=state,
        during=session.during,
        place_number=number,
        **more,
    )
