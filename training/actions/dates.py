from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from training import emails
from training.exceptions import NoSuitableDates
from training.queries import suitable_sessions
from training.rules import can_offer_dates
from training.states import PromiseEvent


@transaction.atomic
def offer_dates(*, person, by):
    """Send somebody the next dates that they can go to for their five days, and return the sessions.

    At most `settings.DATES_OFFERED_AT_ONCE`; places are not held. Sends one e-mail a day at most.
    Raises PermissionDenied, and NoSuitableDates when there is none.
    """
    now = timezone.now()
    if not can_offer_dates(by, person, timezone.localdate(now)):
        raise PermissionDenied("You cannot offer dates to this person.")
    sessions = suitable_sessions(person, now)[: settings.DATES_OFFERED_AT_ONCE]
    if not sessions:
        raise NoSuitableDates(person)
    emails.dates_offered(person, sessions, by=by)
    audit.record(PromiseEvent.DATES_OFFERED, person, by=by, sessions=[row.pk for row in sessions])
    return sessions
