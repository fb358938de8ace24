"""The secret address of a person's calendar: made, replaced by another, or ended."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts import audit
from training.models import CalendarFeed
from training.models.calendar_feeds import hash_of
from training.states import CalendarEvent

SECRET_BYTES = 32


@transaction.atomic
def make_calendar_address(*, by):
    """Make a secret for the person's calendar and return it: it is told once and never kept.

    An address they had before stops working.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed, _ = CalendarFeed.objects.update_or_create(
        person=by, defaults={"secret_hash": hash_of(secret), "made_at": timezone.now()}
    )
    audit.record(CalendarEvent.CALENDAR_ADDRESS_MADE, feed, by=by)
    return secret


@transaction.atomic
def end_calendar_address(*, by):
    """Make the person's calendar address stop working, if there is one."""
    for feed in CalendarFeed.objects.filter(person=by):
        audit.record(CalendarEvent.CALENDAR_ADDRESS_ENDED, feed, by=by)
        feed.delete()
