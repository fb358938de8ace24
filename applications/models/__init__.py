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
from applications.models.assessments import OnlineSearch, RiskAssessment
from applications.models.bulk import BulkAction, BulkRow
from applications.models.chasers import Chaser
from applications.models.checks import Check, CheckKind, CheckStep, RequiredCheck
from applications.models.copying import AnswersCopied
from applications.models.disclosure import (
    Declaration,
    DeclarationVersion,
    DisclosureReader,
)
from applications.models.documents import Document
from applications.models.interests import HoursWanted, JobInterest, JobInvitation
from applications.models.interview_scores import (
    InterviewDecision,
    InterviewScore,
    InterviewSheet,
    InterviewSheetReopening,
    ReserveListEntry,
)
from applications.models.interviews import (
    InterviewBooking,
    InterviewInvitation,
    InterviewQuestion,
    InterviewReminder,
    InterviewRound,
    InterviewSlot,
)
from applications.models.messages import ApplicationMessage, MessageTemplate
from applications.models.monitoring import MonitoringAnswers
from applications.models.notices import NoticeTold
from applications.models.nudges import SavedVacancyNudge
from applications.models.offers import Offer, OfferCondition, OfferQuestion
from applications.models.panels import Conflict, PanelMember
from applications.models.references import (
    Discrepancy,
    RefereeChange,
    Reference,
    ReferenceLetter,
    ReferenceRequest,
)
from applications.models.registration_checks import RegistrationCheck
from applications.models.scores import Score, ScoreSheet, SheetReopening, ShortlistDecision
from applications.models.undoing import RefusalUndone
from applications.models.warnings import DeletionWarning

__all__ = [
    "AnswersCopied",
    "Application",
    "ApplicationMessage",
    "ApplicationMove",
    "BulkAction",
    "BulkRow",
    "Chaser",
    "Check",
    "CheckKind",
    "CheckStep",
    "Conflict",
    "CriterionEvidence",
    "Declaration",
    "DeclarationVersion",
    "DeletionWarning",
    "DisclosureReader",
    "Discrepancy",
    "Document",
    "Employment",
    "Gap",
    "HoursWanted",
    "InterviewBooking",
    "InterviewDecision",
    "InterviewInvitation",
    "InterviewQuestion",
    "InterviewReminder",
    "InterviewRound",
    "InterviewScheme",
    "InterviewScore",
    "InterviewSheet",
    "InterviewSheetReopening",
    "InterviewSlot",
    "JobInterest",
    "JobInvitation",
    "MessageTemplate",
    "MonitoringAnswers",
    "NoticeTold",
    "Offer",
    "OfferCondition",
    "OfferQuestion",
    "OnlineSearch",
    "PanelMember",
    "PlaceWanted",
    "Qualification",
    "Referee",
    "RefereeChange",
    "RefereeKind",
    "Reference",
    "ReferenceLetter",
    "ReferenceRequest",
    "RefusalUndone",
    "RegistrationCheck",
    "RequiredCheck",
    "ReserveListEntry",
    "RiskAssessment",
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
