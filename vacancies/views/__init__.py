from vacancies.views.adverts import vacancy_detail
from vacancies.views.chats import chat_booking, chat_list, chat_manage, chat_remove
from vacancies.views.saving import saved_list, vacancy_nudges, vacancy_save, vacancy_unsave
from vacancies.views.searching import vacancy_list

__all__ = [
    "chat_booking",
    "chat_list",
    "chat_manage",
    "chat_remove",
    "saved_list",
    "vacancy_detail",
    "vacancy_list",
    "vacancy_nudges",
    "vacancy_save",
    "vacancy_unsave",
]
