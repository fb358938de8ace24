from vacancies.views.adverts import vacancy_detail
from vacancies.views.alert_links import (
    alert_change,
    alert_confirm,
    alert_end,
    alert_keep,
    alert_manage,
    alert_stop,
    alerts_delete,
)
from vacancies.views.alerts import alert_check_email, alert_create, alerts
from vacancies.views.searching import vacancy_list

__all__ = [
    "alert_change",
    "alert_check_email",
    "alert_confirm",
    "alert_create",
    "alert_end",
    "alert_keep",
    "alert_manage",
    "alert_stop",
    "alerts",
    "alerts_delete",
    "vacancy_detail",
    "vacancy_list",
]
