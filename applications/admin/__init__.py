from applications.admin import shortlist
from applications.admin.applications import ApplicationAdmin
from applications.admin.offers import OfferAdmin
from applications.admin.schemes import InterviewSchemeAdmin

__all__ = ["ApplicationAdmin", "InterviewSchemeAdmin", "OfferAdmin", "shortlist"]
