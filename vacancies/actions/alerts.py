"""What happens to an alert. The holder of a signed link acts for the mailbox it was sent to: `by` is None."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from notifications import outbox
from vacancies.emails import alerts as alert_emails
from vacancies.exceptions import AlertExists
from vacancies.models import Alert, AlertRun, Subscriber
from vacancies.rules import can_end_alert
from vacancies.states import AlertEvent, AlertState


@transaction.atomic
def ask_for_alert(*, email, search, frequency, one_time_key):
    """Ask the owner of the mailbox `email` to confirm an alert for `search` (an AlertSearch).

    The person at the page learns nothing about the mailbox: whatever is known of it is told in the
    mail. Sends: one e-mail, with the link that confirms, or saying that this alert is there already,
    or that there are as many as can be (`settings.ALERTS_PER_MAILBOX`). The same form sent twice
    sends one.
    """
    Subscriber.objects.get_or_create(email=email.lower())
    subscriber = Subscriber.objects.select_for_update().get(email=email.lower())
    alert = subscriber.alerts.open().filter(search=search.address).first()
    if alert and alert.state == AlertState.ACTIVE:
        alert_emails.alert_is_there_already(alert, one_time_key)
    elif alert:
        alert_emails.confirm_alert(alert, one_time_key)
    elif subscriber.alerts.open().count() >= settings.ALERTS_PER_MAILBOX:
        alert_emails.too_many_alerts(subscriber, one_time_key)
    else:
        alert = Alert.objects.create(
            subscriber=subscriber,
            frequency=frequency,
            weekday=timezone.localdate().isoweekday(),
            **search.columns,
        )
        audit.record(AlertEvent.ALERT_ASKED_FOR, alert, by=None, frequency=frequency)
        alert_emails.confirm_alert(alert, one_time_key)


@transaction.atomic
def send_manage_link(*, email, one_time_key):
    """Send the link to their alerts to the mailbox `email`, if it has any. Nobody is told whether."""
    subscriber = Subscriber.objects.filter(email=email.lower()).first()
    if subscriber:
        alert_emails.manage_link(subscriber, one_time_key)


@transaction.atomic
def confirm_alert(*, alert):
    """Start an alert: from now on every new vacancy it finds is owed. One that is on stays as it is.

    Raises InvalidTransition when it has ended.
    """
    alert = _locked(alert)
    if alert.state == AlertState.ACTIVE:
        return alert
    now = timezone.now()
    today = timezone.localdate(now)
    alert.move_to(AlertState.ACTIVE)
    alert.confirmed_at = now
    alert.weekday = today.isoweekday()
    alert.next_on = alert.day_after(today)
    # What the runs have announced so far was public before, so none of it is owed.
    alert.matched_run = AlertRun.objects.values_list("pk", flat=True).first() or 0
    alert.save(update_fields=["state", "confirmed_at", "weekday", "next_on", "matched_run"])
    _note_that_alerts_are_wanted(alert.subscriber)
    audit.record(AlertEvent.ALERT_CONFIRMED, alert, by=None)
    return alert


@transaction.atomic
def change_alert(*, alert, search, frequency):
    """Give an alert another search (an AlertSearch) or rhythm. What it is still owed stays owed.

    Raises AlertExists when the mailbox has another alert for the search, and PermissionDenied when
    the alert has ended.
    """
    alert = _locked(alert)
    others = alert.subscriber.alerts.open().exclude(pk=alert.pk)
    if others.filter(search=search.address).exists():
        raise AlertExists
    if alert.state == AlertState.ENDED:
        raise PermissionDenied("An alert that has ended cannot be changed.")
    for name, value in search.columns.items():
        setattr(alert, name, value)
    alert.frequency = frequency
    if alert.next_on:
        alert.next_on = alert.day_after(timezone.localdate())
    alert.save(update_fields=[*search.columns, "frequency", "next_on"])
    _note_that_alerts_are_wanted(alert.subscriber)
    audit.record(AlertEvent.ALERT_CHANGED, alert, by=None, frequency=frequency)
    return alert


@transaction.atomic
def end_alert(*, alert, by=None, why="link"):
    """End an alert; one that has ended stays so. HR may, too: `why` is then "hr".

    Raises PermissionDenied when `by` is somebody who may not.
    """
    if by is not None and not can_end_alert(by):
        raise PermissionDenied("You cannot end this alert.")
    alert = _locked(alert)
    if alert.state != AlertState.ENDED:
        alert.move_to(AlertState.ENDED)
        alert.ended_at = timezone.now()
        alert.save(update_fields=["state", "ended_at"])
        audit.record(AlertEvent.ALERT_ENDED, alert, by=by, why=why)
    return alert


@transaction.atomic
def end_all_alerts(*, subscriber, by=None, why="link"):
    """End every alert of a mailbox, for the reason `why`. No mail is sent about it."""
    for alert in subscriber.alerts.open():
        end_alert(alert=alert, by=by, why=why)


@transaction.atomic
def keep_alerts(*, subscriber):
    """Note that the owner of the mailbox still wants alerts; a year from now we ask again."""
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    _note_that_alerts_are_wanted(subscriber)
    audit.record(AlertEvent.ALERTS_KEPT, subscriber, by=None)
    return subscriber


@transaction.atomic
def delete_subscriber(*, subscriber, why="link"):
    """Delete a mailbox with its alerts and what was told to it, and blank the mails of its alerts."""
    audit.record(AlertEvent.ALERTS_DELETED, subscriber, by=None, why=why)
    outbox.blank_messages_about(subscriber)
    subscriber.delete()


def _locked(alert):
    """Lock the mailbox, so that no run goes through its alerts meanwhile, and return the alert afresh."""
    subscriber = Subscriber.objects.select_for_update().get(pk=alert.subscriber_id)
    alert = Alert.objects.defer("words_query").get(pk=alert.pk)
    alert.subscriber = subscriber
    return alert


def _note_that_alerts_are_wanted(subscriber):
    subscriber.wanted_at, subscriber.asked_at = timezone.now(), None
    subscriber.save(update_fields=["wanted_at", "asked_at"])
