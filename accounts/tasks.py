import logging

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts.actions import (
    carry_out,
    delete_audit_past_its_time,
    delete_history_past_its_time,
    make_packs,
)
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


@shared_task
def make_packs_that_were_asked_for():
    make_packs(now=timezone.now())


@shared_task
def delete_what_data_protection_left_past_its_time():
    """Delete packs, records of deletion and released holds that were kept long enough."""
    today = timezone.localdate()
    for name in ("access_pack", "deletion_record", "legal_hold"):
        carry_out(name, on=today)
