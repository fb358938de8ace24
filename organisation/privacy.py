from accounts.registries import privacy
from organisation.actions import forget_rows_of, forget_working_time_of
from organisation.models import Absence, OpeningBalance, RegisterRow, StaffMember, WorkingPattern


def blank_staff_member(user):
    return StaffMember.objects.filter(user=user).update(registration_number="")


def forget_working_time(user):
    return forget_working_time_of(person=user)


def forget_rows(user):
    return forget_rows_of(person=user)


privacy.register(StaffMember, eraser=blank_staff_member, event_retention="record")
# One eraser takes all three: when somebody works, was away, and what they had used before.
for model in (WorkingPattern, Absence, OpeningBalance):
    privacy.register(model, eraser=forget_working_time, event_retention=None)
privacy.register(RegisterRow, eraser=forget_rows, event_retention=None)
