from applications.admin import disclosure, shortlist
from applications.admin.applications import ApplicationAdmin
from applications.admin.schemes import InterviewSchemeAdmin

__all__ = ["ApplicationAdmin", "InterviewSchemeAdmin", "disclosure", "shortlist"]
