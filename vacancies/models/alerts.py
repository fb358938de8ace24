"""Job alerts: who gets them, what they look for, and what has been told to whom."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.states import MovesThroughStates
from vacancies.models.vacancies import Vacancy
from vacancies.states import ALERT_TRANSITIONS, AlertState

OPEN_ALERT_STATES = [AlertState.AWAITING_CONFIRMATION, AlertState.ACTIVE]


def new_link_key():
    return get_random_string(32)


class Frequency(models.TextChoices):
    DAILY = "daily", "Every day there is something new"
    WEEKLY = "weekly", "Once a week"


class TSQueryField(models.Field):
    """A full-text query as Postgres keeps it, so that it need not be read again for every match."""

    def db_type(self, connection):
        return "tsquery"


class SubscriberQuerySet(models.QuerySet):
    def due(self, on):
        """Those with an active alert whose day has come and who have had no mail on the day `on`."""
        alerts = Alert.objects.due(on).filter(subscriber=OuterRef("pk"))
        mails = AlertMail.objects.filter(subscriber=OuterRef("pk"), day=on)
        return self.filter(Exists(alerts), ~Exists(mails))

    def with_active_alerts(self):
        active = Alert.objects.filter(subscriber=OuterRef("pk"), state=AlertState.ACTIVE)
        return self.filter(Exists(active))


class Subscriber(models.Model):
    """A mailbox that job alerts go to. Nobody needs an account, so its address is all we know.

    `link_key` is part of every signed link sent to it: a new key makes all of them useless.
    `wanted_at` is when its owner last said that they want alerts; a year later we ask (`asked_at`).
    """

    email = models.EmailField("e-mail address", unique=True)
    link_key = models.CharField(max_length=32, default=new_link_key, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    wanted_at = models.DateTimeField(
        "last wanted at", default=timezone.now, editable=False, db_index=True
    )
    asked_at = models.DateTimeField(
        "asked whether still wanted at", null=True, blank=True, editable=False, db_index=True
    )

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="subscriber_email_is_lower_case"
            )
        ]

    def __str__(self):
        return self.email


class AlertQuerySet(models.QuerySet):
    def due(self, on):
        """Active ones whose day has come by the date `on`: a day that was missed is not lost."""
        return self.filter(state=AlertState.ACTIVE, next_on__lte=on)

    def open(self):
        """Those that are not ended."""
        return self.filter(state__in=OPEN_ALERT_STATES)


class Alert(MovesThroughStates, models.Model):
    """A search whose new vacancies are sent to a subscriber, every day or once a week.

    `search` is the query of its address on `/vacancies/` and `in_words` says it to a person. The
    columns below them hold the same for matching in SQL (vacancies.queries.alerts); an empty one does
    not narrow. `words_query` is what the words became when the alert was saved, synonyms included;
    `in_text` says whether they are looked for in the text of adverts too, as the search did then.
    `weekday` counts from Monday as 1. `matched_run` is the number of the last AlertRun that went
    through it: what later runs announce is still owed.
    """

    TRANSITIONS = ALERT_TRANSITIONS

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="alerts")
    state = models.CharField(
        max_length=24, choices=AlertState.choices, default=AlertState.AWAITING_CONFIRMATION
    )
    frequency = models.CharField("how often", max_length=8, choices=Frequency.choices)
    weekday = models.PositiveSmallIntegerField(editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_on = models.DateField("next looked at on", null=True, blank=True, editable=False)
    matched_run = models.BigIntegerField(default=0, editable=False)

    search = models.CharField(max_length=2000, blank=True)
    in_words = models.CharField("search", max_length=1000)

    words = models.CharField(max_length=200, blank=True)
    words_query = TSQueryField(null=True, editable=False)
    in_text = models.BooleanField(default=False)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    radius = models.PositiveSmallIntegerField("radius in miles", null=True)
    families = ArrayField(models.CharField(max_length=20), default=list)
    role = models.CharField(max_length=80, blank=True)
    districts = ArrayField(models.CharField(max_length=60), default=list)
    contracts = ArrayField(models.CharField(max_length=12), default=list)
    patterns = ArrayField(models.CharField(max_length=20), default=list)
    salary_min = models.PositiveIntegerField(null=True)
    newly_qualified = models.BooleanField(default=False)
    needs_registration = models.BooleanField(null=True)
    must_drive = models.BooleanField(null=True)
    sponsorship = models.BooleanField(default=False)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["subscriber", "next_on"],
                condition=Q(state=AlertState.ACTIVE),
                name="alert_due",
            ),
            models.Index(fields=["state", "created_at"], name="alert_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "search"],
                condition=Q(state__in=OPEN_ALERT_STATES),
                name="alert_once_for_each_search",
            ),
            models.CheckConstraint(
                condition=~Q(state=AlertState.ACTIVE)
                | Q(confirmed_at__isnull=False, next_on__isnull=False),
                name="alert_active_is_confirmed_and_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=AlertState.ENDED, ended_at__isnull=False)
                | ~Q(state=AlertState.ENDED) & Q(ended_at__isnull=True),
                name="alert_ended_at_when_ended",
            ),
            models.CheckConstraint(
                condition=Q(weekday__range=(1, 7)), name="alert_weekday_is_a_day_of_the_week"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True, radius__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False, radius__isnull=False),
                name="alert_place_has_a_radius",
            ),
        ]

    def __str__(self):
        return f"Alert {self.pk}"

    def day_after(self, on):
        """Return the first day after `on` on which this alert is looked at."""
        if self.frequency == Frequency.DAILY:
            return on + timedelta(days=1)
        return on + timedelta(days=(self.weekday - on.isoweekday() - 1) % 7 + 1)


class AlertRun(models.Model):
    """One run over the alerts that were due, with what it came to. Its figures grow batch by batch.

    `synonyms` tells which synonyms of search words there were: after a change the words of all alerts
    are read anew.
    """

    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    synonyms = models.CharField(max_length=32, editable=False)
    announced = models.PositiveIntegerField("new or changed vacancies", default=0)
    alerts = models.PositiveIntegerField("alerts gone through", default=0)
    mails = models.PositiveIntegerField("mails queued", default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Run {self.pk}"


class Announcement(models.Model):
    """A vacancy that everyone can see, as the runs have noted it; there is none for any other.

    `public_since` decides which alerts are owed it: those confirmed before. `run` is the last one that
    found it new or changed, which `fingerprint` tells: an advert that was put right is looked at again.
    """

    vacancy = models.OneToOneField(
        Vacancy, on_delete=models.CASCADE, primary_key=True, related_name="announcement"
    )
    public_since = models.DateTimeField()
    run = models.ForeignKey(AlertRun, on_delete=models.PROTECT, related_name="announcements")
    fingerprint = models.CharField(max_length=32)

    def __str__(self):
        return f"Announcement of vacancy {self.vacancy_id}"


class AlertedVacancy(models.Model):
    """The ledger: this vacancy was told to this subscriber, which happens once.

    A run writes hundreds of thousands of rows, of mailboxes that it has locked and vacancies that it
    has just read, so the database does not look each of them up again.
    """

    pk = models.CompositePrimaryKey("subscriber_id", "vacancy_id")
    subscriber = models.ForeignKey(
        Subscriber,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    vacancy = models.ForeignKey(
        Vacancy, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )

    class Meta:
        verbose_name_plural = "alerted vacancies"

    def __str__(self):
        return f"Vacancy {self.vacancy_id} to subscriber {self.subscriber_id}"


class AlertMail(models.Model):
    """A mail of alerts went to this subscriber on this day, and so no other does."""

    pk = models.CompositePrimaryKey("subscriber_id", "day")
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    day = models.DateField()

    def __str__(self):
        return f"Mail to subscriber {self.subscriber_id} on {self.day}"
