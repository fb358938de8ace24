from celery import shared_task
from django.utils import timezone

from training.actions import end_bookings_of_leavers, tell_managers_what_waits
from training.actions.timetable import let_time_answer


@shared_task
def answer_for_who_has_not():
    """End offers and approvals whose time is over, and offer free places to whoever can come now."""
    let_time_answer()


@shared_task
def free_the_places_of_leavers():
    end_bookings_of_leavers(at=timezone.now())


@shared_task
def write_to_managers_for_whom_something_waits():
    """Send the daily mail of what waits for each manager, on working days."""
    tell_managers_what_waits()
