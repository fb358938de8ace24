from vacancies.actions.alert_keeping import (
    ask_whether_alerts_are_wanted,
    delete_alerts_past_their_time,
    end_alerts_that_bounce,
)
from vacancies.actions.alert_runs import run_alerts
from vacancies.actions.alerts import (
    ask_for_alert,
    change_alert,
    confirm_alert,
    delete_subscriber,
    end_alert,
    end_all_alerts,
    keep_alerts,
    send_manage_link,
)
from vacancies.actions.publishing import close_vacancy, publish_vacancy, withdraw_vacancy
from vacancies.actions.writing import change_criteria, change_vacancy, create_vacancy

__all__ = [
    "ask_for_alert",
    "ask_whether_alerts_are_wanted",
    "change_alert",
    "change_criteria",
    "change_vacancy",
    "close_vacancy",
    "confirm_alert",
    "create_vacancy",
    "delete_alerts_past_their_time",
    "delete_subscriber",
    "end_alert",
    "end_alerts_that_bounce",
    "end_all_alerts",
    "keep_alerts",
    "publish_vacancy",
    "run_alerts",
    "send_manage_link",
    "withdraw_vacancy",
]
