from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.registries import invariants
from organisation.models import StaffMember

GRACE = timedelta(days=1)


@invariants.register
def nobody_is_above_themselves():
    managers = dict(StaffMember.objects.values_list("pk", "line_manager"))
    for person in managers:
        seen, above = {person}, managers[person]
        while above is not None and above not in seen:
            seen.add(above)
            above = managers[above]
        if above == person:
            yield f"Staff member {person} manages their own manager."


@invariants.register
def nobody_who_left_holds_what_they_held():
    # The task that lets people go runs every few minutes; a day's failure is not yet a broken promise.
    gone = StaffMember.objects.who_left(timezone.localdate() - GRACE)
    for member in gone.filter(Q(let_go_at__isnull=True) | ~Q(user__roles=[])):
        yield f"Staff member {member.pk} left on {member.left_on} and was not let go."
