from celery import shared_task
from django.utils import timezone

from training.actions import delete_ledger_entries_kept_long_enough
from training.actions.timetable import let_time_answer


@shared_task
def answer_for_who_has_not():
    """End offers and approvals whose time is over, and offer free places to whoever can come now."""
    let_time_answer()


@shared_task
def delete_ledger_entries_past_their_time():
    delete_ledger_entries_kept_long_enough(on=timezone.localdate())
