"""Deciding how long things are kept from a day on."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import RetentionPeriod
from accounts.retention import period_of
from accounts.states import AccountEvent


def first_day_of_a_change():
    """Return the first day from which a new period may hold, so that its dry run can be read before."""
    return timezone.localdate() + timedelta(days=settings.RETENTION_CHANGE_NOTICE_DAYS)


@transaction.atomic
def decide_period(*, category, from_on, why, by, months=None, days=None):
    """Keep a category so many months or days from a day on. One that begins on that day is replaced.

    Raises PermissionDenied without the permission, or for a day that is too near.
    """
    if not by.has_perm("accounts.change_retentionperiod") or from_on < first_day_of_a_change():
        raise PermissionDenied("You cannot change this period.")
    before = str(period_of(category, on=from_on))
    period, _ = RetentionPeriod.objects.update_or_create(
        category=category,
        from_on=from_on,
        defaults={
            "months": months,
            "days": days,
            "why": why,
            "decided_by": by,
            "decided_at": timezone.now(),
        },
    )
    after = str(period_of(category, on=from_on))
    audit.record(
        AccountEvent.RETENTION_CHANGED,
        period,
        by=by,
        category=category,
        from_on=from_on.isoformat(),
        before=before,
        after=after,
    )
    return period


@transaction.atomic
def take_period_back(*, period, by):
    """Take back a period that has not begun: the one before it holds on.

    Raises PermissionDenied without the permission, or once it has begun.
    """
    if not by.has_perm("accounts.change_retentionperiod") or period.from_on <= timezone.localdate():
        raise PermissionDenied("You cannot take this period back.")
    audit.record(
        AccountEvent.RETENTION_CHANGED,
        period,
        by=by,
        category=period.category,
        from_on=period.from_on.isoformat(),
        taken_back=True,
    )
    RetentionPeriod.objects.filter(pk=period.pk).delete()
