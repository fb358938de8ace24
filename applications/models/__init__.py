from applications.models.answers import (
    CriterionEvidence,
    Employment,
    Gap,
    InterviewScheme,
    PlaceWanted,
    Qualification,
    Referee,
    RefereeKind,
    SchemeChosen,
    SectionSave,
    TrainingTaken,
    TypedWords,
)
from applications.models.applications import Application, ApplicationMove
from applications.models.documents import Document
from applications.models.monitoring import MonitoringAnswers
from applications.models.notices import NoticeTold
from applications.models.nudges import SavedVacancyNudge

__all__ = [
    "Application",
    "ApplicationMove",
    "CriterionEvidence",
    "Document",
    "Employment",
    "Gap",
    "InterviewScheme",
    "MonitoringAnswers",
    "NoticeTold",
    "PlaceWanted",
    "Qualification",
    "Referee",
    "RefereeKind",
    "SavedVacancyNudge",
    "SchemeChosen",
    "SectionSave",
    "TrainingTaken",
    "TypedWords",
]
