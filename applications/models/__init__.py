from applications.models.applications import Application, ApplicationMove
from applications.models.documents import Document
from applications.models.notices import NoticeTold

__all__ = ["Application", "ApplicationMove", "Document", "NoticeTold"]
