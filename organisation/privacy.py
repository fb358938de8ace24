from datetime import timedelta

from accounts.registries import privacy
from organisation.models import StaffMember


def blank_staff_member(user):
    return StaffMember.objects.filter(user=user).update(registration_number="")


# Six years after leaving: the limit for claims under the Limitation Act 1980.
privacy.register(StaffMember, eraser=blank_staff_member, event_retention=timedelta(days=6 * 365))
