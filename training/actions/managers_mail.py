"""What managers get and give by e-mail: the daily mail of what waits, and suitable dates for a person."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from organisation.queries import is_working_day
from training import manager_emails
from training.exceptions import DatesOfferedLately, NoSuitableDate
from training.queries import dates_offered_lately, suitable_dates, waiting_for_each
from training.rules import can_offer_dates
from training.states import PromiseEvent


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


@transaction.atomic
def offer_suitable_dates(*, person, by):
    """Send a person up to three dates that suit them, and return the sessions.

    Not twice within `settings.DATES_OFFERED_EVERY_DAYS` days. Raises PermissionDenied,
    DatesOfferedLately, and NoSuitableDate when there is none.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    now = timezone.now()
    if not can_offer_dates(by, person, timezone.localdate(now)):
        raise PermissionDenied("You can send dates to people you manage.")
    if dates_offered_lately([person], now):
        raise DatesOfferedLately(person)
    sessions = suitable_dates(person, now)
    if not sessions:
        raise NoSuitableDate(person)
    keys = [session.pk for session in sessions]
    audit.record(PromiseEvent.DATES_OFFERED, person, by=by, sessions=keys)
    manager_emails.suitable_dates(person, sessions, by)
    return sessions
