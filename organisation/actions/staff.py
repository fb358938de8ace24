from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
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
    """Change fields of a member of staff; a last day in the past takes their granted roles.

    Raises ManagerCycle when the new line manager is the person or somebody below them.
    """
    member = StaffMember.objects.select_for_update().get(pk=member.pk)
    if "line_manager" in changes:
        refuse_manager_cycle(member, changes["line_manager"])
    for name, value in changes.items():
        setattr(member, name, value)
    member.save(update_fields=list(changes))
    audit.record(StaffEvent.STAFF_MEMBER_CHANGED, member, by=by, changed=sorted(changes))
    if member.left_on and member.left_on < timezone.localdate():
        User.objects.filter(pk=member.user_id).update(roles=[])
        audit.record(StaffEvent.STAFF_MEMBER_LEFT, member, by=by)
    return member


def refuse_manager_cycle(member, manager):
    seen = set()
    while manager is not None:
        if manager == member or manager.pk in seen:
            raise ManagerCycle("This person would manage their own manager.")
        seen.add(manager.pk)
        manager = manager.line_manager
