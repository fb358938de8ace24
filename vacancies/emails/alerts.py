"""The mails of job alerts. All are secret messages: they carry signed links, which let their reader in."""

import math

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from notifications import outbox
from vacancies import alert_links
from vacancies.models import Alert, Vacancy
from vacancies.templatetags.vacancy_tags import salary

NEW_VACANCIES = "vacancies/emails/new_vacancies"


def confirm_alert(alert, one_time_key):
    """Ask the owner of the mailbox whether they want the alert."""
    token = alert_links.confirmation_token(alert)
    _put(
        "confirm_alert",
        alert.subscriber,
        f"alert-{alert.pk}-{one_time_key}",
        in_words=alert.in_words,
        confirm_path=reverse("vacancies:alert-confirm", args=[token]),
        days=settings.ALERT_CONFIRM_DAYS,
    )


def alert_is_there_already(alert, one_time_key):
    """Say that the alert somebody asked for is on, and where to change it."""
    key = f"alert-{alert.pk}-{one_time_key}"
    _put("alert_is_there_already", alert.subscriber, key, in_words=alert.in_words)


def too_many_alerts(subscriber, one_time_key):
    """Say that the mailbox has as many alerts as it can, and where to end one."""
    key = f"alerts-of-{subscriber.pk}-{one_time_key}"
    _put("too_many_alerts", subscriber, key, most=settings.ALERTS_PER_MAILBOX)


def manage_link(subscriber, one_time_key):
    """Send the link to the mailbox's alerts, which somebody asked for."""
    key = f"alerts-of-{subscriber.pk}-{one_time_key}"
    _put("manage_alerts", subscriber, key, count=subscriber.alerts.open().count())


def still_wanted(subscriber):
    """Ask whether the alerts are still wanted. Without an answer they end."""
    _put(
        "alerts_still_wanted",
        subscriber,
        None,
        searches=[alert.in_words for alert in subscriber.alerts.open()],
        keep_path=alert_links.path("vacancies:alert-keep", alert_links.KEEP, subscriber),
        days=settings.ALERT_ANSWER_DAYS,
    )


class JobsInMails(dict):
    """The facts of vacancies as the mails of one run show them, read once for the whole run."""

    def read(self, keys):
        """Read those of `keys` that are not here yet."""
        missing = set(keys) - self.keys()
        for vacancy in Vacancy.objects.filter(pk__in=missing).for_cards():
            self[vacancy.pk] = {
                "title": vacancy.title,
                "path": f"{vacancy.get_absolute_url()}?from=alert",  # Its views are counted apart.
                "salary": salary(vacancy),
                "place": vacancy.place_name,
                "contract": vacancy.get_contract_display(),
                "closes": date_format(vacancy.closes_on, "l j F"),
            }


def new_vacancies(told, jobs):
    """Yield a Letter for each (subscriber, {alert's key: keys of vacancies}) of `told`.

    The letter groups the jobs by alert and shows `settings.ALERT_JOBS_SHOWN` of them; the rest are
    counted, behind a link to the search.
    """
    told = list(told)
    jobs.read(vacancy for _, alerts in told for keys in alerts.values() for vacancy in keys)
    searches = Alert.objects.filter(pk__in=[alert for _, alerts in told for alert in alerts])
    searches = {
        key: (in_words, search)
        for key, in_words, search in searches.values_list("pk", "in_words", "search")
    }
    list_path = reverse("vacancies:vacancy-list")
    for subscriber, alerts in told:
        yield _letter(
            subscriber,
            count=sum(len(keys) for keys in alerts.values()),
            groups=list(_groups(alerts, searches, jobs, list_path)),
        )


def _groups(alerts, searches, jobs, list_path):
    room, left = settings.ALERT_JOBS_SHOWN, len(alerts)
    for alert, keys in alerts.items():
        in_words, search = searches[alert]
        shown = keys[: math.ceil(room / left)]  # Each alert has its share, and what others leave.
        room, left = room - len(shown), left - 1
        yield {
            "in_words": in_words,
            "search_path": f"{list_path}?{search}&sort=newest".replace("?&", "?"),
            "jobs": [jobs[vacancy] for vacancy in shown],
            "more": len(keys) - len(shown),
        }


def _letter(subscriber, **context):
    """Make a letter with what every mail of alerts has: the links to change and to stop them."""
    stop_path = alert_links.path("vacancies:alert-stop", alert_links.STOP, subscriber)
    return outbox.Letter(
        to=subscriber.email,
        about=subscriber,
        context={
            **context,
            "manage_path": alert_links.path(
                "vacancies:alert-manage", alert_links.MANAGE, subscriber
            ),
            "stop_path": stop_path,
        },
        headers={
            "List-Unsubscribe": f"<{settings.SITE_URL}{stop_path}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _put(name, subscriber, key, **context):
    letter = _letter(subscriber, **context)
    outbox.put(
        template=f"vacancies/emails/{name}",
        to=letter.to,
        context=letter.context,
        about=letter.about,
        headers=letter.headers,
        key=key,
        secret=True,
    )
