"""What interviewers gave an applicant, what was proposed and decided, and the reserve list.

All of it is personal data of the applicant: it is given to them who ask, and goes with the application.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from applications.models.applications import Application
from applications.models.interviews import InterviewQuestion, InterviewRound
from applications.models.panels import PanelMember
from applications.models.scores import (
    FINAL_ONCE_ANSWERED,
    FOUR_AT_MOST,
    Decided,
    Points,
    Sheet,
    decision_constraints,
)
from applications.states import InterviewOutcome, ReserveEnded


class InterviewSheet(Sheet):
    """What one interviewer gives one applicant in one round: a draft until `sent_at`, then locked."""

    member = models.ForeignKey(
        PanelMember, on_delete=models.CASCADE, related_name="interview_sheets"
    )
    round = models.ForeignKey(InterviewRound, on_delete=models.CASCADE, related_name="sheets")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="interview_sheets"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "round", "application"],
                name="interview_sheet_once_an_application",
            )
        ]

    def __str__(self):
        return f"Interview of {self.application.code}"

    def new_score(self, question):
        return InterviewScore(sheet=self, question_id=question)


class InterviewScore(Points):
    """The points for the answer to one question, 0 to 4, and what was noted for them."""

    sheet = models.ForeignKey(InterviewSheet, on_delete=models.CASCADE, related_name="scores")
    question = models.ForeignKey(InterviewQuestion, on_delete=models.PROTECT, related_name="scores")

    class Meta:
        ordering = ["question__position", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "question"], name="interview_score_once_a_question"
            ),
            models.CheckConstraint(condition=FOUR_AT_MOST, name="interview_score_four_at_most"),
            models.CheckConstraint(
                condition=FINAL_ONCE_ANSWERED, name="interview_score_final_once_answered"
            ),
        ]

    def __str__(self):
        return f"{self.question}: {self.counted}"

    @property
    def subject_id(self):
        return self.question_id


class InterviewSheetReopening(models.Model):
    """That HR gave a sheet back to its writer, why, and what it said until then, by question."""

    sheet = models.ForeignKey(InterviewSheet, on_delete=models.CASCADE, related_name="reopenings")
    reason = models.CharField(max_length=300)
    points = models.JSONField()
    reopened_at = models.DateTimeField(default=timezone.now)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["reopened_at", "pk"]

    def __str__(self):
        return f"{self.sheet} reopened"


class InterviewDecision(Decided):
    """What the lead proposed after the interviews and what HR decided, with who, when and why.

    To be offered and on the reserve list leave the application where it is, in interview: an offer is made
    by itself, and a reserve is an applicant for as long as the list is kept. Not successful ends it.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="interview_decisions"
    )
    outcome = models.CharField(max_length=10, choices=InterviewOutcome.choices)
    proposed_outcome = models.CharField(max_length=10, choices=InterviewOutcome.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = decision_constraints("interview", InterviewOutcome.NOT_TAKEN)

    def __str__(self):
        return f"{self.application.code}: {self.get_outcome_display()}"


class ReserveListQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(ended_at__isnull=True)


class ReserveListEntry(models.Model):
    """That somebody could be appointed if a place comes free, until `expires_on`, and why that ended.

    The application stays in interview meanwhile and after: nobody is turned down by a date. Who is on the
    list has been told so, and is nobody without an answer when the vacancy is filled.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="reserve_entries"
    )
    decision = models.ForeignKey(
        InterviewDecision, on_delete=models.CASCADE, related_name="reserve_entries"
    )
    expires_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    entered_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=10, choices=ReserveEnded.choices, blank=True)

    objects = ReserveListQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "reserve list entries"
        ordering = ["expires_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(ended_at__isnull=True),
                name="on_the_reserve_list_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | Q(ended_at__isnull=False) & ~Q(ended_because=""),
                name="reserve_ended_at_and_why_together",
            ),
        ]

    def __str__(self):
        return f"{self.application} on the reserve list until {self.expires_on}"
