from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from training import emails
from training.exceptions import DatesOfferedLately, NoSuitableDate
from training.queries import dates_offered_lately, dates_to_offer
from training.rules import can_offer_dates
from training.states import PromiseEvent


@transaction.atomic
def offer_dates(*, person, by):
    """Send somebody the next dates that they can go to for their five days, and return the sessions.

    Places are not held. Not twice within `settings.DATES_OFFERED_EVERY_DAYS` days, whoever sends them.
    Raises PermissionDenied, DatesOfferedLately, and NoSuitableDate when there is none.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    now = timezone.now()
    if not can_offer_dates(by, person, timezone.localdate(now)):
        raise PermissionDenied("You cannot send dates to this person.")
    if dates_offered_lately([person], now):
        raise DatesOfferedLately(person, settings.DATES_OFFERED_EVERY_DAYS)
    sessions = dates_to_offer(person, now)
    if not sessions:
        raise NoSuitableDate(person)
    emails.dates_offered(person, sessions, by=by)
    audit.record(PromiseEvent.DATES_OFFERED, person, by=by, sessions=[row.pk for row in sessions])
    return sessions
