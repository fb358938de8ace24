"""How a check before somebody starts goes, and what it is about."""

from enum import StrEnum

from django.db import models


class CheckNature(models.TextChoices):
    """What a kind of check is about: some are read, kept and destroyed by rules of their own."""

    IDENTITY = "identity", "Identity"
    RIGHT_TO_WORK = "right_to_work", "Right to work"
    DBS = "dbs", "DBS"
    REFERENCES = "references", "References"
    REGISTRATION = "registration", "Registration"
    QUALIFICATIONS = "qualifications", "Qualifications"
    HEALTH = "health", "Health"
    OVERSEAS = "overseas", "Overseas"
    OTHER = "other", "Other"


class CheckState(models.TextChoices):
    WAITING = "waiting", "Not begun"
    HELD = "held", "With somebody"
    SEEN = "seen", "Seen, not yet confirmed"
    CONFIRMED = "confirmed", "Confirmed"
    DOUBTFUL = "doubtful", "A problem"
    LEAVING = "leaving", "Said not to be needed, not yet confirmed"
    UNNEEDED = "unneeded", "Not needed"


C = CheckState

CHECK_TRANSITIONS = {
    C.WAITING:   {C.HELD, C.SEEN, C.DOUBTFUL, C.LEAVING, C.UNNEEDED},
    C.HELD:      {C.SEEN, C.DOUBTFUL, C.LEAVING, C.UNNEEDED},
    C.SEEN:      {C.CONFIRMED, C.HELD, C.DOUBTFUL},
    C.CONFIRMED: {C.HELD, C.SEEN},
    C.DOUBTFUL:  {C.HELD, C.SEEN, C.LEAVING, C.UNNEEDED},
    C.LEAVING:   {C.HELD, C.SEEN, C.DOUBTFUL, C.UNNEEDED},
    C.UNNEEDED:  {C.HELD},
}  # fmt: skip

# What stands in no way of a firm offer. A confirmed check may still have run out, which the queries see.
CHECK_DONE = frozenset({C.CONFIRMED, C.UNNEEDED})


class CheckHolder(models.TextChoices):
    """With whom a check lies."""

    HR = "hr", "The recruitment team"
    APPLICANT = "applicant", "The applicant"
    REFEREE = "referee", "A referee"
    MANAGER = "manager", "The manager"
    DBS = "dbs", "The Disclosure and Barring Service"
    HOME_OFFICE = "home_office", "The Home Office"
    REGULATOR = "regulator", "Social Work England"
    HEALTH = "health", "Occupational health"
    ABROAD = "abroad", "An office abroad"


class RightToWorkWay(models.TextChoices):
    """The three ways to check a right to work. The first is not for British and Irish citizens."""

    ONLINE = "online", "Home Office online: share code and date of birth"
    MANUAL = "manual", "Original documents, seen by us"
    PROVIDER = "provider", "Certified identity provider: British or Irish passport"


class DbsLevel(models.TextChoices):
    BASIC = "basic", "Basic"
    STANDARD = "standard", "Standard"
    ENHANCED = "enhanced", "Enhanced"
    ENHANCED_BARRED = "enhanced_barred", "Enhanced, with the children’s barred list"


class DbsOutcome(models.TextChoices):
    """What we decided on a certificate. What it says is never written down."""

    NOTHING = "nothing", "Nothing to consider"
    CONSIDERED = "considered", "Considered, and the person can be appointed"


class CheckEvent(StrEnum):
    CHECKS_BEGUN = "checks_begun"
    CHECK_HANDED_ON = "check_handed_on"
    CHECK_SEEN = "check_seen"
    CHECK_CONFIRMED = "check_confirmed"
    CHECK_DOUBTED = "check_doubted"
    CHECK_SAID_NOT_NEEDED = "check_said_not_needed"
    CHECK_NOT_NEEDED = "check_not_needed"
    CHECK_REOPENED = "check_reopened"
    CHECK_DETAILS_DESTROYED = "check_details_destroyed"
    REGISTRATION_NUMBER_GIVEN = "registration_number_given"
    REGISTER_READ = "register_read"
    REGISTRATION_NAME_CONFIRMED = "registration_name_confirmed"
    REGISTRATION_NAME_REJECTED = "registration_name_rejected"
    INSPECTION_FILE_PRINTED = "inspection_file_printed"
    CENTRAL_RECORD_SEEN = "central_record_seen"
    CENTRAL_RECORD_EXPORTED = "central_record_exported"
    SEEN_IN_CENTRAL_RECORD = "seen_in_central_record"
    TAKEN_IN_CENTRAL_RECORD = "taken_in_central_record"
