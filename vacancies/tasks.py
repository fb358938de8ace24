from celery import shared_task
from django.utils import timezone

from vacancies import actions
from vacancies.models import Vacancy


@shared_task
def open_vacancies_whose_day_has_come():
    for vacancy in Vacancy.objects.to_be_opened(timezone.localdate()):
        actions.open_vacancy(vacancy=vacancy)


@shared_task
def close_vacancies_past_their_closing_date():
    # People may apply until midnight on the closing day, so a vacancy is closed the day after.
    for vacancy in Vacancy.objects.past_closing(timezone.localdate()):
        actions.close_vacancy(vacancy=vacancy, by=None)  # None: by the timetable, not a person.


@shared_task
def send_alerts_that_are_due():
    """Send each mailbox the new vacancies its alerts are owed, however many days were missed."""
    actions.run_alerts(now=timezone.now())


@shared_task
def look_after_alerts():
    """End alerts that bounce, ask whether old ones are still wanted, delete what nobody wants."""
    actions.end_alerts_that_bounce()
    actions.ask_whether_alerts_are_wanted(now=timezone.now())
    actions.delete_alerts_past_their_time(now=timezone.now())


@shared_task
def delete_saved_jobs_that_closed_long_ago():
    actions.delete_saved_past_their_time(on=timezone.localdate())


@shared_task
def remind_people_of_their_chats():
    actions.remind_of_chats(now=timezone.now())


@shared_task
def delete_chats_kept_long_enough():
    actions.delete_chats_past_their_time(on=timezone.localdate())


@shared_task
def work_on_imports():
    actions.work_on_imports(now=timezone.now())


@shared_task
def delete_imports_kept_long_enough():
    actions.delete_imports_past_their_time(now=timezone.now())


@shared_task
def store_views_counted():
    actions.store_views_counted()


@shared_task
def tell_of_sift_dates_that_have_come():
    actions.tell_of_sift_dates(on=timezone.localdate())


@shared_task
def tell_savers_what_became_of_a_vacancy():
    actions.tell_savers_of_notices(now=timezone.now())
