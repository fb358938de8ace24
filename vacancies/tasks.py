from celery import shared_task
from django.utils import timezone

from vacancies.actions import (
    ask_whether_alerts_are_wanted,
    close_vacancy,
    delete_alerts_past_their_time,
    delete_chats_past_their_time,
    delete_saved_past_their_time,
    end_alerts_that_bounce,
    remind_of_chats,
    run_alerts,
)
from vacancies.models import Vacancy


@shared_task
def close_vacancies_past_their_closing_date():
    # People may apply until midnight on the closing day, so a vacancy is closed the day after.
    for vacancy in Vacancy.objects.past_closing(timezone.localdate()):
        close_vacancy(vacancy=vacancy, by=None)  # None: by the timetable, not a person.


@shared_task
def send_alerts_that_are_due():
    """Send each mailbox the new vacancies its alerts are owed, however many days were missed."""
    run_alerts(now=timezone.now())


@shared_task
def look_after_alerts():
    """End alerts that bounce, ask whether old ones are still wanted, delete what nobody wants."""
    end_alerts_that_bounce()
    ask_whether_alerts_are_wanted(now=timezone.now())
    delete_alerts_past_their_time(now=timezone.now())


@shared_task
def delete_saved_jobs_that_closed_long_ago():
    delete_saved_past_their_time(on=timezone.localdate())


@shared_task
def remind_people_of_their_chats():
    remind_of_chats(now=timezone.now())


@shared_task
def delete_chats_kept_long_enough():
    delete_chats_past_their_time(on=timezone.localdate())
