"""The run of the alerts: what is new is noted, matched with every alert that is due, and mailed.

A day that was missed is made up for by the next run. Each run notes which vacancies everyone can see
(Announcement) and each alert remembers the last run that went through it, so what is owed never depends
on yesterday. Mailboxes are gone through in batches, each in one transaction: what was told (the
ledger), the mail of the day, the messages and the alerts' marks are stored together or not at all. A
run that is killed leaves the rest of the mailboxes due, and the next one begins there.
"""

from datetime import datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from notifications import outbox
from vacancies.emails import alerts as alert_emails
from vacancies.models import (
    Alert,
    AlertRun,
    Announcement,
    Frequency,
    SearchSynonym,
    Subscriber,
    Vacancy,
    Visibility,
)
from vacancies.models.search import LANGUAGE
from vacancies.models.words import tsquery
from vacancies.queries.alerts import owed_vacancies, synonyms_digest, with_fingerprint

MAILBOXES_IN_A_BATCH = 500
ONE_AT_A_TIME = 7_301_002
TELL = """
WITH told AS (
    INSERT INTO vacancies_alertedvacancy (subscriber_id, vacancy_id)
    SELECT * FROM unnest(%(subscribers)s::bigint[], %(vacancies)s::bigint[])
    ON CONFLICT DO NOTHING
    RETURNING subscriber_id, vacancy_id
),
mail AS (
    INSERT INTO vacancies_alertmail (subscriber_id, day)
    SELECT DISTINCT subscriber_id, %(on)s::date FROM told
)
SELECT subscriber_id, vacancy_id FROM told
"""


def run_alerts(*, now):
    """Send what is owed to everyone who is due on the day of `now` and return the AlertRun, or None.

    Safe to run twice, at the same time too: nobody gets a second mail that day, nobody is told of a
    vacancy twice. Sends: at most one e-mail to each mailbox.
    """
    on = timezone.localdate(now)
    if not Subscriber.objects.due(on).exists():
        return None
    run = announce_vacancies(now=now)
    jobs, last = alert_emails.JobsInMails(), 0
    while last is not None:
        last = _run_batch(run, on, jobs, after=last)
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])
    return run


@transaction.atomic
def announce_vacancies(*, now):
    """Start an AlertRun: note what everyone can see at `now`, and which of it is new or has changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    last = AlertRun.objects.first()
    synonyms = SearchSynonym.objects.meanings()
    run = AlertRun.objects.create(started_at=now, synonyms=synonyms_digest(synonyms))
    if last is None or last.synonyms != run.synonyms:
        _read_words_anew(synonyms)
    visible = with_fingerprint(Vacancy.objects.open_to_public(timezone.localdate(now)))
    visible = visible.only("published_at", "opens_on", "visibility", "public_from")
    noted = dict(Announcement.objects.values_list("vacancy_id", "fingerprint"))
    found = {vacancy.pk: vacancy for vacancy in visible}
    Announcement.objects.exclude(vacancy__in=found).delete()
    new = [vacancy for key, vacancy in found.items() if key not in noted]
    changed = [v for v in found.values() if noted.get(v.pk) not in (None, v.fingerprint)]
    _announce(new, run, last)
    for vacancy in changed:
        Announcement.objects.filter(pk=vacancy.pk).update(run=run, fingerprint=vacancy.fingerprint)
    run.announced = len(new) + len(changed)
    run.save(update_fields=["announced"])
    return run


def _read_words_anew(synonyms):
    """Store again what the words of every open alert mean, with the synonyms of today."""
    alerts = Alert.objects.open().exclude(words="").order_by("pk").values_list("pk", "words")
    last = 0
    while batch := list(alerts.filter(pk__gt=last)[:MAILBOXES_IN_A_BATCH]):
        last = batch[-1][0]
        with connection.cursor() as cursor:
            cursor.execute(
                """
                UPDATE vacancies_alert SET words_query = to_tsquery(%s, read.query)
                  FROM unnest(%s::bigint[], %s::text[]) AS read (id, query)
                 WHERE vacancies_alert.id = read.id
                """,
                [LANGUAGE, [key for key, _ in batch], [tsquery(w, synonyms) for _, w in batch]],
            )


def _announce(new, run, last):
    moved = _moved_while_published(new)
    Announcement.objects.bulk_create(
        Announcement(
            vacancy=vacancy,
            run=run,
            fingerprint=vacancy.fingerprint,
            public_since=_public_since(vacancy, run, last, was_moved=vacancy.pk in moved),
        )
        for vacancy in new
    )


def _public_since(vacancy, run, last, *, was_moved):
    """Return since when everyone sees a vacancy that the run found for the first time.

    Its dates say, unless somebody has moved them or the last run would have seen it by them. Then
    nobody knows the moment, and the run's own makes sure that no alert misses it.
    """
    day = vacancy.opens_on
    if vacancy.visibility == Visibility.STAFF_FIRST:
        day = vacancy.public_from
    since = max(vacancy.published_at, timezone.make_aware(datetime.combine(day, time.min)))
    if was_moved or (last and since <= last.started_at):
        return run.started_at
    return since


def _moved_while_published(vacancies):
    """Return the keys of those whose visibility or first day was another since they were published."""
    dates = {v.pk: (v.visibility, v.public_from, v.opens_on) for v in vacancies}
    history = Vacancy.pgh_event_model.objects.filter(
        pgh_obj__in=dates, pgh_created_at__gte=F("pgh_obj__published_at")
    ).values_list("pgh_obj", "visibility", "public_from", "opens_on")
    return {key for key, *then in history.iterator() if tuple(then) != dates[key]}


@transaction.atomic
def _run_batch(run, on, jobs, *, after):
    """Go through the next mailboxes after the key `after`; return the last one's, or None at the end.

    A mailbox that somebody is changing at this moment is left out, and stays due.
    """
    due = Subscriber.objects.due(on).filter(pk__gt=after).order_by("pk")
    due = due.select_for_update(skip_locked=True, no_key=True, of=["self"])
    subscribers = {subscriber.pk: subscriber for subscriber in due[:MAILBOXES_IN_A_BATCH]}
    if not subscribers:
        return None
    told = _tell(owed_vacancies(list(subscribers), on), on)
    letters = alert_emails.new_vacancies(
        ((subscribers[key], alerts) for key, alerts in told.items()), jobs
    )
    mails = outbox.put_many(template=alert_emails.NEW_VACANCIES, letters=letters, secret=True)
    alerts = _mark(subscribers, run, on)
    AlertRun.objects.filter(pk=run.pk).update(alerts=F("alerts") + alerts, mails=F("mails") + mails)
    return max(subscribers)


def _tell(owed, on):
    """Write what is owed in the ledger, and whose mail of the day it is.

    Returns {subscriber: {alert: vacancies}} of what was not in the ledger before.
    """
    pairs = [(subscriber, vacancy) for subscriber, _, keys in owed for vacancy in keys]
    if not pairs:
        return {}
    subscribers, vacancies = map(list, zip(*pairs, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(TELL, {"subscribers": subscribers, "vacancies": vacancies, "on": on})
        written = set(cursor.fetchall())
    told = {}
    for subscriber, alert, keys in owed:
        new = [vacancy for vacancy in keys if (subscriber, vacancy) in written]
        if new:
            told.setdefault(subscriber, {})[alert] = new
    return told


def _mark(subscribers, run, on):
    """Note that the run went through the due alerts of `subscribers`, and when each is due again."""
    days = [When(frequency=Frequency.DAILY, then=Value(on + timedelta(days=1)))]
    for weekday in range(1, 8):
        alert = Alert(frequency=Frequency.WEEKLY, weekday=weekday)
        days.append(When(weekday=weekday, then=Value(alert.day_after(on))))
    due = Alert.objects.due(on).filter(subscriber__in=list(subscribers))
    return due.update(matched_run=run.pk, next_on=Case(*days))
