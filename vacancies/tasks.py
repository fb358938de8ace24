from celery import shared_task
from django.utils import timezone

from vacancies.actions import (
    close_vacancy,
    delete_chats_past_their_time,
    delete_saved_past_their_time,
    remind_of_chats,
)
from vacancies.models import Vacancy


@shared_task
def close_vacancies_past_their_closing_date():
    # People may apply until midnight on the closing day, so a vacancy is closed the day after.
    for vacancy in Vacancy.objects.past_closing(timezone.localdate()):
        close_vacancy(vacancy=vacancy, by=None)  # None: by the timetable, not a person.


@shared_task
def delete_saved_jobs_that_closed_long_ago():
    delete_saved_past_their_time(on=timezone.localdate())


@shared_task
def remind_people_of_their_chats():
    remind_of_chats(now=timezone.now())


@shared_task
def delete_chats_kept_long_enough():
    delete_chats_past_their_time(on=timezone.localdate())
