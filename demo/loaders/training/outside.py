"""Outside courses in every state with their money and reviews, and seminars that people have been to."""

from datetime import time, timedelta
from itertools import count

from accounts.models import User
from accounts.retention import start_of
from demo.loaders.training.calendar import at, leave_year, working_day
from organisation.models import StaffMember
from training.actions.attended import attended_key
from training.actions.outside_outcomes import ledger_key
from training.models import (
    AttendedElsewhere,
    BookedBy,
    Booking,
    BudgetLine,
    CourseFormat,
    LedgerEntry,
    LedgerKind,
    OutsideCourse,
    OutsideReview,
    Topic,
)
from training.models.budgets import financial_year_of
from training.queries import recorded_between
from training.states import AttendedState, OutsideState

MANAGER, OFFICER = "manager@example.org", "officer@example.org"
PERSON, COLLEAGUE = "social.worker@example.org", "educator@example.org"

# Provider, course, topic, half days, cost in pounds, why.
COURSES = {
    "theraplay": (
        "Larch House",
        "Play as a bridge: theraplay for carers",
        Topic.CARE_AND_ADOPTION,
        4,
        390,
        "Three of the carers I support ask how to begin. Nobody in our team has done it.",
    ),
    "court": (
        "Wessex Law School",
        "Giving evidence in the family court",
        Topic.LAW_AND_COURT,
        2,
        180,
        "I give evidence for the first time in spring.",
    ),
    "siblings": (
        "The Foster Forum",
        "Brothers and sisters: together or apart",
        Topic.CARE_AND_ADOPTION,
        1,
        0,
        "A free morning online, and I have two such cases.",
    ),
    "leading": (
        "Solent Business School",
        "Leading without a title",
        Topic.LEADING,
        2,
        240,
        "I stand in for our manager more often now.",
    ),
}
WORDS = {
    "theraplay": "Two days on the floor with puppets, and I used it the week after. Take a notebook: "
    "there are no handouts.",
    "court": "The mock hearing was worth the whole day. The law in the afternoon I knew already.",
    "leading": "A lot of slides about companies. I would look for something closer to our work.",
}


def load_outside_courses(today):
    """Load two budget lines, courses of the demo's people in every state, reviews, and what was attended."""
    line = load_money(today)
    demo = {email: User.objects.get(email=email) for email in (PERSON, COLLEAGUE, MANAGER, OFFICER)}
    load_what_waits(today, demo)
    load_what_is_decided(today, demo, line)
    load_past(today, demo, line)
    load_attended(today, demo)


def load_money(today):
    """Return the line that pays for most of it; the other is nearly spent."""
    year = financial_year_of(today)
    BudgetLine.objects.create(name="Conferences", financial_year=year, pounds=500)
    return BudgetLine.objects.create(name="Outside courses", financial_year=year, pounds=9_000)


def make(which, person, day, state, **fields):
    """Make one of COURSES for a person, from the first day from `day` on for which they are free."""
    provider, title, topic, half_days, pounds, reason = COURSES[which]
    first = free_day(person, day, half_days)
    ends_at = start_of(first + timedelta(days=(half_days + 1) // 2))
    if half_days == 1:
        ends_at = at(first, time(13))
    is_online = not pounds
    return OutsideCourse.objects.create(
        person=person,
        provider=provider,
        title=title,
        topic=topic,
        format=CourseFormat.ONLINE if is_online else CourseFormat.IN_PERSON,
        place_name="" if is_online else "Southampton",
        starts_at=start_of(first),
        ends_at=ends_at,
        half_days=half_days,
        cost_pence=pounds * 100,
        reason=reason,
        state=state,
        **({"made_at": at(first - timedelta(days=45), time(10))} | fields),
    )


def free_day(person, day, half_days):
    """The first working day on which a person has no place, nor on the next when the course goes on."""
    for step in count():
        first = working_day(day + timedelta(days=step))
        begins, ends = start_of(first), start_of(first + timedelta(days=(half_days + 1) // 2))
        taken = Booking.objects.current().filter(person=person, during__overlap=(begins, ends))
        outside = OutsideCourse.objects.filter(
            person=person, starts_at__lt=ends, ends_at__gt=begins
        )
        fits = first.weekday() + (half_days + 1) // 2 <= 5
        if fits and not taken.exists() and not outside.exists():
            return first
    return day


def load_what_waits(today, demo):
    """Something for the manager to decide, and something for workforce development."""
    soon = at(working_day(today + timedelta(days=2)), time(17))
    asked_at = at(today - timedelta(days=1), time(11))
    make(
        "theraplay",
        demo[COLLEAGUE],
        today + timedelta(days=60),
        OutsideState.ASKED,
        answer_by=soon,
        made_at=asked_at,
    )
    make(
        "court",
        demo[PERSON],
        today + timedelta(days=75),
        OutsideState.WITH_WORKFORCE,
        made_at=at(today - timedelta(days=4), time(9)),
        manager_by=demo[MANAGER],
        manager_at=at(today - timedelta(days=2), time(15)),
    )


def load_what_is_decided(today, demo, line):
    decided = {"manager_by": demo[MANAGER], "manager_at": at(today - timedelta(days=20), time(9))}
    yes = {
        **decided,
        "workforce_by": demo[OFFICER],
        "workforce_at": at(today - timedelta(days=18), time(9)),
        "counts_towards_five": True,
        "booked_by": BookedBy.US,
    }
    made_at = at(today - timedelta(days=22), time(9))
    make(
        "siblings",
        demo[PERSON],
        today + timedelta(days=40),
        OutsideState.APPROVED,
        **yes | {"counts_towards_five": False},
        made_at=made_at,
    )
    make(
        "leading",
        demo[COLLEAGUE],
        today + timedelta(days=50),
        OutsideState.DECLINED,
        **decided,
        workforce_by=demo[OFFICER],
        workforce_at=at(today - timedelta(days=18), time(9)),
        end_reason="We run a course of our own on this in spring. Please have a look at it first.",
        ended_at=at(today - timedelta(days=18), time(9)),
        made_at=made_at,
    )


def load_past(today, demo, line):
    """Courses that colleagues have been to, in the ledger, with what they say of them."""
    members = StaffMember.objects.select_related("user").exclude(user__in=demo.values())
    colleagues = members.working(today).exclude(reports__isnull=False).order_by("pk")[40:46]
    first_day = leave_year(today)[0]
    for number, member in enumerate(colleagues):
        which = list(WORDS)[number % len(WORDS)]
        day = max(today - timedelta(days=50 + 20 * number), first_day)
        if day >= today - timedelta(days=7):
            continue  # The year has only begun.
        outside = make(
            which,
            member.user,
            day,
            OutsideState.ATTENDED,
            manager_by=demo[MANAGER],
            manager_at=at(day - timedelta(days=40), time(9)),
            workforce_by=demo[OFFICER],
            workforce_at=at(day - timedelta(days=38), time(9)),
            counts_towards_five=True,
            booked_by=BookedBy.THEM,
            budget_line=line,
            half_days_attended=COURSES[which][3],
            final_cost_pence=COURSES[which][4] * 100,
            outcome_at=at(today - timedelta(days=3), time(9)),
            ended_at=at(today - timedelta(days=3), time(9)),
        )
        enter(outside, ledger_key(outside), outside.starts_on, outside.half_days)
        if number < len(WORDS):
            OutsideReview.objects.create(
                course=outside,
                words=WORDS[which],
                recommends=which != "leading",
                may_be_named=which == "theraplay",
                written_at=at(today - timedelta(days=3), time(9)),
            )


def load_attended(today, demo):
    """A conference that waits to be confirmed, a talk that the manager asks about, and one confirmed."""
    AttendedElsewhere.objects.create(
        person=demo[COLLEAGUE],
        title="Winter conference on foster care",
        organiser="The Foster Forum",
        topic=Topic.CARE_AND_ADOPTION,
        on=weekday_before(today - timedelta(days=6), demo[COLLEAGUE]),
        half_days=2,
        learned="How to prepare birth parents and carers to meet, and what to leave unsaid.",
        answer_by=at(working_day(today + timedelta(days=1)), time(17)),
        made_at=at(today - timedelta(days=1), time(9)),
    )
    AttendedElsewhere.objects.create(
        person=demo[COLLEAGUE],
        title="Talk: what brain scans do not tell",
        organiser="University of Winchester",
        topic=Topic.CHILD_DEVELOPMENT,
        on=weekday_before(today - timedelta(days=20), demo[COLLEAGUE]),
        half_days=1,
        learned="To be careful with pictures of brains in court.",
        state=AttendedState.QUESTIONED,
        question="Was that in working time, or in the evening?",
        made_at=at(today - timedelta(days=3), time(9)),
    )
    row = AttendedElsewhere.objects.create(
        person=demo[COLLEAGUE],
        title="Regional meeting of practice educators",
        organiser="South Coast Partnership",
        topic=Topic.LEADING,
        on=max(
            weekday_before(today - timedelta(days=35), demo[COLLEAGUE]),
            leave_year(today)[0],
        ),
        half_days=1,
        learned="A simple sheet for the first supervision with a student.",
        state=AttendedState.CONFIRMED,
        counts_towards_five=True,
        decided_by=demo[MANAGER],
        decided_at=at(today - timedelta(days=30), time(9)),
        ended_at=at(today - timedelta(days=30), time(9)),
        made_at=at(today - timedelta(days=33), time(9)),
    )
    enter(row, attended_key(row), row.on, row.half_days, LedgerKind.ATTENDED_ELSEWHERE)


def weekday_before(day, person):
    """The day itself, or the last weekday before it, on which a person has nothing else."""
    while day.weekday() > 4 or recorded_between(person, day, day):
        day -= timedelta(days=1)
    return day


def enter(row, key, on, half_days, kind=LedgerKind.OUTSIDE_COURSE):
    LedgerEntry.objects.create(
        person=row.person, on=on, half_days=half_days, kind=kind, words=str(row), key=key
    )
