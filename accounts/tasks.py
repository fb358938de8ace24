import logging

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts.actions import delete_audit_past_its_time, delete_history_past_its_time
from accounts.queries import broken_invariants

logger = logging.getLogger(__name__)


@shared_task
def delete_sessions_that_have_ended():
    call_command("clearsessions")


@shared_task
def delete_history_kept_long_enough():
    delete_history_past_its_time(on=timezone.localdate())


@shared_task
def delete_audit_kept_long_enough():
    delete_audit_past_its_time(on=timezone.localdate())


@shared_task
def check_what_must_never_be_true():
    for sentence in broken_invariants():
        logger.error("This must never be true: %s", sentence)
