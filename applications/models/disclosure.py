"""What shortlisted applicants tell of a criminal record, what is made of it, and the online search."""

import json

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.fields import EncryptedTextField
from accounts.states import MovesThroughStates
from applications.models.applications import Application
from applications.states import (
    ASSESSMENT_TRANSITIONS,
    DECLARATION_TRANSITIONS,
    SEARCH_TRANSITIONS,
    AssessmentAbout,
    AssessmentOutcome,
    AssessmentState,
    DeclarationState,
    SearchOutcome,
    SearchState,
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

    `matters_text` holds a list of matters as JSON.
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


class RiskAssessment(MovesThroughStates, DestroyedInTime):
    """What the two readers make of something that was told or found, with the applicant's reply.

    One reader writes, the applicant reads the `summary` and may reply until `reply_by`, one reader
    proposes and the other signs. HR sees the outcome and the `sentence` alone, the panel nothing.
    """

    TRANSITIONS = ASSESSMENT_TRANSITIONS
    ENDED_STATE = AssessmentState.ENDED
    WORDS = ["notes_text", "summary", "reply", "reason", "measures", "sentence"]

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="risk_assessments"
    )
    about = models.CharField(max_length=11, choices=AssessmentAbout.choices)
    state = models.CharField(
        max_length=8, choices=AssessmentState.choices, default=AssessmentState.BEGUN
    )
    version = models.PositiveIntegerField(default=0)
    notes_text = EncryptedTextField("what each factor comes to", blank=True)
    summary = EncryptedTextField("what the applicant reads", blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    reply_by = models.DateField("the applicant may reply until", null=True, blank=True)
    reply = EncryptedTextField("what the applicant replied", blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=13, choices=AssessmentOutcome.choices, blank=True)
    reason = EncryptedTextField(blank=True)
    measures = EncryptedTextField(blank=True)
    sentence = EncryptedTextField("the sentence for the applicant", blank=True)
    review_on = models.DateField(null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    decided_at = models.DateTimeField("second signature at", null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(
                    state__in=[
                        AssessmentState.BEGUN,
                        AssessmentState.SHARED,
                        AssessmentState.PROPOSED,
                    ]
                ),
                name="one_open_assessment_an_application",
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True, shared_by__isnull=True, reply_by__isnull=True)
                | Q(shared_at__isnull=False, shared_by__isnull=False, reply_by__isnull=False),
                name="assessment_shared_all_or_none",
            ),
            models.CheckConstraint(
                condition=Q(proposed_at__isnull=True, proposed_by__isnull=True, outcome="")
                | Q(proposed_at__isnull=False, proposed_by__isnull=False) & ~Q(outcome=""),
                name="assessment_proposal_all_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.DECIDED)
                | Q(
                    decided_at__isnull=False,
                    proposed_by__isnull=False,
                    review_on__isnull=False,
                )
                & ~Q(decided_by=F("proposed_by"))
                & Q(decided_by__isnull=False),
                name="assessment_decided_by_two",
                violation_error_message="Two people sign a decision.",
            ),
        ]

    def __str__(self):
        return f"Risk assessment {self.pk} of {self.application.reference}"

    @property
    def notes(self):
        """What each factor of settings.DISCLOSURE_FACTORS comes to, by its name."""
        return json.loads(self.notes_text) if self.notes_text else {}

    @notes.setter
    def notes(self, notes):
        self.notes_text = json.dumps(notes) if notes else ""

    def can_be_replied_to(self, on):
        """Say whether the applicant can reply on the date `on`: once, in time, and before anybody signs."""
        return (
            self.state == AssessmentState.SHARED
            and self.replied_at is None
            and self.destroyed_at is None
            and on <= self.reply_by
        )

    def can_be_decided(self, on):
        """A decision waits for the reply, or for its time to be over."""
        return self.state in (AssessmentState.SHARED, AssessmentState.PROPOSED) and (
            self.replied_at is not None or on > self.reply_by
        )


class OnlineSearch(MovesThroughStates, DestroyedInTime):
    """The search online for somebody who is shortlisted: who looked where for what, and what was found.

    It gives no points. The applicant knows beforehand that it is made, reads what was found and may reply.
    """

    TRANSITIONS = SEARCH_TRANSITIONS
    ENDED_STATE = SearchState.ENDED
    WORDS = ["places", "terms", "finding", "reply"]

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="online_search"
    )
    state = models.CharField(max_length=8, choices=SearchState.choices, default=SearchState.DUE)
    due_at = models.DateTimeField(default=timezone.now)
    searched_on = models.DateField(null=True, blank=True)
    places = EncryptedTextField("where was searched", blank=True)
    terms = EncryptedTextField("what was searched for", blank=True)
    outcome = EncryptedTextField(blank=True)
    finding = EncryptedTextField("what was found", blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    reply_by = models.DateField("the applicant may reply until", null=True, blank=True)
    reply = EncryptedTextField("what the applicant replied", blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=SearchState.RECORDED)
                | Q(
                    searched_on__isnull=False,
                    recorded_at__isnull=False,
                    recorded_by__isnull=False,
                ),
                name="online_search_recorded_all_or_none",
            ),
        ]

    def __str__(self):
        return f"Online search for {self.application.reference}"

    @property
    def found_something(self):
        return self.outcome == SearchOutcome.TO_TALK_ABOUT

    def can_be_replied_to(self, on):
        """Say whether the applicant can answer what was found on the date `on`, once."""
        return (
            self.state == SearchState.RECORDED
            and self.found_something
            and self.replied_at is None
            and self.destroyed_at is None
            and on <= self.reply_by
        )
