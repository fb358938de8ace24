from vacancies.actions.publishing import close_vacancy, publish_vacancy, withdraw_vacancy
from vacancies.actions.saving import (
    change_nudges,
    delete_saved_past_their_time,
    keep_saved,
    remove_saved,
    save_vacancy,
)
from vacancies.actions.writing import change_criteria, change_vacancy, create_vacancy

__all__ = [
    "change_criteria",
    "change_nudges",
    "change_vacancy",
    "close_vacancy",
    "create_vacancy",
    "delete_saved_past_their_time",
    "keep_saved",
    "publish_vacancy",
    "remove_saved",
    "save_vacancy",
    "withdraw_vacancy",
]
