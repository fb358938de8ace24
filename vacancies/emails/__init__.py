from vacancies.emails.chats import chat_booked, chat_cancelled, chat_reminder
from vacancies.emails.writing import (
    sift_due,
    vacancy_approved,
    vacancy_published,
    vacancy_returned,
    vacancy_sent,
)

__all__ = [
    "chat_booked",
    "chat_cancelled",
    "chat_reminder",
    "sift_due",
    "vacancy_approved",
    "vacancy_published",
    "vacancy_returned",
    "vacancy_sent",
]
