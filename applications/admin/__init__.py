from applications.admin import shortlist
from applications.admin.applications import ApplicationAdmin
from applications.admin.interests import JobInterestAdmin
from applications.admin.schemes import InterviewSchemeAdmin

__all__ = ["ApplicationAdmin", "InterviewSchemeAdmin", "JobInterestAdmin", "shortlist"]
