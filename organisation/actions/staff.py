from django.db import transaction

from accounts import audit
from organisation.actions.leaving import let_go
from organisation.models import StaffMember
from organisation.states import StaffEvent


class ManagerCycle(Exception):
    """Somebody would end up managing their own manager."""


@transaction.atomic
def add_staff_member(*, by, **fields):
    """Put a person on the staff register. `fields` are those of StaffMember."""
    refuse_manager_cycle(None, fields.get("line_manager"))
    member = StaffMember.objects.create(**fields)
    audit.record(StaffEvent.STAFF_MEMBER_JOINED, member, by=by)
    return member


@transaction.atomic
def change_staff_member(*, member, by, **changes):
    """Change fields of a member of staff; with a last day in the past they are let go at once.

    Raises ManagerCycle when the new line manager is the person or somebody below them.
    """
    member = StaffMember.objects.select_for_update().get(pk=member.pk)
    if "line_manager" in changes:
        refuse_manager_cycle(member, changes["line_manager"])
    for name, value in changes.items():
        setattr(member, name, value)
    if member.works_here() or "left_on" in changes:
        member.let_go_at = None  # Whoever comes back leaves again another day.
    member.save(update_fields=[*changes, "let_go_at"])
    audit.record(StaffEvent.STAFF_MEMBER_CHANGED, member, by=by, changed=sorted(changes))
    return let_go(member=member, by=by)


def refuse_manager_cycle(member, manager):
    seen = set()
    while manager is not None:
        if manager == member or manager.pk in seen:
            raise ManagerCycle("This person would manage their own manager.")
        seen.add(manager.pk)
        manager = manager.line_manager
