from applications.admin import looks, shortlist
from applications.admin.applications import ApplicationAdmin
from applications.admin.schemes import InterviewSchemeAdmin

__all__ = ["ApplicationAdmin", "InterviewSchemeAdmin", "looks", "shortlist"]
