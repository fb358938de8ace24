"""What managers get and give by e-mail: the daily mail of what waits, and suitable dates for a person."""

from django.db import transaction
from django.utils import timezone

from organisation.queries import is_working_day
from training import manager_emails
from training.queries import waiting_for_each


@transaction.atomic
def tell_managers_what_waits():
    """Send each manager one mail of everything that waits for them. Returns how many were queued.

    On working days only, one a day however often it runs, and nothing to whom nothing waits for.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    if not is_working_day(today):
        return 0
    return manager_emails.waiting_for_you(waiting_for_each(now), today)
