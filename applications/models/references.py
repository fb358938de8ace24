"""References: whom we asked, with which link, what they told, and where it differs from the application.

None of it is kept in the history. What a referee told is encrypted field by field, and goes with the
application. Months are kept as the first day of the month.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.fields import EncryptedTextField
from accounts.states import MovesThroughStates
from applications.models.answers import Referee
from applications.models.applications import Application
from applications.states import (
    FINAL_STATES,
    REFERENCE_TRANSITIONS,
    WITH_REFERENCE,
    DiscrepancyKind,
    LetterKind,
    ReferenceState,
    TakenHow,
)


def person():
    """Who of the council did it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class ReferenceRequestQuerySet(models.QuerySet):
    def open(self):
        """Requests that wait for an answer; the link of some may be over."""
        return self.filter(state=ReferenceState.ASKED)

    def expired(self, now):
        return self.open().filter(expires_at__lte=now)

    def late(self, now):
        """Requests without an answer after so many days that HR should ring, with a link that is good."""
        since = now - timedelta(days=settings.REFERENCE_LATE_DAYS)
        return self.open().filter(asked_at__lte=since, expires_at__gt=now)

    def with_reference(self):
        return self.filter(state__in=sorted(WITH_REFERENCE))

    def to_judge(self):
        """References that came and that nobody has accepted or set aside."""
        return self.with_reference().filter(is_acceptable__isnull=True)

    def in_the_way(self):
        """Requests that keep the same referee from being asked once more."""
        return self.exclude(state__in=[ReferenceState.STOPPED, ReferenceState.REFUSED]).exclude(
            is_acceptable=False
        )

    def on_applications_that_are_over(self):
        return self.open().filter(application__state__in=sorted(FINAL_STATES))


class ReferenceRequest(MovesThroughStates, models.Model):
    """That we asked a referee, or wrote down what they said without the portal, and what came of it.

    `asked_at` and `expires_at` are of the last asking; both are empty for a reference that came without
    one. `draft` is what the referee saved to come back to (JSON). `stopped_by` is empty where the
    application came to its end. `is_acceptable` is what a person of HR decided, with `judged_why` where
    it is no. A reference counts only once it was accepted.
    """

    TRANSITIONS = REFERENCE_TRANSITIONS

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="reference_requests"
    )
    referee = models.ForeignKey(Referee, on_delete=models.CASCADE, related_name="requests")
    state = models.CharField(
        max_length=10, choices=ReferenceState.choices, default=ReferenceState.ASKED
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = person()
    expires_at = models.DateTimeField(null=True, blank=True)
    draft = EncryptedTextField(blank=True)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField("no longer open since", null=True, blank=True)
    refused_why = EncryptedTextField("why they cannot give one", blank=True)
    stopped_by = person()
    stopped_why = EncryptedTextField("why it was stopped", blank=True)
    is_acceptable = models.BooleanField(null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = person()
    judged_why = EncryptedTextField("why it is not acceptable", blank=True)

    objects = ReferenceRequestQuerySet.as_manager()

    class Meta:
        ordering = ["referee__position", "pk"]
        permissions = [
            ("ask_reference", "Can ask for references, correct a referee and stop a request"),
            ("accept_reference", "Can say whether a reference is acceptable"),
            ("explain_discrepancy", "Can explain where an application and a reference differ"),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(state=ReferenceState.ASKED),
                name="reference_request_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["referee"],
                condition=~Q(state__in=[ReferenceState.STOPPED, ReferenceState.REFUSED])
                & (Q(is_acceptable__isnull=True) | Q(is_acceptable=True)),
                name="referee_asked_once_at_a_time",
                violation_error_message="This referee has been asked already.",
            ),
            models.CheckConstraint(
                condition=Q(state=ReferenceState.ASKED, ended_at__isnull=True)
                | ~Q(state=ReferenceState.ASKED) & Q(ended_at__isnull=False),
                name="reference_request_ended_at_when_ended",
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=False, expires_at__isnull=False)
                | Q(asked_at__isnull=True, expires_at__isnull=True, state=ReferenceState.OUTSIDE),
                name="reference_request_asked_and_expires",
            ),
            models.CheckConstraint(
                condition=Q(is_acceptable__isnull=True, judged_at__isnull=True)
                | Q(
                    is_acceptable__isnull=False,
                    judged_at__isnull=False,
                    judged_by__isnull=False,
                    state__in=sorted(WITH_REFERENCE),
                ),
                name="reference_judged_by_a_person",
            ),
        ]

    def __str__(self):
        return f"Reference {self.pk} of {self.application}"

    @property
    def is_open(self):
        return self.state == ReferenceState.ASKED

    def is_expired(self, now):
        return self.is_open and self.expires_at <= now


class ReferenceLetter(models.Model):
    """A link that a referee was sent: only a hash of its token is kept. `ended_at` is when it stopped working.

    A reminder names the letter it reminds of, which no other reminder can. Its link works beside the
    first, so that what somebody is writing is not lost.
    """

    request = models.ForeignKey(ReferenceRequest, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = person()
    ended_at = models.DateTimeField(null=True, blank=True)
    reminds_of = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="reminder"
    )

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=LetterKind.REMINDER, reminds_of__isnull=False)
                | ~Q(kind=LetterKind.REMINDER) & Q(reminds_of__isnull=True),
                name="reference_reminder_reminds_of_a_letter",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.sent_at:%d %B %Y}"


class RefereeChange(models.Model):
    """How a referee was named and reached before somebody changed it, and why they did."""

    referee = models.ForeignKey(Referee, on_delete=models.CASCADE, related_name="changes")
    name_before = EncryptedTextField()
    email_before = EncryptedTextField()
    reason = EncryptedTextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = person()

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self):
        return f"Change {self.pk} of referee {self.referee_id}"


class Reference(models.Model):
    """What a referee told us. Health and absence are not asked for (Equality Act 2010, section 60).

    A question answered with yes or no holds "yes", "no" or nothing. `answered_at` is when they sent it;
    for one that came outside the portal `received_on` is the day, `taken_how` the way and `taken_by` who
    of HR wrote it down.
    """

    request = models.OneToOneField(
        ReferenceRequest, on_delete=models.CASCADE, related_name="reference"
    )
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    known_how = EncryptedTextField("how they know the applicant, and for how long", blank=True)
    job_title = EncryptedTextField("job title or course", blank=True)
    began_on = models.DateField("first month", null=True, blank=True)
    ended_on = models.DateField("last month", null=True, blank=True)
    is_present = models.BooleanField("still works or studies there", null=True, blank=True)
    reason_for_leaving = EncryptedTextField(blank=True)
    would_employ_again = EncryptedTextField("would employ them again", blank=True)
    not_again_why = EncryptedTextField("why not", blank=True)
    performance = EncryptedTextField("how they did the work", blank=True)
    has_disciplinary = EncryptedTextField("disciplinary action that still counts", blank=True)
    disciplinary = EncryptedTextField("what it was about", blank=True)
    has_concern = EncryptedTextField(
        "a concern about them and children or adults at risk", blank=True
    )
    concern = EncryptedTextField("what the concern is", blank=True)
    has_allegation = EncryptedTextField("an allegation that was substantiated", blank=True)
    allegation = EncryptedTextField("what was found", blank=True)
    anything_else = EncryptedTextField(blank=True)
    given_by = EncryptedTextField("name of who answers")
    given_as = EncryptedTextField("their position", blank=True)
    is_true = models.BooleanField("they said that it is true and complete")
    answered_at = models.DateTimeField(default=timezone.now)
    received_on = models.DateField(null=True, blank=True)
    taken_how = models.CharField(max_length=5, choices=TakenHow.choices, blank=True)
    taken_by = person()

    class Meta:
        ordering = ["answered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(began_on__isnull=True) | Q(began_on__day=1))
                & (Q(ended_on__isnull=True) | Q(ended_on__day=1)),
                name="reference_is_dated_by_month",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="reference_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(taken_how="", taken_by__isnull=True, received_on__isnull=True)
                | ~Q(taken_how="") & Q(taken_by__isnull=False, received_on__isnull=False),
                name="reference_taken_down_how_by_and_on",
            ),
        ]

    def __str__(self):
        return f"Reference {self.pk}"


class Discrepancy(models.Model):
    """Something in which an application and a reference differ, and the explanation that closed it.

    `reference` is empty for months that nobody accounts for. `key` says what it is about, so that it is
    listed once.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="discrepancies"
    )
    reference = models.ForeignKey(
        Reference,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="discrepancies",
    )
    kind = models.CharField(max_length=20, choices=DiscrepancyKind.choices)
    key = models.CharField(max_length=80, editable=False)
    began_on = models.DateField("first month", null=True, blank=True)
    ended_on = models.DateField("last month", null=True, blank=True)
    application_says = EncryptedTextField(blank=True)
    reference_says = EncryptedTextField(blank=True)
    found_at = models.DateTimeField(default=timezone.now)
    explanation = EncryptedTextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = person()

    class Meta:
        ordering = ["closed_at", "began_on", "pk"]
        verbose_name_plural = "discrepancies"
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="discrepancy_listed_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, explanation="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(explanation=""),
                name="discrepancy_closed_by_with_explanation",
            ),
        ]

    def __str__(self):
        return f"Discrepancy {self.pk}"
