from accounts.models import User
from organisation.models import StaffMember, Team

# Plain SQL, because every page of somebody signed in asks this.
STANDING = """
    SELECT member.*, EXISTS (
        SELECT FROM organisation_staffmember report WHERE report.line_manager_id = member.id
    ) AS has_reports
    FROM organisation_staffmember member
    WHERE member.user_id = ANY(%s)
"""


def staff_member_of(user):
    """Return the person's row of the staff register, read once for each User object, or None."""
    if user.pk is None:
        return None
    if not User.staff_member.is_cached(user):
        read_standing([user])
    return getattr(user, "staff_member", None)


def read_standing(users):
    """Read what the standing roles of some Users follow from. One query for any number."""
    members = StaffMember.objects.raw(STANDING, [[user.pk for user in users]])
    found = {member.user_id: member for member in members}
    for user in users:
        member = found.get(user.pk)
        if member is None:
            User.staff_member.related.set_cached_value(user, None)
        else:
            member.user, user.has_reports = user, member.has_reports


def has_reports(user):
    """Say whether anybody has this member of staff as their line manager."""
    if hasattr(user, "has_reports"):
        return user.has_reports
    return staff_member_of(user).reports.exists()


def staff_whose_manager_left(on):
    """Return people who work here on the date `on` under a manager who does not any more."""
    return StaffMember.objects.working(on).filter(line_manager__left_on__lt=on)


def teams_whose_manager_left(on):
    """Return teams that are led by somebody whose last day was before the date `on`."""
    return Team.objects.filter(manager__left_on__lt=on)
