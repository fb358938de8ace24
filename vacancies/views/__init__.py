from vacancies.views.adverts import vacancy_detail, vacancy_in_capitals
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
from vacancies.views.chats import chat_booking, chat_list, chat_manage, chat_remove
from vacancies.views.saving import saved_list, vacancy_nudges, vacancy_save, vacancy_unsave
from vacancies.views.searching import vacancy_list
from vacancies.views.writing import (
    advert,
    advert_check,
    advert_copy,
    advert_start,
    advert_step,
    advert_take_back,
    my_adverts,
)

__all__ = [
    "advert",
    "advert_check",
    "advert_copy",
    "advert_start",
    "advert_step",
    "advert_take_back",
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
    "chat_booking",
    "chat_list",
    "chat_manage",
    "chat_remove",
    "my_adverts",
    "saved_list",
    "vacancy_detail",
    "vacancy_in_capitals",
    "vacancy_list",
    "vacancy_nudges",
    "vacancy_save",
    "vacancy_unsave",
]
