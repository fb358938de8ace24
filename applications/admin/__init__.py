from applications.admin import references, shortlist
from applications.admin.applications import ApplicationAdmin
from applications.admin.schemes import InterviewSchemeAdmin

__all__ = ["ApplicationAdmin", "InterviewSchemeAdmin", "references", "shortlist"]
