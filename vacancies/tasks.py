from celery import shared_task
from django.utils import timezone

from vacancies.actions import close_vacancy, open_vacancy, tell_of_sift_dates
from vacancies.models import Vacancy


@shared_task
def open_vacancies_whose_day_has_come():
    for vacancy in Vacancy.objects.to_be_opened(timezone.localdate()):
        open_vacancy(vacancy=vacancy)


@shared_task
def close_vacancies_past_their_closing_date():
    # People may apply until midnight on the closing day, so a vacancy is closed the day after.
    for vacancy in Vacancy.objects.past_closing(timezone.localdate()):
        close_vacancy(vacancy=vacancy, by=None)  # None: by the timetable, not a person.


@shared_task
def tell_of_sift_dates_that_have_come():
    tell_of_sift_dates(on=timezone.localdate())
