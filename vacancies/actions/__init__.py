from vacancies.actions.chats import (
    add_chat_slots,
    book_chat,
    cancel_chat,
    delete_chat_bookings,
    delete_chats_past_their_time,
    remind_of_chats,
    remove_chat_slot,
)
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
    "add_chat_slots",
    "book_chat",
    "cancel_chat",
    "change_criteria",
    "change_nudges",
    "change_vacancy",
    "close_vacancy",
    "create_vacancy",
    "delete_chat_bookings",
    "delete_chats_past_their_time",
    "delete_saved_past_their_time",
    "keep_saved",
    "publish_vacancy",
    "remind_of_chats",
    "remove_chat_slot",
    "remove_saved",
    "save_vacancy",
    "withdraw_vacancy",
]
