from accounts.registries import invariants
from organisation.models import StaffMember


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
