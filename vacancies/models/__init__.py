from vacancies.models.campaigns import Campaign
from vacancies.models.criteria import Criterion, CriterionKind
from vacancies.models.parts import OtherPlace, Payment, PaymentKind, ReviewComment, SiftDate
from vacancies.models.saved import SavedVacancy
from vacancies.models.vacancies import Contract, DBSLevel, Driving, Pattern, Vacancy, Visibility

__all__ = [
    "Campaign",
    "Contract",
    "Criterion",
    "CriterionKind",
    "DBSLevel",
    "Driving",
    "OtherPlace",
    "Pattern",
    "Payment",
    "PaymentKind",
    "ReviewComment",
    "SavedVacancy",
    "SiftDate",
    "Vacancy",
    "Visibility",
]
