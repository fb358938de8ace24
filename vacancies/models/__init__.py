from vacancies.models.alerts import (
    Alert,
    AlertedVacancy,
    AlertMail,
    AlertRun,
    Announcement,
    Frequency,
    Subscriber,
)
from vacancies.models.campaigns import Campaign
from vacancies.models.chats import ChatBooking, ChatSlot
from vacancies.models.choices import Contract, DBSLevel, Driving, Pattern, Visibility
from vacancies.models.criteria import Criterion, CriterionKind
from vacancies.models.generation import Generation
from vacancies.models.imports import ImportedVacancy, ImportRow, ImportRun, SheetFormat
from vacancies.models.notices import Notice, NoticeKind, SaverTold
from vacancies.models.parts import OtherPlace, Payment, PaymentKind, ReviewComment, SiftDate
from vacancies.models.saved import SavedVacancy
from vacancies.models.search import SearchSynonym, search_query
from vacancies.models.vacancies import Vacancy
from vacancies.models.view_counts import ViewCount, ViewSource

__all__ = [
    "Alert",
    "AlertMail",
    "AlertRun",
    "AlertedVacancy",
    "Announcement",
    "Campaign",
    "ChatBooking",
    "ChatSlot",
    "Contract",
    "Criterion",
    "CriterionKind",
    "DBSLevel",
    "Driving",
    "Frequency",
    "Generation",
    "ImportRow",
    "ImportRun",
    "ImportedVacancy",
    "Notice",
    "NoticeKind",
    "OtherPlace",
    "Pattern",
    "Payment",
    "PaymentKind",
    "ReviewComment",
    "SavedVacancy",
    "SaverTold",
    "SearchSynonym",
    "SheetFormat",
    "SiftDate",
    "Subscriber",
    "Vacancy",
    "ViewCount",
    "ViewSource",
    "Visibility",
    "search_query",
]
