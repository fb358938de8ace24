"""Who works when: two-week patterns, absence and bank holidays, in half days and working hours."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from accounts.models import User
from organisation.half_days import AFTERNOON, MIDDAY, MORNING, HalfDay, midday
from organisation.models import AbsencePart, BankHoliday, StaffMember
from organisation.models.working_time import FULL_TIME_SLOTS

# A working day in the office: four hours before 1pm and four after it.
DAY_BEGINS, DAY_ENDS = time(9), time(17)
# Nobody waits longer than this for somebody who is away.
LONGEST_WAIT = timedelta(days=28)
# From a weekend or a bank holiday to the next working day, Christmas included, it is never longer.
LONGEST_CLOSURE = timedelta(days=7)
HALVES = {AbsencePart.MORNING: {MORNING}, AbsencePart.AFTERNOON: {AFTERNOON}}


class Away(NamedTuple):
    """An absence, with its AbsencePart."""

    starts_on: date
    ends_on: date
    part: str


@dataclass
class WorkingTime:
    """When one person works between two dates. `patterns` are (from, half-day numbers), newest first."""

    patterns: list = field(default_factory=list)
    absences: list = field(default_factory=list)
    holidays: frozenset = frozenset()

    def is_worked(self, half_day):
        """Say whether the person's pattern has the half day, and it is no bank holiday."""
        slots = next((slots for since, slots in self.patterns if since <= half_day.on), None)
        slots = FULL_TIME_SLOTS if slots is None else slots
        return half_day.slot in slots and half_day.on not in self.holidays

    def is_away(self, half_day):
        """Say whether an absence covers the half day."""
        return any(
            absence.starts_on <= half_day.on <= absence.ends_on
            and half_day.half in HALVES.get(absence.part, {MORNING, AFTERNOON})
            for absence in self.absences
        )

    def is_at_work(self, half_day):
        return self.is_worked(half_day) and not self.is_away(half_day)


# Plain SQL, because it is read for every booking and building it each time took longer than reading it.
TIMES = """
           (SELECT json_agg(json_build_array(starts_on, slots) ORDER BY starts_on DESC)
            FROM organisation_workingpattern WHERE member_id = member.id AND starts_on <= %(last)s)::text,
           (SELECT json_agg(json_build_array(starts_on, ends_on, part))
            FROM organisation_absence
            WHERE member_id = member.id AND starts_on <= %(last)s AND ends_on >= %(first)s)::text,
           ARRAY(SELECT "on" FROM organisation_bankholiday
                 WHERE is_observed AND "on" BETWEEN %(first)s AND %(last)s)
"""
TIMES_OF = f"""
    SELECT member.id, {TIMES}
    FROM organisation_staffmember member
    WHERE member.id = ANY(%(people)s)
"""  # noqa: S608 (the module's own words)
# In the order of the models' fields.
MANAGERS = ["id", "user_id", "line_manager_id", "started_on", "left_on"]
MANAGERS_USERS = ["id", "email", "full_name", "is_active"]
LINE_MANAGERS = f"""
    SELECT report.user_id, {", ".join(f"member.{name}" for name in MANAGERS)},
           {", ".join(f"person.{name}" for name in MANAGERS_USERS)}, {TIMES}
    FROM organisation_staffmember report
    JOIN organisation_staffmember member ON member.id = report.line_manager_id
    JOIN accounts_user person ON person.id = member.user_id
    WHERE report.user_id = ANY(%(people)s)
"""  # noqa: S608 (the module's own words)


def working_time_of(members, first_day, last_day):
    """Return {staff member id: WorkingTime} between two dates. One query for any number."""
    rows = _read(TIMES_OF, [member.pk for member in members], first_day, last_day)
    return {pk: _working_time(*found) for pk, *found in rows}


def line_managers_of(people, first_day, last_day):
    """Return {user id: (line manager, their WorkingTime between two dates)} of those who have one.

    The managers have no more fields than it takes to find out whether they are here and to write to
    them. One query for any number.
    """
    found = {}
    rows = _read(LINE_MANAGERS, [person.pk for person in people], first_day, last_day)
    for report, *row in rows:
        manager = StaffMember.from_db(connection.alias, MANAGERS, row[: len(MANAGERS)])
        person = row[len(MANAGERS) : -3]
        manager.user = User.from_db(connection.alias, MANAGERS_USERS, person)
        found[report] = manager, _working_time(*row[-3:])
    return found


def _read(sql, people, first_day, last_day):
    with connection.cursor() as cursor:
        cursor.execute(sql, {"people": people, "first": first_day, "last": last_day})
        return cursor.fetchall()


def _working_time(patterns, absences, holidays):
    return WorkingTime(
        patterns=[
            (date.fromisoformat(since), slots) for since, slots in json.loads(patterns or "[]")
        ],
        absences=[
            Away(date.fromisoformat(first), date.fromisoformat(last), part)
            for first, last, part in json.loads(absences or "[]")
        ],
        holidays=frozenset(holidays),
    )


def is_away(member, at):
    """Say whether a member of staff is away at the moment `at`, or not at work in that half day."""
    return member.pk in who_is_away([member], at)


def who_is_away(members, at):
    """Return the ids of those who are not at work in the half day of `at`. One query for any number.

    At a weekend or on a bank holiday, when hardly anybody works, the next working day's morning counts.
    """
    first_day = timezone.localdate(at)
    times = working_time_of(members, first_day, first_day + LONGEST_CLOSURE)
    return {pk for pk, time in times.items() if not is_there(time, at)}


def is_there(times, at):
    """Say whether somebody's WorkingTime, read for a week from `at` on, has them at work at that moment.

    At a weekend or on a bank holiday the next working day's morning counts.
    """
    now = timezone.localtime(at)
    half_day = HalfDay(now.date(), AFTERNOON if now.time() >= MIDDAY else MORNING)
    while half_day.on.weekday() > 4 or half_day.on in times.holidays:
        half_day = HalfDay(half_day.on + timedelta(days=1), MORNING)
    return times.is_at_work(half_day)


def is_working_day(on):
    """Say whether a date is from Monday to Friday and no bank holiday."""
    return on.weekday() < 5 and not BankHoliday.objects.filter(on=on).exists()


def after_working_hours(at, hours, times=None):
    """Return the moment at which so many working hours have gone by since the moment `at`.

    Hours are counted from 9am to 5pm in the half days that somebody works: `times` is their
    WorkingTime, read for the four weeks from `at` on; without it Monday to Friday outside bank
    holidays count. After four weeks the wait ends whatever has been worked.
    """
    first_day = timezone.localdate(at)
    if times is None:
        until = first_day + LONGEST_WAIT
        holidays = BankHoliday.objects.observed().filter(on__range=(first_day, until))
        times = WorkingTime(holidays=frozenset(holidays.values_list("on", flat=True)))
    left, day = timedelta(hours=hours), first_day
    while day <= first_day + LONGEST_WAIT:
        for half in (MORNING, AFTERNOON):
            begins, ends = hours_of(HalfDay(day, half))
            begins = max(begins, at)
            if begins >= ends or not times.is_at_work(HalfDay(day, half)):
                continue
            if begins + left <= ends:
                return begins + left
            left -= ends - begins
        day += timedelta(days=1)
    return at + LONGEST_WAIT


def hours_of(half_day):
    """Return the two moments between which a half day is worked in the office."""
    noon = midday(half_day.on)
    if half_day.half == MORNING:
        return timezone.make_aware(datetime.combine(half_day.on, DAY_BEGINS)), noon
    return noon, timezone.make_aware(datetime.combine(half_day.on, DAY_ENDS))
