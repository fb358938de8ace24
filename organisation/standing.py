from accounts.registries import standing
from organisation.models import StaffMember


@standing.register
def roles_of_staff(user):
    """Working here makes a person staff, and having people to manage makes them a line manager."""
    member = StaffMember.objects.filter(user=user).first()
    if member is None or not member.works_here():
        return set()
    return {"staff", "line_manager"} if member.reports.exists() else {"staff"}
