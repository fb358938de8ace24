from django.db.models import Q

from accounts.gathering import section
from accounts.registries import gather, keepings, privacy
from accounts.retention import kept_since
from organisation.actions import forget_rows_of, forget_working_time_of
from organisation.actions.register import delete_register_import
from organisation.models import (
    Absence,
    OpeningBalance,
    RegisterImport,
    RegisterRow,
    StaffMember,
    WorkingPattern,
)
from organisation.states import RegisterState


def blank_staff_member(user):
    return StaffMember.objects.filter(user=user).update(registration_number="")


def forget_working_time(user):
    return forget_working_time_of(person=user)


def forget_rows(user):
    return forget_rows_of(person=user)


privacy.register(StaffMember, eraser=blank_staff_member, event_retention="record", person="user")
# One eraser takes all three: when somebody works, was away, and what they had used before.
for model in (WorkingPattern, Absence, OpeningBalance):
    privacy.register(model, eraser=forget_working_time, event_retention=None)
privacy.register(RegisterRow, eraser=forget_rows, event_retention=None)


def _left_before(kind, on):
    return StaffMember.objects.filter(left_on__lt=kept_since(kind, on=on).date())


def _patterns_past_their_time(on):
    since = kept_since("working_time", on=on).date()
    replaced = WorkingPattern.objects.replaced_before(since)
    left = WorkingPattern.objects.filter(member__in=_left_before("working_time", on))
    return WorkingPattern.objects.filter(Q(pk__in=replaced) | Q(pk__in=left))


keepings.register(
    "absence",
    kind="working_time",
    what="Time away",
    due=lambda on: Absence.objects.filter(ends_on__lt=kept_since("working_time", on=on).date()),
    oldest="ends_on",
    person="member__user",
)
keepings.register(
    "working_pattern",
    kind="working_time",
    what="Working patterns",
    due=_patterns_past_their_time,
    oldest="starts_on",
    person="member__user",
)
keepings.register(
    "opening_balance",
    kind="working_time",
    what="What people had used of the five days before",
    due=lambda on: OpeningBalance.objects.filter(member__in=_left_before("working_time", on)),
    oldest="as_at",
    person="member__user",
)
keepings.register(
    "register_import",
    kind="register_import",
    what="Lists of staff or absence that were read in",
    due=lambda on: RegisterImport.objects.filter(
        uploaded_at__lt=kept_since("register_import", on=on)
    ).exclude(state=RegisterState.APPLYING),
    each=delete_register_import,
    oldest="uploaded_at",
)


@gather.register
def working_life_of(user):
    """What the staff register has of the person."""
    yield from section("Your staff record", StaffMember.objects.filter(user=user))
    yield from section("When you work", WorkingPattern.objects.filter(member__user=user))
    yield from section("When you were away", Absence.objects.filter(member__user=user))
    yield from section(
        "What you had used of the five days before",
        OpeningBalance.objects.filter(member__user=user),
    )
