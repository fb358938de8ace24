from applications.admin import interview_table, interviews, shortlist
from applications.admin.applications import ApplicationAdmin
from applications.admin.schemes import InterviewSchemeAdmin

__all__ = [
    "ApplicationAdmin",
    "InterviewSchemeAdmin",
    "interview_table",
    "interviews",
    "shortlist",
]
