"""What happens around the register of interest."""

from enum import StrEnum


class InterestEvent(StrEnum):
    """What happens on the register of interest."""

    INTEREST_REGISTERED = "interest_registered"
    INTEREST_CHANGED = "interest_changed"
    INTEREST_RENEWED = "interest_renewed"
    INTEREST_ENDED = "interest_ended"
    REGISTER_SEEN = "register_seen"
    REGISTER_EXPORTED = "register_exported"
    REGISTER_INVITED = "register_invited"
