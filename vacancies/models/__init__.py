from vacancies.models.campaigns import Campaign
from vacancies.models.criteria import Criterion, CriterionKind
from vacancies.models.imports import ImportedVacancy, ImportRow, ImportRun, SheetFormat
from vacancies.models.parts import OtherPlace, Payment, PaymentKind, ReviewComment, SiftDate
from vacancies.models.vacancies import Contract, DBSLevel, Driving, Pattern, Vacancy, Visibility
from vacancies.models.view_counts import ViewCount, ViewSource

__all__ = [
    "Campaign",
    "Contract",
    "Criterion",
    "CriterionKind",
    "DBSLevel",
    "Driving",
    "ImportRow",
    "ImportRun",
    "ImportedVacancy",
    "OtherPlace",
    "Pattern",
    "Payment",
    "PaymentKind",
    "ReviewComment",
    "SheetFormat",
    "SiftDate",
    "Vacancy",
    "ViewCount",
    "ViewSource",
    "Visibility",
]
