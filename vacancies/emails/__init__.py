from vacancies.emails.chats import chat_booked, chat_cancelled, chat_over, chat_reminder
from vacancies.emails.writing import (
    saved_vacancy_over,
    sift_due,
    vacancy_approved,
    vacancy_published,
    vacancy_returned,
    vacancy_sent,
)

__all__ = [
    "chat_booked",
    "chat_cancelled",
    "chat_over",
    "chat_reminder",
    "saved_vacancy_over",
    "sift_due",
    "vacancy_approved",
    "vacancy_published",
    "vacancy_returned",
    "vacancy_sent",
]
