from applications.models.applications import Application, ApplicationMove
from applications.models.documents import Document

__all__ = ["Application", "ApplicationMove", "Document"]
