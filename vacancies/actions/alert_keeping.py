"""What the timetable does with alerts that nobody confirms, wants or receives any more."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.actions import carry_out, delete_in_batches
from accounts.retention import months_before, start_of
from notifications.models import Message, SuppressedAddress
from vacancies.actions.alerts import delete_subscriber, end_all_alerts
from vacancies.emails import alerts as alert_emails
from vacancies.models import Alert, AlertMail, Subscriber

DAYS_A_MAIL_OF_THE_DAY_IS_NOTED = 31


def delete_alerts_past_their_time(*, now):
    """Delete alerts that nobody confirmed or that ended long enough ago, and mailboxes without any.

    What was told goes when its vacancy has been closed for as long as settings.RETENTION says: later
    it cannot be told again anyway. Returns how many alerts went.
    """
    today = timezone.localdate(now)
    deleted = carry_out("alert_unconfirmed", on=today) + carry_out("alert_ended", on=today)
    # One that was made a moment ago may have its alert in a transaction under way.
    bare = Subscriber.objects.filter(alerts=None, created_at__lt=now - timedelta(days=1))
    for subscriber in bare:
        delete_subscriber(subscriber=subscriber, why="no alerts")
    carry_out("told_in_alert", on=today)
    noted_until = today - timedelta(days=DAYS_A_MAIL_OF_THE_DAY_IS_NOTED)
    delete_in_batches(AlertMail.objects.filter(day__lt=noted_until))
    return deleted


def ask_whether_alerts_are_wanted(*, now):
    """Ask mailboxes that last said so a year ago; delete those that gave no answer in time.

    The question is the mail of its day: what is new comes with the next. Sends: an e-mail to each.
    """
    today = timezone.localdate(now)
    silent = Subscriber.objects.filter(
        asked_at__lt=now - timedelta(days=settings.ALERT_ANSWER_DAYS)
    )
    for subscriber in silent:
        delete_subscriber(subscriber=subscriber, why="unanswered")
    a_year_ago = start_of(months_before(today, settings.ALERT_ASK_AGAIN_MONTHS))
    to_ask = Subscriber.objects.with_active_alerts().filter(
        wanted_at__lt=a_year_ago, asked_at__isnull=True
    )
    for key in to_ask.values_list("pk", flat=True):
        _ask(key, now)


@transaction.atomic
def _ask(key, now):
    subscriber = Subscriber.objects.select_for_update().get(pk=key)
    _, is_first_today = AlertMail.objects.get_or_create(
        subscriber=subscriber, day=timezone.localdate(now)
    )
    if subscriber.asked_at or not is_first_today:
        return
    subscriber.asked_at = now
    subscriber.save(update_fields=["asked_at"])
    alert_emails.still_wanted(subscriber)


def end_alerts_that_bounce():
    """End the alerts of addresses that take no mail: suppressed, or refused for good since confirmed."""
    subscribers = Subscriber.objects.with_active_alerts()
    suppressed = SuppressedAddress.objects.values("address")
    for subscriber in subscribers.filter(email__in=suppressed):
        end_all_alerts(subscriber=subscriber, why="bounced")
    refused = Message.objects.refused_for_good().values_list(Lower("to"))
    for address, refused_at in refused.annotate(Max("created_at")).order_by():
        confirmed_since = Alert.objects.filter(confirmed_at__gte=refused_at)
        for subscriber in subscribers.filter(email=address).exclude(alerts__in=confirmed_since):
            end_all_alerts(subscriber=subscriber, why="bounced")
