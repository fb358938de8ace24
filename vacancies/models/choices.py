"""What an advert can say of its contract, its hours, driving, the DBS check and who sees it."""

from django.db import models


class Contract(models.TextChoices):
    PERMANENT = "permanent", "Permanent"
    FIXED_TERM = "fixed_term", "Fixed term"
    SECONDMENT = "secondment", "Secondment"


class Pattern(models.TextChoices):
    FULL_TIME = "full_time", "Full time"
    PART_TIME = "part_time", "Part time"
    JOB_SHARE = "job_share", "Job share"
    TERM_TIME = "term_time", "Term time only"
    NINE_DAY_FORTNIGHT = "nine_day_fortnight", "Nine-day fortnight"
    HYBRID = "hybrid", "Some days at home"


class Driving(models.TextChoices):
    NOT_NEEDED = "not_needed", "Not needed"
    ESSENTIAL = "essential", "Essential"


class DBSLevel(models.TextChoices):
    """Levels of a check by the Disclosure and Barring Service."""

    NONE = "none", "No check"
    BASIC = "basic", "Basic"
    STANDARD = "standard", "Standard"
    ENHANCED = "enhanced", "Enhanced"
    ENHANCED_BARRED = "enhanced_barred", "Enhanced, with the children's barred list"


class Visibility(models.TextChoices):
    PUBLIC = "public", "Everyone"
    STAFF_ONLY = "staff_only", "Staff only"
    STAFF_FIRST = "staff_first", "Staff first, everyone from a date"
