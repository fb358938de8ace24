"""What shortlisted applicants tell of a criminal record, what is made of it, and the online search."""

import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.fields import EncryptedTextField
from accounts.states import MovesThroughStates
from applications.models.applications import Application
from applications.states import (
    DECLARATION_TRANSITIONS,
    DeclarationState,
)
from vacancies.models import Vacancy

PERSON = {"null": True, "blank": True, "on_delete": models.PROTECT, "related_name": "+"}


class DisclosureReaderQuerySet(models.QuerySet):
    def serving(self):
        """Those who have not been taken off. Whether they may read is asked of their role too."""
        return self.filter(ended_at__isnull=True)


class DisclosureReader(models.Model):
    """Somebody who alone, with one other, reads what applicants for a vacancy tell of a criminal record.

    HR names them. Each has one of the `place`s, so there are never more than settings.DISCLOSURE_READERS;
    none is on the panel of the vacancy, which naming and the panel check under the same lock.
    """

    vacancy = models.ForeignKey(
        Vacancy, on_delete=models.CASCADE, related_name="disclosure_readers"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="disclosures_read"
    )
    place = models.PositiveSmallIntegerField()
    job_title = models.CharField("what they do here", max_length=100)
    named_at = models.DateTimeField(default=timezone.now)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DisclosureReaderQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        permissions = [("manage_disclosure", "Can name who reads self-declarations")]
        constraints = [
            models.CheckConstraint(
                condition=Q(place__range=(1, settings.DISCLOSURE_READERS)),
                name="disclosure_reader_has_a_place",
                violation_error_message="There are two readers.",
            ),
            models.UniqueConstraint(
                fields=["vacancy", "place"],
                condition=Q(ended_at__isnull=True),
                name="disclosure_reader_one_a_place",
            ),
            models.UniqueConstraint(
                fields=["vacancy", "person"],
                condition=Q(ended_at__isnull=True),
                name="disclosure_reader_once_a_vacancy",
            ),
        ]

    def __str__(self):
        return f"{self.person} reads self-declarations for {self.vacancy.reference}"


class DestroyedInTimeQuerySet(models.QuerySet):
    def past_their_time(self, on):
        """Those whose words should be gone on the date `on`."""
        return self.filter(destroyed_at__isnull=True, destroy_on__lte=on)


class DestroyedInTime(models.Model):
    """Something whose words go on the date `destroy_on`, which each step with it puts off.

    What stays are the reference, the dates and the outcome. There is no date while nothing is told.
    """

    destroy_on = models.DateField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    objects = DestroyedInTimeQuerySet.as_manager()

    class Meta:
        abstract = True


class Declaration(MovesThroughStates, DestroyedInTime):
    """That an applicant was asked for a self-declaration, and how far it has come.

    `told_of_search_at` is when they heard that a search online is made. What they say is in the versions;
    `version` counts how often anything was saved, so that two tabs do not overwrite each other.
    """

    TRANSITIONS = DECLARATION_TRANSITIONS
    ENDED_STATE = DeclarationState.ENDED

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="declaration"
    )
    state = models.CharField(
        max_length=5, choices=DeclarationState.choices, default=DeclarationState.ASKED
    )
    version = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    told_of_search_at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False, sent_at__isnull=False),
                name="declaration_read_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DeclarationState.SENT, DeclarationState.READ])
                | Q(sent_at__isnull=False),
                name="declaration_sent_at_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(state=DeclarationState.ENDED) & Q(ended_at__isnull=False)
                | ~Q(state=DeclarationState.ENDED) & Q(ended_at__isnull=True),
                name="declaration_ended_at_when_ended",
            ),
        ]

    def __str__(self):
        return f"Self-declaration of {self.application.reference}"

    @property
    def latest_sent(self):
        """The version that counts, or None while nothing has been sent."""
        return self.versions.filter(sent_at__isnull=False).last()

    @property
    def unsent(self):
        """The version being written, or None."""
        return self.versions.filter(sent_at__isnull=True).first()


class DeclarationVersion(models.Model):
    """What an applicant declares: encrypted field by field, that there is nothing to tell as well.

    `matters_text` holds a list of matters as JSON. `taken_down_by` is the reader who wrote down what the
    applicant said, where they have no page of their own.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    anything = EncryptedTextField("whether there is something to tell", blank=True)
    matters_text = EncryptedTextField("what there is to tell", blank=True)
    barred = EncryptedTextField("whether on the children's barred list", blank=True)
    safeguarding = EncryptedTextField("whether there is a safeguarding matter", blank=True)
    safeguarding_words = EncryptedTextField("the safeguarding matter", blank=True)
    saved_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    taken_down_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "number"], name="declaration_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["declaration"],
                condition=Q(sent_at__isnull=True),
                name="declaration_has_one_unsent_version",
            ),
        ]

    def __str__(self):
        return f"Version {self.number} of {self.declaration}"

    @property
    def matters(self):
        """The matters told: a list of dicts with `what`, `when`, `outcome` and `since`."""
        return json.loads(self.matters_text) if self.matters_text else []

    @matters.setter
    def matters(self, matters):
        self.matters_text = json.dumps(matters) if matters else ""

    @property
    def has_something_to_tell(self):
        return "yes" in (self.anything, self.barred, self.safeguarding)
