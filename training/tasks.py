from celery import shared_task
from django.utils import timezone

from training.actions import end_bookings_of_leavers
from training.actions.timetable import let_time_answer


@shared_task
def answer_for_who_has_not():
    """End offers and approvals whose time is over, and offer free places to whoever can come now."""
    let_time_answer()


@shared_task
def free_the_places_of_leavers():
    end_bookings_of_leavers(at=timezone.now())
