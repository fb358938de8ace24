from applications.models.applications import Application, ApplicationMove
from applications.models.documents import Document
from applications.models.notices import NoticeTold
from applications.models.nudges import SavedVacancyNudge

__all__ = [
    "Application",
    "ApplicationMove",
    "Document",
    "NoticeTold",
    "SavedVacancyNudge",
]
