from organisation.models import StaffMember, Team


def staff_member_of(user):
    """Return the person's row of the staff register, read once for each User object, or None."""
    return getattr(user, "staff_member", None)


def staff_whose_manager_left(on):
    """Return people who work here on the date `on` under a manager who does not any more."""
    return StaffMember.objects.working(on).filter(line_manager__left_on__lt=on)


def teams_whose_manager_left(on):
    """Return teams that are led by somebody whose last day was before the date `on`."""
    return Team.objects.filter(manager__left_on__lt=on)
