from applications.admin import checks, inspection, ledger, offer_steps, shortlist
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
    "inspection",
    "ledger",
    "offer_steps",
    "shortlist",
]
