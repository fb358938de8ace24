"""What people want and have no place on: by course, by topic and by district, in four queries."""

from dataclasses import dataclass, field
from datetime import time

from django.conf import settings
from django.db import connection, models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.utils import timezone

from training.models import Booking, Course, Session, Topic
from training.queries.planning import at as moment
from training.queries.recommended import months_after
from training.states import (
    COMING_STATES,
    OUTSIDE_UNDECIDED,
    PLACE_HOLDING_STATES,
    BookingState,
    EndReason,
    NominationState,
    OutsideState,
)


class Want(models.TextChoices):
    """How somebody has said that they want a course, or why they need it."""

    WAITING = "waiting", "Waiting"
    REFUSED = "refused", "Refused"
    INTERESTED = "interested", "Interested"
    NOMINATED = "nominated", "Nominated"
    RUNS_OUT = "runs_out", "Runs out"
    ELSEWHERE = "elsewhere", "Asked for elsewhere"


# What is asked for elsewhere is no course of ours, and counts by topic, and by topic and district.
WANTS_OF_A_COURSE = [want for want in Want if want != Want.ELSEWHERE]

# Each source of demand, as (course, topic, person). What somebody was served meanwhile does not count:
# see SERVED.
SOURCES = {
    Want.WAITING: """
        SELECT course.id, course.topic, booking.person_id
        FROM training_booking booking
        JOIN training_session session ON session.id = booking.session_id
        JOIN training_course course ON course.id = session.course_id
        WHERE booking.state = %(waiting)s AND session.starts_at > %(at)s
    """,
    # By the manager, for cover or otherwise, or because no place came free.
    Want.REFUSED: """
        SELECT course.id, course.topic, booking.person_id
        FROM training_booking booking
        JOIN training_session session ON session.id = booking.session_id
        JOIN training_course course ON course.id = session.course_id
        WHERE booking.end_reason = ANY(%(refusals)s) AND booking.ended_at >= %(since)s
    """,
    Want.INTERESTED: """
        SELECT course.id, course.topic, interest.person_id
        FROM training_courseinterest interest
        JOIN training_course course ON course.id = interest.course_id
        WHERE interest.told_at IS NULL
    """,
    Want.NOMINATED: """
        SELECT course.id, course.topic, nomination.nominee_id
        FROM training_nomination nomination
        JOIN training_session session ON session.id = nomination.session_id
        JOIN training_course course ON course.id = session.course_id
        WHERE nomination.state = %(awaiting)s
           OR nomination.state = %(declined)s AND nomination.decided_at >= %(since)s
    """,
    Want.RUNS_OUT: """
        SELECT course.id, course.topic, booking.person_id
        FROM training_booking booking
        JOIN training_session session ON session.id = booking.session_id
        JOIN training_course course ON course.id = session.course_id
        JOIN organisation_staffmember member ON member.user_id = booking.person_id
        WHERE course.is_mandatory AND course.refresher_months IS NOT NULL
          AND booking.state = %(attended)s
          AND (NOT EXISTS (SELECT FROM training_course_roles r WHERE r.course_id = course.id)
               OR EXISTS (SELECT FROM training_course_roles r
                          WHERE r.course_id = course.id AND r.role_id = member.role_id))
        GROUP BY course.id, booking.person_id
        HAVING max(session.starts_at) + make_interval(months => course.refresher_months) <= %(runs_out_by)s
    """,
    # Outside courses that nobody has said yes to.
    Want.ELSEWHERE: """
        SELECT NULL::bigint, outside.topic, outside.person_id
        FROM training_outsidecourse outside
        WHERE outside.made_at >= %(since)s AND outside.state = ANY(%(not_agreed)s)
    """,
}

# Who has a place to come, or has been since, wants it no longer; nor does who has left.
SERVED = """
    EXISTS (
        SELECT FROM training_booking own
        JOIN training_session ahead ON ahead.id = own.session_id
        WHERE own.person_id = want.person_id AND ahead.course_id = want.course_id
          AND (own.state = ANY(%(coming)s) AND ahead.starts_at > %(at)s
               OR want.kind <> 'runs_out' AND own.state = ANY(%(had)s) AND ahead.starts_at >= %(since)s)
    )
"""
# Made of our own texts alone, like what is read from it below.
_PARTS = " UNION ALL ".join(
    f"SELECT part.*, '{kind.value}' AS kind FROM ({sql}) AS part(course_id, topic, person_id)"  # noqa: S608
    for kind, sql in SOURCES.items()
)
WANTS = f"""
    WITH wants AS (
        SELECT want.* FROM ({_PARTS}) want
        LEFT JOIN organisation_staffmember member ON member.user_id = want.person_id
        WHERE (member.left_on IS NULL OR member.left_on >= %(today)s) AND NOT {SERVED}
    )
"""  # noqa: S608
BY_COURSE = f"""
    {WANTS}
    SELECT course_id, kind, count(DISTINCT person_id) FROM wants WHERE course_id IS NOT NULL
    GROUP BY GROUPING SETS ((course_id, kind), (course_id))
"""  # noqa: S608
BY_TOPIC = f"""
    {WANTS}
    SELECT topic, kind, count(DISTINCT person_id) FROM wants
    GROUP BY GROUPING SETS ((topic, kind), (topic))
"""  # noqa: S608
BY_AREA = f"""
    {WANTS}
    SELECT wants.topic, coalesce(district.name, ''), count(DISTINCT wants.person_id) FROM wants
    LEFT JOIN organisation_staffmember member ON member.user_id = wants.person_id
    LEFT JOIN organisation_team team ON team.id = member.team_id
    LEFT JOIN organisation_district district ON district.id = team.district_id
    GROUP BY 1, 2
"""  # noqa: S608
REFUSALS = [EndReason.SAFE_COVER, EndReason.NOT_APPROVED, EndReason.NO_PLACE, EndReason.NOT_DRAWN]
NOT_AGREED = OUTSIDE_UNDECIDED | {OutsideState.DECLINED, OutsideState.LAPSED}
NO_DISTRICT = "No district"


@dataclass
class CourseDemand:
    """A course that people want: how many in which way, and the places free on dates to come."""

    course: Course
    people: int = 0
    wants: dict = field(default_factory=dict)

    @property
    def counts(self):
        return [self.wants.get(want, 0) for want in WANTS_OF_A_COURSE]

    @property
    def named_counts(self):
        return [
            (want.label, number)
            for want, number in zip(WANTS_OF_A_COURSE, self.counts, strict=True)
        ]

    @property
    def places_free(self):
        return self.course.places_free or 0

    @property
    def without_a_place(self):
        return max(self.people - self.places_free, 0)

    @property
    def is_met(self):
        return self.without_a_place == 0

    @property
    def runs_one_more(self):
        """Whether another session is worth it: enough people, and somebody who has led it lately."""
        return (
            self.without_a_place >= settings.DEMAND_RUN_ONE_MORE_PEOPLE and self.course.has_trainer
        )

    @property
    def why(self):
        if self.is_met:
            return "Dates to come have places for them."
        people = f"{self.without_a_place} more than the places left"
        if self.without_a_place < settings.DEMAND_RUN_ONE_MORE_PEOPLE:
            return f"{people}: too few for a session of our own."
        if not self.course.has_trainer:
            return (
                f"{people}, but nobody here has led it in {settings.DEMAND_TRAINER_MONTHS} months."
            )
        return f"{people}: enough for another session."


def demand_by_course(at):
    """Return the CourseDemands of all courses that anybody wants, the largest need first. Two queries."""
    found = {}
    for key, kind, number in _rows(BY_COURSE, at):
        found.setdefault(key, {})[kind] = number
    rows = [
        CourseDemand(course, found[course.pk].pop(None), found[course.pk])
        for course in _courses(found, at)
    ]
    return sorted(rows, key=lambda row: (-row.without_a_place, -row.people, row.course.title))


def demand_by_topic(at):
    """Return [(topic's name, [(want's name, people)], people)] of what anybody wants, the most first. One query.

    Each person counts once in each of the numbers, so the last is no sum of the others.
    """
    found = {}
    for topic, kind, number in _rows(BY_TOPIC, at):
        found.setdefault(topic, {})[kind] = number
    rows = [
        (Topic(topic).label, [(want.label, kinds.get(want, 0)) for want in Want], kinds[None])
        for topic, kinds in found.items()
    ]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def demand_by_area(at):
    """Return (district names, [(topic's name, people in each district)]) of what anybody wants. One query.

    People are counted once in a cell, however many courses of the topic they want.
    """
    found, districts = {}, set()
    for topic, district, number in _rows(BY_AREA, at):
        district = district or NO_DISTRICT
        districts.add(district)
        found.setdefault(topic, {})[district] = number
    names = sorted(districts, key=lambda name: (name == NO_DISTRICT, name))
    rows = [
        (topic.label, [found[topic].get(name, 0) for name in names])
        for topic in Topic
        if topic in found
    ]
    return names, rows


def _courses(keys, at):
    """Return courses with `places_free` on dates to come and `has_trainer`."""
    taken = (
        Booking.objects.filter(session=OuterRef("pk"), state__in=PLACE_HOLDING_STATES)
        .order_by()
        .values("session")
        .annotate(number=Count("pk"))
        .values("number")
    )
    free = (
        Session.objects.planned()
        .filter(course=OuterRef("pk"), starts_at__gt=at)
        .order_by()
        .values("course")
        .annotate(
            free=Sum(F("capacity"))
            - Sum(models.functions.Coalesce(Subquery(taken, output_field=IntegerField()), 0))
        )
        .values("free")
    )
    lately = months_after(timezone.localdate(at), -settings.DEMAND_TRAINER_MONTHS)
    left = Q(trainer__staff_member__left_on__lt=timezone.localdate(at))
    led = Session.objects.planned().filter(
        course=OuterRef("pk"), trainer__isnull=False, starts_at__date__gte=lately
    )
    return Course.objects.filter(pk__in=list(keys)).annotate(
        places_free=Subquery(free, output_field=IntegerField()),
        has_trainer=Exists(led.exclude(left)),
    )


def _rows(sql, at):
    today = timezone.localdate(at)
    facts = {
        "at": at,
        "today": today,
        "since": moment(months_after(today, -settings.DEMAND_MONTHS), time(0)),
        "runs_out_by": moment(months_after(today, settings.DEMAND_EXPIRING_MONTHS), time(0)),
        "waiting": BookingState.WAITING.value,
        "attended": BookingState.ATTENDED.value,
        "refusals": [reason.value for reason in REFUSALS],
        "awaiting": NominationState.AWAITING_DECISION.value,
        "declined": NominationState.DECLINED.value,
        "not_agreed": [state.value for state in NOT_AGREED],
        "coming": [state.value for state in COMING_STATES],
        "had": [state.value for state in PLACE_HOLDING_STATES - {BookingState.NO_SHOW}],
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return cursor.fetchall()
