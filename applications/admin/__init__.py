from applications.admin import ageing, bulk, reports, shortlist
from applications.admin.applications import ApplicationAdmin
from applications.admin.messages import MessageTemplateAdmin
from applications.admin.schemes import InterviewSchemeAdmin

__all__ = [
    "ApplicationAdmin",
    "InterviewSchemeAdmin",
    "MessageTemplateAdmin",
    "ageing",
    "bulk",
    "reports",
    "shortlist",
]
