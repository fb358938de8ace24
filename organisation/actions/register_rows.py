"""Does what one good row of a list asks for, through the same actions as everybody else."""

from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.actions import create_person, rename_person, vouch_for_person
from accounts.models import User
from organisation.actions.staff import ManagerCycle, add_staff_member, change_staff_member
from organisation.actions.working_time import (
    keep_absence,
    keep_opening_balance,
    keep_working_pattern,
    remove_absence,
)
from organisation.exceptions import RowRefused
from organisation.models import Absence, RegisterKind, StaffMember
from organisation.register.cells import CANCELLED
from organisation.sheets.refusals import words_of

# Columns that are fields of StaffMember by the same name.
OWN_FIELDS = ["role", "team", "weekly_hours", "started_on", "left_on"]


def import_row(*, judgement, kind, by):
    """Do what a good row asks for, in a transaction of its own; a refusal is told in its problems."""
    do = _import_staff if kind == RegisterKind.STAFF else _import_absence
    try:
        with transaction.atomic():
            do(judgement, by)
    except (ManagerCycle, RowRefused) as refusal:
        judgement.wrong("", str(refusal))
    except DatabaseError as error:
        judgement.wrong("", words_of(error, StaffMember, Absence))
    else:
        judgement.row.done_at = timezone.now()


def _import_staff(judgement, by):
    fields, changed, member = judgement.fields, judgement.fields["changed"], judgement.member
    if member is None:
        member = add_staff_member(
            by=by,
            user=_account(fields, by),
            employee_number=fields["employee_number"],
            **_own(fields, fields),
        )
    else:
        if "full_name" in changed:
            rename_person(person=member.user, full_name=fields["full_name"], by=by)
        own = _own(fields, changed)
        if own:
            member = change_staff_member(member=member, by=by, **own)
    if "pattern" in changed:
        starts_on = max(timezone.localdate(), member.started_on)
        keep_working_pattern(member=member, starts_on=starts_on, slots=fields["pattern"], by=by)
    if "half_days" in changed:
        keep_opening_balance(
            member=member, as_at=fields["as_at"], half_days=fields["half_days"], by=by
        )


def _own(fields, names):
    """Return the fields of StaffMember among the columns `names`."""
    own = {name: fields[name] for name in OWN_FIELDS if name in names}
    if "registration_number" in names:
        own["registration_number"] = fields["registration_number"] or ""
    if "manager" in names:
        own["line_manager"] = _manager(fields["manager"])
    return own


def _manager(number):
    if number is None:
        return None
    manager = StaffMember.objects.filter(employee_number=number).first()
    if manager is None:
        raise RowRefused(f"The row of the line manager, {number}, could not be imported.")
    return manager


def _account(fields, by):
    """Return the account of somebody who joins: theirs as an applicant, or a new one."""
    person = User.objects.filter(email=fields["email"], is_active=True).first()
    if person is None:
        return create_person(email=fields["email"], full_name=fields["full_name"], by=by)
    person = vouch_for_person(person=person, by=by)
    if person.full_name != fields["full_name"]:
        person = rename_person(person=person, full_name=fields["full_name"], by=by)
    return person


def _import_absence(judgement, by):
    fields = judgement.fields
    if fields["part"] == CANCELLED:
        for absence in Absence.objects.filter(key=fields["key"]):
            remove_absence(absence=absence, by=by)
        return
    keep_absence(
        key=fields["key"],
        member=judgement.member,
        starts_on=fields["starts_on"],
        ends_on=fields["ends_on"],
        part=fields["part"],
        by=by,
    )
