"""When people work: patterns, time away, and what they had used of the five days before."""

from django.db import transaction

from accounts import audit
from accounts.actions import carry_out, delete_in_batches
from organisation.models import Absence, OpeningBalance, WorkingPattern
from organisation.states import StaffEvent


@transaction.atomic
def keep_working_pattern(*, member, starts_on, slots, by):
    """Have a member of staff work the half days `slots` of every two weeks from a date on.

    A pattern that starts on the same day is replaced.
    """
    pattern, _ = WorkingPattern.objects.update_or_create(
        member=member, starts_on=starts_on, defaults={"slots": sorted(slots)}
    )
    audit.record(StaffEvent.WORKING_PATTERN_KEPT, member, by=by, starts_on=starts_on.isoformat())
    return pattern


@transaction.atomic
def remove_working_pattern(*, pattern, by):
    """Take a pattern away: the one before it holds on."""
    member, starts_on = pattern.member, pattern.starts_on.isoformat()
    pattern.delete()
    audit.record(StaffEvent.WORKING_PATTERN_REMOVED, member, by=by, starts_on=starts_on)


@transaction.atomic
def keep_absence(*, key, by, **fields):
    """Keep when somebody is away, new or changed. `fields` are those of Absence but for its key."""
    absence, _ = Absence.objects.update_or_create(key=key, defaults=fields)
    audit.record(StaffEvent.ABSENCE_KEPT, absence.member, by=by)
    return absence


@transaction.atomic
def remove_absence(*, absence, by):
    """Take an absence out: it was called off, or was never one."""
    member = absence.member
    absence.delete()
    audit.record(StaffEvent.ABSENCE_REMOVED, member, by=by)


@transaction.atomic
def keep_opening_balance(*, member, as_at, half_days, by):
    """Keep how many half days of the five days somebody had used by a date."""
    balance, _ = OpeningBalance.objects.update_or_create(
        member=member, as_at=as_at, defaults={"half_days": half_days}
    )
    audit.record(StaffEvent.OPENING_BALANCE_KEPT, member, by=by, as_at=as_at.isoformat())
    return balance


@transaction.atomic
def remove_opening_balance(*, balance, by):
    """Take an opening balance away: it was counted wrongly."""
    member, as_at = balance.member, balance.as_at.isoformat()
    balance.delete()
    audit.record(StaffEvent.OPENING_BALANCE_REMOVED, member, by=by, as_at=as_at)


def delete_working_time_past_its_time(*, on):
    """Delete absence that ended, and patterns and balances that ended, long enough before `on`.

    A pattern ends when the next begins, or with its person's last day; so does a balance. Returns how
    many rows went.
    """
    return sum(carry_out(name, on=on) for name in ("absence", "working_pattern", "opening_balance"))


def forget_working_time_of(*, person):
    """Delete patterns, absence and balances of a person who is erased. Returns how many rows went."""
    return sum(
        delete_in_batches(model.objects.filter(member__user=person))
        for model in (WorkingPattern, Absence, OpeningBalance)
    )
