from accounts.registries import leaving, standing
from organisation.queries import has_reports, staff_member_of


@standing.register
def roles_of_staff(user):
    """Working here makes a person staff, and having people to manage makes them a line manager."""
    member = staff_member_of(user)
    if member is None or not member.works_here():
        return set()
    return {"staff", "line_manager"} if has_reports(user) else {"staff"}


@leaving.register
def has_left(user):
    """Say whether the person's last day here is over."""
    member = staff_member_of(user)
    return member is not None and member.has_left()
