import uuid
from datetime import timedelta
from decimal import Decimal

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date

from accounts.fields import WebAddressField
from training.models.asking import PutToManager
from training.models.courses import Topic
from training.states import ATTENDED_STANDING, ATTENDED_TRANSITIONS, AttendedState

EVIDENCE_FOLDER = "evidence"
SATURDAY = 5
# What is logged at once has so many half days at most, and with a weekend is over within such a time.
MOST_HALF_DAYS = 10
LONGEST = timedelta(days=7)


def half_days_by_day(on, half_days):
    """Return [(day, half days)] for something of so many half days that began on the day `on`.

    Only these two are known, so it is taken to fill day after day, two half days to each, without
    Saturdays and Sundays unless it began on one. A bank holiday is a day like others.
    """
    found, day, left = [], on, half_days
    while left > 0:
        if day.weekday() < SATURDAY or on.weekday() >= SATURDAY:
            found.append((day, min(left, 2)))
            left -= 2
        day += timedelta(days=1)
    return found


class AttendedElsewhereQuerySet(models.QuerySet):
    def open(self):
        """What waits for a manager to confirm it."""
        return self.filter(state=AttendedState.ASKED)

    def standing(self):
        """What was neither taken back nor turned down."""
        return self.filter(state__in=ATTENDED_STANDING)

    def reaching_into(self, first, last):
        """What may have gone on between two days: `by_day` tells for certain."""
        return self.filter(on__gt=first - LONGEST, on__lte=last)

    def with_people(self):
        return self.select_related("person", "decided_by")


@pghistory.track()
class AttendedElsewhere(PutToManager):
    """A seminar or conference that somebody has been to already, for the manager to confirm.

    The evidence is a file, a link, words, or all of these. The manager may ask a question back;
    the answer puts it to them again. `counts_towards_five` follows the policy of its day, once
    confirmed. Write through training.actions only.
    """

    TRANSITIONS = ATTENDED_TRANSITIONS

    title = models.CharField(max_length=150)
    organiser = models.CharField(max_length=120)
    topic = models.CharField(max_length=24, choices=Topic.choices)
    on = models.DateField("day")
    half_days = models.PositiveSmallIntegerField()
    learned = models.TextField("what it was and what was learned")
    link = WebAddressField(blank=True)
    state = models.CharField(
        max_length=12, choices=AttendedState.choices, default=AttendedState.ASKED
    )
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decision_reason = models.TextField(blank=True)
    counts_towards_five = models.BooleanField(null=True, editable=False)

    objects = AttendedElsewhereQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "attended elsewhere"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["person", "state"], name="attended_by_person_and_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(half_days__gte=1, half_days__lte=MOST_HALF_DAYS),
                name="attended_half_days_are_possible",
            ),
            models.CheckConstraint(
                condition=~Q(state=AttendedState.CONFIRMED)
                | Q(decided_by__isnull=False, counts_towards_five__isnull=False),
                name="attended_confirmation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="nobody_confirms_their_own",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.organiser}"

    def get_absolute_url(self):
        return reverse("training:attended-detail", args=[self.pk])

    @property
    def days(self):
        return self.half_days * Decimal("0.5")

    @property
    def by_day(self):
        """The days it is taken to have filled, as [(day, half days)]."""
        return half_days_by_day(self.on, self.half_days)

    @property
    def when(self):
        """Its days in words: "Thursday 6 December 2029 to Friday 7 December 2029"."""
        last = self.by_day[-1][0]
        words = format_date(self.on, "l j F Y")
        return words if last == self.on else f"{words} to {format_date(last, 'l j F Y')}"

    @property
    def is_confirmed(self):
        return self.state == AttendedState.CONFIRMED

    @property
    def is_open(self):
        return self.state in {AttendedState.ASKED, AttendedState.QUESTIONED}

    def evidence(self):
        """Return the file that was sent with it, or None."""
        return self.files.first()


def random_place(evidence, filename):
    """Return where a file is stored: a random name that says nothing of the person or the file."""
    name = uuid.uuid4().hex
    return f"{EVIDENCE_FOLDER}/{name[:2]}/{name}"


class Evidence(models.Model):
    """A file that shows that somebody was there. It is only ever served by the guarded download view.

    `content_type` is what the content showed, never what the browser claimed; `size` is in bytes. It
    goes after settings.RETENTION["evidence"], long before the record it belongs to.
    """

    attended = models.ForeignKey(AttendedElsewhere, on_delete=models.CASCADE, related_name="files")
    original_name = models.CharField("name of the file", max_length=150)
    file = models.FileField(upload_to=random_place)
    size = models.PositiveIntegerField("size in bytes")
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return self.original_name
