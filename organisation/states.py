from enum import StrEnum


class StaffEvent(StrEnum):
    STAFF_MEMBER_JOINED = "staff_member_joined"
    STAFF_MEMBER_CHANGED = "staff_member_changed"
    STAFF_MEMBER_LEFT = "staff_member_left"
