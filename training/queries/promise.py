"""What is promised, attended and booked in a year, as SQL: one reading for pages and the forecast.

Both are subqueries with these parameters: `first` and `last` (days of the year), `begins` and `ends`
(their moments), the policy's numbers (`facts_of`), and the states that count.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from organisation.models import AbsencePart
from training.models.allowance import AllowanceScope
from training.states import ATTENDANCE_STATES, COMING_STATES, BookingState, OutsideState

# Half days due to each member of staff whom the policy reaches: multiplied first and divided once, so
# that rounding up to a half day never gives one for a fraction that arithmetic made up. Absences that
# follow each other day by day are one.
ENTITLEMENTS = """
    SELECT member.user_id AS person_id,
           ceil(
               %(days)s::numeric * 2
               * CASE WHEN %(by_hours)s THEN least(member.weekly_hours, %(full_time)s) ELSE %(full_time)s END
               * greatest(years.days - coalesce(away.days, 0), 0)
               / (%(full_time)s * (%(last)s::date - %(first)s::date + 1))
           )::int AS half_days,
           coalesce(away.days, 0) > 0 AS was_long_away
    FROM organisation_staffmember member
    JOIN organisation_role role ON role.id = member.role_id
    CROSS JOIN LATERAL (
        SELECT greatest(%(first)s::date, CASE WHEN %(by_start)s THEN member.started_on END) AS since
    ) counted
    CROSS JOIN LATERAL (
        SELECT greatest(%(last)s::date - counted.since + 1, 0) AS days
    ) years
    LEFT JOIN LATERAL (
        SELECT sum(upper(part) - lower(part)) AS days
        FROM (
            SELECT spell, spell * daterange(counted.since, %(last)s::date, '[]') AS part
            FROM (
                SELECT unnest(range_agg(daterange(absence.starts_on, absence.ends_on, '[]'))) AS spell
                FROM organisation_absence absence
                WHERE absence.member_id = member.id AND absence.part = %(whole_days)s
            ) spells
            WHERE counted.since <= %(last)s::date
        ) parts
        WHERE upper(spell) - lower(spell) >= %(long_absence)s AND NOT isempty(part)
    ) away ON true
    WHERE (NOT %(registered_only)s OR role.needs_registration)
      AND member.user_id = ANY(coalesce(%(people)s::bigint[], ARRAY[member.user_id]))
"""

# Half days attended and booked, and of the booked those that a manager has to approve yet: sessions by
# their attendance, the ledger's entries, outside courses that are approved and count (afterwards the
# ledger has them), and what the staff register's latest opening balance of the year says had been used
# by its day.
AMOUNTS = """
    SELECT person_id, greatest(sum(attended), 0)::int AS attended, sum(booked)::int AS booked,
           sum(held)::int AS held
    FROM (
        SELECT booking.person_id,
               CASE WHEN booking.state = ANY(%(attended_states)s)
                    THEN booking.half_days_attended ELSE 0 END AS attended,
               CASE WHEN booking.state = ANY(%(coming_states)s)
                    THEN session.half_days ELSE 0 END AS booked,
               CASE WHEN booking.state = %(held_state)s THEN session.half_days ELSE 0 END AS held
        FROM training_booking booking
        JOIN training_session session ON session.id = booking.session_id
        JOIN training_course course ON course.id = session.course_id
        WHERE course.counts_towards_five
          AND session.starts_at >= %(begins)s AND session.starts_at < %(ends)s
          AND booking.person_id = ANY(coalesce(%(people)s::bigint[], ARRAY[booking.person_id]))
        UNION ALL
        SELECT person_id, half_days, 0, 0
        FROM training_ledgerentry
        WHERE "on" BETWEEN %(first)s AND %(last)s
          AND person_id = ANY(coalesce(%(people)s::bigint[], ARRAY[person_id]))
        UNION ALL
        SELECT person_id, 0, half_days, 0
        FROM training_outsidecourse
        WHERE state = %(outside_approved)s AND counts_towards_five
          AND starts_at >= %(begins)s AND starts_at < %(ends)s
          AND person_id = ANY(coalesce(%(people)s::bigint[], ARRAY[person_id]))
        UNION ALL
        SELECT * FROM (
            SELECT DISTINCT ON (member.id) member.user_id, balance.half_days, 0, 0
            FROM organisation_openingbalance balance
            JOIN organisation_staffmember member ON member.id = balance.member_id
            WHERE balance.as_at BETWEEN %(first)s AND %(last)s
              AND member.user_id = ANY(coalesce(%(people)s::bigint[], ARRAY[member.user_id]))
            ORDER BY member.id, balance.as_at DESC
        ) latest
    ) rows
    GROUP BY person_id
"""

# No absence is as long as this, for a policy that reduces nothing for absence.
NEVER = 1_000_000


def facts_of(policy, on, people=None):
    """Return the parameters of both for the policy's year that the date `on` is in.

    `people` are user ids, or None for everybody.
    """
    first, last = policy.year_of(on)
    return {
        "people": people,
        "first": first,
        "last": last,
        "begins": midnight(first),
        "ends": midnight(last + timedelta(days=1)),
        "days": policy.days,
        "by_hours": policy.pro_rata_by_hours,
        "by_start": policy.pro_rata_by_start,
        "full_time": policy.full_time_hours,
        "long_absence": policy.long_absence_days or NEVER,
        "registered_only": policy.scope == AllowanceScope.SOCIAL_WORKERS,
        "whole_days": AbsencePart.WHOLE_DAYS.value,
        "attended_states": _values(ATTENDANCE_STATES),
        "coming_states": _values(COMING_STATES),
        "held_state": BookingState.HELD.value,
        "outside_approved": OutsideState.APPROVED.value,
    }


def midnight(day):
    """Return the moment at which the day begins in London."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _values(states):
    return sorted(state.value for state in states)
