"""Outside courses up to the manager's word: asked for, passed on, declined, taken back, or lapsed."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.retention import start_of
from organisation.half_days import AFTERNOON, MORNING, half_days_between, midday
from organisation.models import BankHoliday
from training import outside_emails
from training.actions.safe_cover import refuse_below_cover
from training.actions.settling import first_to_ask
from training.exceptions import (
    AskedAndDecided,
    AskingFormUsedBefore,
    OutsideAskedAlready,
    OutsideBegun,
    OutsideClash,
    OutsideTooFarAhead,
    OutsideTooLong,
)
from training.models import OutsideCourse
from training.models.outside import LONGEST, latest_day_to_ask_for
from training.queries import asked_for_already, booking_in_the_way, outside_in_the_way
from training.rules import (
    can_ask_for_outside_courses,
    can_decide_for_workforce,
    can_decide_outside,
    can_withdraw_outside,
)
from training.states import OutsideEvent, OutsideState


@transaction.atomic
def ask_for_outside_course(*, by, first, last, one_time_key=None, own_courses=(), **facts):
    """Ask for a course elsewhere from the HalfDay `first` to the HalfDay `last`, and return what is asked.

    `facts` are provider, title, topic, format, place_name, link, cost_pence, reason and why_not_own;
    `own_courses` are what the council offers that looked like it. The manager is asked; without one
    workforce development decides at once. The person, the manager and the workforce mailbox get an
    e-mail each. With a `one_time_key` that `by` has used before, returns what it made. Raises
    PermissionDenied, OutsideBegun, OutsideTooFarAhead, OutsideTooLong, OutsideAskedAlready,
    OutsideClash and AskingFormUsedBefore.
    """
    person = lock_person(by)
    repeated = made_with_key(OutsideCourse, one_time_key, person)
    if repeated:
        return repeated
    if not can_ask_for_outside_courses(person):
        raise PermissionDenied("You cannot ask for an outside course.")
    _refuse_too_far_ahead(last)
    starts_at, ends_at = moments_of(first, last)
    if starts_at <= timezone.now():
        raise OutsideBegun
    half_days = half_days_worth(starts_at, ends_at)
    if half_days > LONGEST:
        raise OutsideTooLong(LONGEST)
    _refuse_asked_already(person, first, last, facts)
    refuse_outside_clash(person, starts_at, ends_at)
    outside = OutsideCourse(
        person=person,
        starts_at=starts_at,
        ends_at=ends_at,
        half_days=half_days,
        one_time_key=one_time_key or uuid.uuid4(),
        **facts,
    )
    approver, until = first_to_ask(person)
    if approver is None:
        outside.move_to(OutsideState.WITH_WORKFORCE)
    else:
        outside.answer_by = min(until, starts_at)
    outside.save()
    outside.own_courses.set(own_courses)
    audit.record(OutsideEvent.OUTSIDE_COURSE_ASKED_FOR, outside, by=by)
    outside_emails.asked_for(outside, approver)
    return outside


@transaction.atomic
def pass_on_outside_course(*, outside, by, cover_reason=""):
    """Say yes as the manager: workforce development decides next. All three get an e-mail.

    Where the team would fall below its minimum, `cover_reason` says why, and is kept. Raises
    PermissionDenied for whoever may not decide now, AskedAndDecided, and BelowSafeCover without that
    reason.
    """
    outside = lock_outside(outside)
    _refuse_unless_managers(outside, by)
    below = refuse_below_cover(outside, outside.person, cover_reason)
    outside.move_to(OutsideState.WITH_WORKFORCE)
    outside.cover_reason = cover_reason.strip() if below else ""
    outside.answer_by = None
    outside.manager_by, outside.manager_at = by, timezone.now()
    outside.save()
    audit.record(OutsideEvent.OUTSIDE_COURSE_PASSED_ON, outside, by=by)
    outside_emails.passed_on(outside)
    return outside


@transaction.atomic
def decline_outside_course(*, outside, by, reason):
    """Say no with a reason: as the manager, or after them as workforce development. All three are told.

    Raises PermissionDenied for whoever may not decide now, and AskedAndDecided.
    """
    outside = lock_outside(outside)
    now = timezone.now()
    if outside.state == OutsideState.ASKED:
        _refuse_unless_managers(outside, by)
        outside.manager_by, outside.manager_at = by, now
    else:
        refuse_unless_workforces(outside, by)
        outside.workforce_by, outside.workforce_at = by, now
    _end(outside, OutsideState.DECLINED, reason)
    audit.record(OutsideEvent.OUTSIDE_COURSE_DECLINED, outside, by=by)
    outside_emails.declined(outside, by)
    return outside


@transaction.atomic
def withdraw_outside_course(*, outside, by, reason=""):
    """Take back what one has asked for, until it begins. Its money and time are free again; all three are told.

    Raises PermissionDenied.
    """
    lock_person(outside.person)
    outside = lock_outside(outside)
    if not can_withdraw_outside(by, outside, timezone.now()):
        raise PermissionDenied("This cannot be taken back any more.")
    _end(outside, OutsideState.WITHDRAWN, reason)
    audit.record(OutsideEvent.OUTSIDE_COURSE_WITHDRAWN, outside, by=by)
    outside_emails.withdrawn(outside)
    return outside


@transaction.atomic
def escalate_outside_course(*, outside):
    """Ask the manager's manager and the officers when the manager has not answered in time. Safe to repeat."""
    outside = lock_outside(outside)
    late = outside.state == OutsideState.ASKED and outside.answer_by <= timezone.now()
    if not late or outside.escalated_at:
        return outside
    outside.escalated_at = timezone.now()
    outside.answer_by = outside.starts_at
    outside.save(update_fields=["escalated_at", "answer_by"])
    audit.record(OutsideEvent.OUTSIDE_COURSE_ESCALATED, outside, by=None)
    outside_emails.escalated(outside)
    return outside


@transaction.atomic
def lapse_outside_course(*, outside):
    """End what began before anybody decided, and tell all three. Safe to run again."""
    outside = lock_outside(outside)
    if not outside.is_undecided or not outside.has_started(timezone.now()):
        return outside
    _end(outside, OutsideState.LAPSED, "")
    audit.record(OutsideEvent.OUTSIDE_COURSE_LAPSED, outside, by=None)
    outside_emails.lapsed(outside)
    return outside


@transaction.atomic
def end_outside_course_of_leaver(*, outside):
    """Take back what somebody who has left asked for and what has not begun. Safe to run again."""
    lock_person(outside.person)
    outside = lock_outside(outside)
    is_open = outside.can_become(OutsideState.WITHDRAWN)
    if not is_open or outside.has_started(timezone.now()) or outside.person.has_role("staff"):
        return outside
    _end(outside, OutsideState.WITHDRAWN, "They no longer work here.")
    audit.record(OutsideEvent.OUTSIDE_COURSE_WITHDRAWN, outside, by=None)
    outside_emails.withdrawn(outside)
    return outside


def lock_person(person):
    """Lock a person against being given two things in one half day, and return them fresh."""
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def lock_outside(outside):
    """Lock an outside course and return it fresh. Who needs the person's lock too takes that one first."""
    locked = OutsideCourse.objects.select_for_update(no_key=True, of=["self"])
    return locked.with_people().get(pk=outside.pk)


def made_with_key(model, one_time_key, person):
    """Return what a person made with a form's key before, or None. Raises AskingFormUsedBefore for others'."""
    made = model.objects.filter(one_time_key=one_time_key).first() if one_time_key else None
    if made and (made.person_id != person.pk or made.ended_at):
        raise AskingFormUsedBefore
    return made


def moments_of(first, last):
    """Return the moments at which the HalfDay `first` begins and the HalfDay `last` ends."""
    starts_at = midday(first.on) if first.half == AFTERNOON else start_of(first.on)
    day_after = first.on.fromordinal(last.on.toordinal() + 1)
    ends_at = midday(last.on) if last.half == MORNING else start_of(day_after)
    return starts_at, ends_at


def half_days_worth(starts_at, ends_at):
    """Return how many half days a time is worth: all of its first and last day, working days between."""
    half_days = half_days_between(starts_at, ends_at)
    first, last = half_days[0].on, half_days[-1].on
    holidays = set(
        BankHoliday.objects.observed().filter(on__range=(first, last)).values_list("on", flat=True)
    )
    return sum(
        row.on in (first, last) or (row.on.weekday() < 5 and row.on not in holidays)
        for row in half_days
    )


def refuse_outside_clash(person, starts_at, ends_at, but=None):
    """Raise OutsideClash when a locked person has a place or an outside course in the time between."""
    booking = booking_in_the_way(person, starts_at, ends_at)
    if booking:
        raise OutsideClash.with_booking(booking)
    other = outside_in_the_way(person, starts_at, ends_at, but=but)
    if other:
        raise OutsideClash.with_outside_course(other)


def refuse_unless_workforces(outside, by):
    """Raise what keeps `by` from deciding for workforce development about a locked outside course."""
    if outside.state != OutsideState.WITH_WORKFORCE:
        raise AskedAndDecided(outside)
    if not can_decide_for_workforce(by, outside):
        raise PermissionDenied("This is not yours to decide.")


def _refuse_too_far_ahead(last):
    latest = latest_day_to_ask_for(timezone.localdate())
    if last.on > latest:
        raise OutsideTooFarAhead(latest)


def _refuse_asked_already(person, first, last, facts):
    other = asked_for_already(
        person,
        title=facts["title"],
        provider=facts["provider"],
        first=first.on,
        last=last.on,
    )
    if other:
        raise OutsideAskedAlready(other)


def _refuse_unless_managers(outside, by):
    now = timezone.now()
    if outside.state != OutsideState.ASKED or outside.has_started(now):
        raise AskedAndDecided(outside)
    if not can_decide_outside(by, outside, now):
        raise PermissionDenied("This is not yours to decide.")


def _end(outside, state, reason):
    outside.move_to(state)
    outside.answer_by = None
    outside.end_reason, outside.ended_at = reason, timezone.now()
    outside.save()
