from celery import shared_task
from django.utils import timezone

from vacancies import actions
from vacancies.actions import close_vacancy
from vacancies.models import Vacancy


@shared_task
def close_vacancies_past_their_closing_date():
    # People may apply until midnight on the closing day, so a vacancy is closed the day after.
    for vacancy in Vacancy.objects.past_closing(timezone.localdate()):
        close_vacancy(vacancy=vacancy, by=None)  # None: by the timetable, not a person.


@shared_task
def work_on_imports():
    actions.work_on_imports(now=timezone.now())


@shared_task
def delete_imports_kept_long_enough():
    actions.delete_imports_past_their_time(now=timezone.now())


@shared_task
def store_views_counted():
    actions.store_views_counted()
