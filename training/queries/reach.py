"""Which sessions each person can still go to: as stages of SQL, for one person, a team or everybody.

A stage is a SELECT that may read the stages before it. Pages run them as one statement with `WITH`;
the weekly forecast keeps each as a table for the length of its transaction, so that Postgres knows
how large it is. A person can go to a session when

- it is planned, counts towards the five, is in the policy's year, has a place that no fair round is
  about to give, and is meant for their role;
- they have neither attended nor booked its course this year, and nothing they hold is at that time;
- they are at work in each of its half days: their pattern has it (Monday to Friday without one), it is
  no bank holiday, and they are not absent. Weekends and bank holidays in the middle of a session that
  goes on after them are breaks;
- their team has more than its minimum of qualified people at work in each of them, where it has a
  minimum and they are qualified: by patterns, absences and what the others hold places on.
"""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from organisation.half_days import FIRST_MONDAY
from organisation.models import AbsencePart, BankHoliday
from organisation.models.working_time import FULL_TIME_SLOTS
from training.models import AllowancePolicy, Session
from training.queries.promise import facts_of
from training.states import (
    ATTENDANCE_STATES,
    OUTSIDE_TIME_TAKEN,
    PLACE_HOLDING_STATES,
    BookingState,
    SessionState,
)

# Sessions with a place, in what is left of the year.
SESSIONS = """
    SELECT session.id AS session_id, session.course_id, session.half_days, session.during,
           session.starts_at,
           (session.starts_at AT TIME ZONE 'Europe/London')::date <= %(short_until)s AS is_short_notice,
           ARRAY(
               SELECT meant.role_id FROM training_course_roles meant WHERE meant.course_id = course.id
           ) AS roles
    FROM training_session session
    JOIN training_course course ON course.id = session.course_id
    WHERE session.state = %(planned)s AND course.counts_towards_five
      AND session.requests_close_at IS NULL
      AND session.starts_at > %(at)s AND session.starts_at < %(ends)s
      AND session.capacity > (
          SELECT count(*) FROM training_booking booking
          WHERE booking.session_id = session.id AND booking.state = ANY(%(holding_states)s))
"""

# What people hold a place on or have attended this year, or hold a place on later; outside courses too.
HELD = """
    SELECT booking.person_id, booking.during, session.course_id,
           booking.state = ANY(%(holding_states)s) AS is_held,
           session.starts_at >= %(begins)s AND session.starts_at < %(ends)s
               AND booking.state = ANY(%(had_states)s) AS was_had
    FROM training_booking booking
    JOIN training_session session ON session.id = booking.session_id
    WHERE booking.state = ANY(%(holding_states)s) AND session.ends_at > %(begins)s
    UNION ALL
    SELECT person_id, tstzrange(starts_at, ends_at), NULL, true, false
    FROM training_outsidecourse
    WHERE state = ANY(%(outside_time_taken)s) AND ends_at > %(begins)s
"""

# The half days of each that have to be worked, with how many they are.
HALF_DAYS = """
    SELECT spans.session_id, day::date AS on_day, half, holiday.id IS NOT NULL AS is_holiday,
           (mod(day::date - %(first_monday)s::date, 14) * 2 + half)::int AS slot,
           tstzrange(
               (day + half * interval '13 hours') AT TIME ZONE 'Europe/London',
               (day + interval '13 hours' + half * interval '11 hours') AT TIME ZONE 'Europe/London'
           ) AS during,
           count(*) OVER (PARTITION BY spans.session_id) AS needed
    FROM (
        SELECT session_id, lower(during) AT TIME ZONE 'Europe/London' AS begins,
               upper(during) AT TIME ZONE 'Europe/London' AS ends
        FROM reach_session
    ) spans
    CROSS JOIN LATERAL generate_series(
        date_trunc('day', begins), ends - interval '1 second', interval '1 day'
    ) AS day
    CROSS JOIN (VALUES (0), (1)) AS halves (half)
    LEFT JOIN organisation_bankholiday holiday
      ON holiday."on" = day::date AND holiday.is_observed
    WHERE day + half * interval '13 hours' >= begins AND day + half * interval '13 hours' < ends
      AND (
          day::date = begins::date OR day::date = (ends - interval '1 second')::date
          OR (extract(isodow FROM day) < 6 AND holiday.id IS NULL)
      )
"""

# Who is at work in which of these half days: everybody in the teams of those who are asked about.
AT_WORK = """
    SELECT member.id AS member_id, member.user_id AS person_id, member.team_id, member.role_id,
           role.needs_registration AS is_qualified, slots.on_day, slots.half, slots.during
    FROM organisation_staffmember member
    JOIN organisation_role role ON role.id = member.role_id
    JOIN (SELECT DISTINCT on_day, half, slot, during FROM reach_half_day WHERE NOT is_holiday) slots
      ON slots.on_day >= member.started_on
     AND (member.left_on IS NULL OR slots.on_day <= member.left_on)
    LEFT JOIN (
        SELECT member_id, slots, starts_on,
               lead(starts_on) OVER (PARTITION BY member_id ORDER BY starts_on) AS ends_before
        FROM organisation_workingpattern
    ) pattern
      ON pattern.member_id = member.id AND slots.on_day >= pattern.starts_on
     AND (pattern.ends_before IS NULL OR slots.on_day < pattern.ends_before)
    WHERE slots.slot = ANY(coalesce(pattern.slots, %(full_time_slots)s::smallint[]))
      AND NOT EXISTS (
          SELECT FROM organisation_absence absence
          WHERE absence.member_id = member.id
            AND slots.on_day BETWEEN absence.starts_on AND absence.ends_on
            AND absence.part IN (%(whole_days)s, (ARRAY[%(morning)s, %(afternoon)s])[slots.half + 1]))
      AND (%(people)s::bigint[] IS NULL OR member.team_id IN (
          SELECT team_id FROM organisation_staffmember WHERE user_id = ANY(%(people)s::bigint[])))
"""

# The half days in which a team with a minimum can spare none of its qualified people.
COVER = """
    SELECT worked.team_id, worked.on_day, worked.half
    FROM reach_at_work worked
    JOIN (
        SELECT team_id, people, starts_on,
               lead(starts_on) OVER (PARTITION BY team_id ORDER BY starts_on) AS ends_before
        FROM organisation_coverminimum
    ) minimum
      ON minimum.team_id = worked.team_id AND worked.on_day >= minimum.starts_on
     AND (minimum.ends_before IS NULL OR worked.on_day < minimum.ends_before)
    WHERE worked.is_qualified
      AND NOT EXISTS (
          SELECT FROM reach_held held
          WHERE held.person_id = worked.person_id AND held.is_held AND held.during && worked.during)
    GROUP BY worked.team_id, worked.on_day, worked.half, minimum.people
    HAVING count(*) <= minimum.people
"""

OPTIONS = """
    SELECT fits.person_id, session.*
    FROM (
        SELECT worked.person_id, worked.role_id, half_day.session_id
        FROM reach_half_day half_day
        JOIN reach_at_work worked USING (on_day, half)
        LEFT JOIN reach_cover cover
          ON cover.team_id = worked.team_id AND cover.on_day = worked.on_day
         AND cover.half = worked.half AND worked.is_qualified
        WHERE %(people)s::bigint[] IS NULL OR worked.person_id = ANY(%(people)s::bigint[])
        GROUP BY worked.person_id, worked.role_id, half_day.session_id, half_day.needed
        HAVING count(*) = half_day.needed AND count(cover.team_id) = 0
    ) fits
    JOIN reach_session session USING (session_id)
    WHERE (session.roles = '{}' OR fits.role_id = ANY(session.roles))
      AND NOT EXISTS (
          SELECT FROM reach_held held
          WHERE held.person_id = fits.person_id AND (
              (held.is_held AND held.during && session.during)
              OR (held.was_had AND held.course_id = session.course_id)))
"""

STAGES = {
    "reach_session": SESSIONS,
    "reach_held": HELD,
    "reach_half_day": HALF_DAYS,
    "reach_at_work": AT_WORK,
    "reach_cover": COVER,
    "reach_option": OPTIONS,
}
WITH_STAGES = "WITH " + ", ".join(f"{name} AS MATERIALIZED ({sql})" for name, sql in STAGES.items())
OPTIONS_IN_ORDER = "SELECT person_id, session_id FROM reach_option ORDER BY starts_at, session_id"


def suitable_sessions(person, at):
    """Return the sessions that a person can go to, the soonest first, with their course. Four queries."""
    return suitable_sessions_of([person], at)[person.pk]


def suitable_sessions_of(people, at):
    """Return {user id: sessions they can go to, the soonest first}. Four queries for any number."""
    ids = [person.pk for person in people]
    found = {pk: [] for pk in ids}
    policy = AllowancePolicy.objects.in_force(timezone.localdate(at))
    if policy is None or not ids:
        return found
    with connection.cursor() as cursor:
        cursor.execute(f"{WITH_STAGES} {OPTIONS_IN_ORDER}", reach_facts(policy, at, ids))
        options = cursor.fetchall()
    sessions = Session.objects.select_related("course").with_places()
    sessions = sessions.in_bulk({session for _, session in options})
    for person, session in options:
        found[person].append(sessions[session])
    return found


def reach_facts(policy, at, people=None):
    """Return the parameters of the stages at the moment `at`. `people` are user ids; None is everybody."""
    on = timezone.localdate(at)
    had = (ATTENDANCE_STATES | PLACE_HOLDING_STATES) - {BookingState.NO_SHOW}
    return {
        **facts_of(policy, on, people),
        "at": at,
        "on": on,
        "planned": SessionState.PLANNED.value,
        "holding_states": sorted(state.value for state in PLACE_HOLDING_STATES),
        "had_states": sorted(state.value for state in had),
        "outside_time_taken": sorted(state.value for state in OUTSIDE_TIME_TAKEN),
        "first_monday": FIRST_MONDAY,
        "full_time_slots": FULL_TIME_SLOTS,
        "morning": AbsencePart.MORNING.value,
        "afternoon": AbsencePart.AFTERNOON.value,
        "short_until": short_notice_until(on, policy.short_notice_days),
    }


def short_notice_until(on, working_days):
    """Return the last day at short notice: so many days, Monday to Friday and no bank holiday, after `on`."""
    latest = on + timedelta(days=2 * working_days + 14)
    holidays = BankHoliday.objects.observed().filter(on__range=(on, latest))
    holidays = set(holidays.values_list("on", flat=True))
    day = on
    while working_days:
        day += timedelta(days=1)
        working_days -= day.weekday() < 5 and day not in holidays
    return day
