from applications.admin import (
    ageing,
    bulk,
    checks,
    disclosure,
    ends,
    inspection,
    interview_table,
    interviews,
    ledger,
    looks,
    offer_steps,
    reference_reading,
    references,
    reports,
    shortlist,
)
from applications.admin.applications import ApplicationAdmin
from applications.admin.check_kinds import CheckKindAdmin, RequiredCheckAdmin
from applications.admin.interests import JobInterestAdmin
from applications.admin.messages import MessageTemplateAdmin
from applications.admin.offers import OfferAdmin
from applications.admin.schemes import InterviewSchemeAdmin

__all__ = [
    "ApplicationAdmin",
    "CheckKindAdmin",
    "InterviewSchemeAdmin",
    "JobInterestAdmin",
    "MessageTemplateAdmin",
    "OfferAdmin",
    "RequiredCheckAdmin",
    "ageing",
    "bulk",
    "checks",
    "disclosure",
    "ends",
    "inspection",
    "interview_table",
    "interviews",
    "ledger",
    "looks",
    "offer_steps",
    "reference_reading",
    "references",
    "reports",
    "shortlist",
]
