from vacancies.models.criteria import Criterion, CriterionKind
from vacancies.models.vacancies import Contract, Driving, Pattern, Vacancy

__all__ = ["Contract", "Criterion", "CriterionKind", "Driving", "Pattern", "Vacancy"]
