from django.db.models import Exists, OuterRef

from accounts.models import User
from organisation.models import StaffMember, Team


def staff_member_of(user):
    """Return the person's row of the staff register, read once for each User object, or None."""
    if user.pk is None:
        return None
    if not User.staff_member.is_cached(user):
        reports = StaffMember.objects.filter(line_manager=OuterRef("pk"))
        found = StaffMember.objects.filter(user=user.pk).annotate(has_reports=Exists(reports))
        member = next(iter(found.order_by("pk")), None)
        if member is None:
            User.staff_member.related.set_cached_value(user, None)
        else:
            member.user, user.has_reports = user, member.has_reports
    return getattr(user, "staff_member", None)


def with_standing(users):
    """Have a queryset of Users read what their standing roles follow from along with them."""
    reports = StaffMember.objects.filter(line_manager__user=OuterRef("pk"))
    return users.select_related("staff_member").annotate(has_reports=Exists(reports))


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
