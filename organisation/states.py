"""The states of imports of the staff register, what becomes of their rows, and what is noted of staff."""

from enum import StrEnum

from django.db import models


class RegisterState(models.TextChoices):
    CHECKED = "checked", "Checked"
    APPLYING = "applying", "Being imported"
    APPLIED = "applied", "Imported"
    FAILED = "failed", "Stopped"


REGISTER_TRANSITIONS = {
    RegisterState.CHECKED:  {RegisterState.APPLYING},
    RegisterState.APPLYING: {RegisterState.APPLIED, RegisterState.FAILED},
    RegisterState.APPLIED:  set(),
    RegisterState.FAILED:   set(),
}  # fmt: skip


class RegisterOutcome(models.TextChoices):
    """What becomes of a row. `NEW` is a joiner in a staff list, and time away in a list of absence."""

    NEW = "new", "Joins"
    MOVED = "moved", "Moves"
    LEAVES = "leaves", "Leaves"
    CHANGED = "changed", "Changes"
    REMOVED = "removed", "Is taken out"
    SAME = "same", "Stays as it is"
    BAD = "bad", "Has errors"


# What there is something to do for.
GOOD_OUTCOMES = set(RegisterOutcome) - {RegisterOutcome.SAME, RegisterOutcome.BAD}


class StaffEvent(StrEnum):
    STAFF_MEMBER_JOINED = "staff_member_joined"
    STAFF_MEMBER_CHANGED = "staff_member_changed"
    STAFF_MEMBER_LEFT = "staff_member_left"
    POST_FILLED = "post_filled"
    POSTS_LEFT = "posts_left"
    REPORTS_HANDED_ON = "reports_handed_on"
    WORKING_PATTERN_KEPT = "working_pattern_kept"
    WORKING_PATTERN_REMOVED = "working_pattern_removed"
    ABSENCE_KEPT = "absence_kept"
    ABSENCE_REMOVED = "absence_removed"
    OPENING_BALANCE_KEPT = "opening_balance_kept"
    OPENING_BALANCE_REMOVED = "opening_balance_removed"


class RegisterEvent(StrEnum):
    REGISTER_FILE_CHECKED = "register_file_checked"
    REGISTER_IMPORT_BEGUN = "register_import_begun"
    REGISTER_IMPORT_FINISHED = "register_import_finished"
    REGISTER_IMPORT_DELETED = "register_import_deleted"
