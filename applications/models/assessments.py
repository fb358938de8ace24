"""What is weighed up of what was told or found: the risk assessment and the search online."""

import json

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.fields import EncryptedTextField
from accounts.states import MovesThroughStates
from applications.models.applications import Application
from applications.models.disclosure import PERSON, DestroyedInTime
from applications.states import (
    ASSESSMENT_TRANSITIONS,
    SEARCH_TRANSITIONS,
    AssessmentAbout,
    AssessmentOutcome,
    AssessmentState,
    SearchOutcome,
    SearchState,
)


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
