from accounts.registries import privacy
from organisation.models import StaffMember


def blank_staff_member(user):
    return StaffMember.objects.filter(user=user).update(registration_number="")


privacy.register(StaffMember, eraser=blank_staff_member, event_retention="record")
