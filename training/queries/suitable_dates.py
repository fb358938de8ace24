"""Dates that suit a person: places they could take, on days they work, and what that does to cover."""

from django.conf import settings
from django.utils import timezone

from organisation.half_days import half_days_between
from organisation.models import StaffMember
from organisation.queries import WorkingTime, working_time_of
from training.models import Booking, OutsideCourse
from training.queries.courses import other_dates
from training.queries.cover import cover_for
from training.queries.five_days import five_days
from training.queries.reach import suitable_sessions, suitable_sessions_of

DATES_SUGGESTED = 8


def dates_to_suggest(booking, at):
    """Return other dates of a booking's course that the person could attend, at most eight.

    Each has `keeps_cover`; those that keep it come first, then the soonest. Thirteen queries at most.
    """
    dates = _could_attend(booking.person, list(other_dates(booking, at)), but=booking)
    return sorted(dates, key=lambda row: not row.keeps_cover)[:DATES_SUGGESTED]


def dates_to_offer(person, at):
    """Return the next dates for a person's five days, at most `settings.DATES_OFFERED_AT_ONCE`.

    Of the sessions they can go to (see `suitable_sessions`), one of each course, the soonest first,
    and none that is longer than what they have left.
    """
    left = five_days(person, timezone.localdate(at)).left
    return _one_of_each_course(suitable_sessions(person, at), left)


def number_of_dates_to_offer(promises, at):
    """Return {user id: how many dates they would be sent} for {user: FiveDays}. Four queries, or none."""
    found = suitable_sessions_of(list(promises), at) if promises else {}
    return {
        person.pk: len(_one_of_each_course(found[person.pk], promise.left))
        for person, promise in promises.items()
    }


def _one_of_each_course(sessions, days):
    """Return the first of each course, as far as they are no longer than the days, and not too many."""
    found = {}
    for session in sessions:
        if session.days <= days:
            found.setdefault(session.course_id, session)
    return list(found.values())[: settings.DATES_OFFERED_AT_ONCE]


def _could_attend(person, sessions, but=None):
    """Return those sessions at which the person works and has nothing else, each with `keeps_cover`."""
    half_days = {session.pk: _half_days_taught(session) for session in sessions}
    every = [half_day for row in half_days.values() for half_day in row]
    if not every:
        return []
    times = _working_time(person, min(every).on, max(every).on)
    busy = _half_days_taken(person, but)
    cover = cover_for(person, sessions)
    free = []
    for session in sessions:
        mine = half_days[session.pk]
        if busy.isdisjoint(mine) and all(times.is_at_work(half_day) for half_day in mine):
            session.keeps_cover = cover is None or not cover.short_without(person, session)
            free.append(session)
    return free


def _half_days_taught(session):
    """Return the half days of a session; a weekend in its midst is none of it."""
    half_days = half_days_between(session.starts_at, session.ends_at)
    return [half_day for half_day in half_days if half_day.on.weekday() < 5] or half_days


def _working_time(person, first_day, last_day):
    members = list(StaffMember.objects.filter(user=person))
    times = working_time_of(members, first_day, last_day)
    return times[members[0].pk] if members else WorkingTime()


def _half_days_taken(person, but=None):
    """Return the half days of the person's places and outside courses, leaving out the booking `but`."""
    places = Booking.objects.coming().filter(person=person).exclude(pk=but and but.pk)
    taken = [
        (during.lower, during.upper)
        for during in places.order_by().values_list("during", flat=True)
    ]
    outside = OutsideCourse.objects.coming().filter(person=person).order_by()
    taken += outside.values_list("starts_at", "ends_at")
    return {half_day for begins, ends in taken for half_day in half_days_between(begins, ends)}
