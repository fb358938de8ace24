from applications.admin import (
    checks,
    disclosure,
    inspection,
    interview_table,
    interviews,
    ledger,
    looks,
    offer_steps,
    references,
    shortlist,
)
from applications.admin.applications import ApplicationAdmin
from applications.admin.check_kinds import CheckKindAdmin, RequiredCheckAdmin
from applications.admin.offers import OfferAdmin
from applications.admin.schemes import InterviewSchemeAdmin

__all__ = [
    "ApplicationAdmin",
    "CheckKindAdmin",
    "InterviewSchemeAdmin",
    "OfferAdmin",
    "RequiredCheckAdmin",
    "checks",
    "disclosure",
    "inspection",
    "interview_table",
    "interviews",
    "ledger",
    "looks",
    "offer_steps",
    "references",
    "shortlist",
]
