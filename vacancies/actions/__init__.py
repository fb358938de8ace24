from vacancies.actions.publishing import close_vacancy, publish_vacancy, withdraw_vacancy
from vacancies.actions.writing import change_criteria, change_vacancy, create_vacancy

__all__ = [
    "change_criteria",
    "change_vacancy",
    "close_vacancy",
    "create_vacancy",
    "publish_vacancy",
    "withdraw_vacancy",
]
