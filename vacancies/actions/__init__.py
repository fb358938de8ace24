from vacancies.actions.approving import (
    approve_vacancy,
    return_vacancy,
    send_vacancy,
    take_back_vacancy,
)
from vacancies.actions.drafting import copy_vacancy, save_step, start_draft
from vacancies.actions.publishing import (
    close_vacancy,
    extend_vacancy,
    open_vacancy,
    publish_vacancy,
    unschedule_vacancy,
    withdraw_vacancy,
)
from vacancies.actions.sifting import tell_of_sift_dates
from vacancies.actions.writing import (
    change_criteria,
    change_rows,
    change_vacancy,
    create_vacancy,
)

__all__ = [
    "approve_vacancy",
    "change_criteria",
    "change_rows",
    "change_vacancy",
    "close_vacancy",
    "copy_vacancy",
    "create_vacancy",
    "extend_vacancy",
    "open_vacancy",
    "publish_vacancy",
    "return_vacancy",
    "save_step",
    "send_vacancy",
    "start_draft",
    "take_back_vacancy",
    "tell_of_sift_dates",
    "unschedule_vacancy",
    "withdraw_vacancy",
]
