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
from applications.models.copying import AnswersCopied
from applications.models.documents import Document
from applications.models.interests import HoursWanted, JobInterest, JobInvitation
from applications.models.monitoring import MonitoringAnswers
from applications.models.notices import NoticeTold
from applications.models.nudges import SavedVacancyNudge
from applications.models.panels import Conflict, PanelMember
from applications.models.scores import Score, ScoreSheet, SheetReopening, ShortlistDecision

__all__ = [
    "AnswersCopied",
    "Application",
    "ApplicationMove",
    "Conflict",
    "CriterionEvidence",
    "Document",
    "Employment",
    "Gap",
    "HoursWanted",
    "InterviewScheme",
    "JobInterest",
    "JobInvitation",
    "MonitoringAnswers",
    "NoticeTold",
    "PanelMember",
    "PlaceWanted",
    "Qualification",
    "Referee",
    "RefereeKind",
    "SavedVacancyNudge",
    "SchemeChosen",
    "Score",
    "ScoreSheet",
    "SectionSave",
    "SheetReopening",
    "ShortlistDecision",
    "TrainingTaken",
    "TypedWords",
]
