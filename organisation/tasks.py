from celery import shared_task
from django.utils import timezone

from organisation import actions


@shared_task
def let_go_of_leavers():
    """Take the rights of everybody whose last day has passed, and hand their people on."""
    actions.let_go_of_leavers(on=timezone.localdate())


@shared_task
def work_on_register_imports():
    actions.work_on_register_imports(now=timezone.now())


@shared_task
def delete_register_imports_kept_long_enough():
    actions.delete_register_imports_past_their_time(now=timezone.now())


@shared_task
def delete_working_time_kept_long_enough():
    actions.delete_working_time_past_its_time(on=timezone.localdate())
