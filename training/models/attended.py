import uuid
from decimal import Decimal

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.fields import WebAddressField
from training.models.asking import PutToManager
from training.models.courses import Topic
from training.states import ATTENDED_TRANSITIONS, AttendedState

EVIDENCE_FOLDER = "evidence"


class AttendedElsewhereQuerySet(models.QuerySet):
    def open(self):
        """What waits for a manager to confirm it."""
        return self.filter(state=AttendedState.ASKED)

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
                condition=Q(half_days__gte=1, half_days__lte=10),
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
