"""What a panel gave an application, what was proposed and what was decided.

All of it is personal data of the applicant: it is given to them who ask, and goes with the application.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from applications.models.applications import Application
from applications.models.panels import PanelMember
from applications.states import Outcome
from vacancies.models import Criterion


class ScoreSheetQuerySet(models.QuerySet):
    def counting(self):
        """Sheets that were sent and whose writer does not know the applicant."""
        return self.filter(sent_at__isnull=False, voided_at__isnull=True)


FOUR_AT_MOST = (Q(points__isnull=True) | Q(points__lte=4)) & (
    Q(final_points__isnull=True) | Q(final_points__lte=4)
)
FINAL_ONCE_ANSWERED = Q(final_points__isnull=True, answered_at__isnull=True) | Q(
    final_points__isnull=False, answered_at__isnull=False, asked_again_at__isnull=False
)


class Sheet(models.Model):
    """What one member gives one application, at the shortlisting or at an interview.

    A page that was opened at an older `version` is told so. `voided_at` is set when the member says that
    they know the applicant: then it does not count.
    """

    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        abstract = True


class Points(models.Model):
    """Points from 0 to 4, what was noted for them, and a second read where members were far apart.

    `asked_again_at` says when it was asked to be read a second time, and `final_points` and `final_words`
    what came of it. Both points are kept; the final ones count.
    """

    points = models.PositiveSmallIntegerField(null=True, blank=True)
    notes = models.TextField(blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)
    final_points = models.PositiveSmallIntegerField(null=True, blank=True)
    final_words = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def counted(self):
        """The points that count: the final ones where there are some."""
        return self.points if self.final_points is None else self.final_points

    @property
    def waits_for_second_read(self):
        return self.asked_again_at is not None and self.answered_at is None


class ScoreSheet(Sheet):
    """What one member of the panel gives one application: a draft until `sent_at`, then locked."""

    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="sheets")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="score_sheets"
    )

    class Meta:
        ordering = ["pk"]
        permissions = [("reopen_scoresheet", "Can reopen scores that were sent")]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "application"], name="score_sheet_once_an_application"
            ),
        ]

    def __str__(self):
        return f"Scores of {self.application.code}"

    def new_score(self, criterion):
        return Score(sheet=self, criterion_id=criterion)


class Score(Points):
    """The points for one criterion, 0 to 4, and the evidence noted for them."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")

    class Meta:
        ordering = ["-criterion__kind", "criterion__position", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="score_once_a_criterion"),
            models.CheckConstraint(condition=FOUR_AT_MOST, name="score_is_four_at_most"),
            models.CheckConstraint(
                condition=FINAL_ONCE_ANSWERED, name="score_is_final_once_answered"
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.counted}"

    @property
    def subject_id(self):
        return self.criterion_id


class SheetReopening(models.Model):
    """That HR gave a sheet back to its writer, why, and what it said until then.

    `points` holds what was sent, by the key of the criterion: the first points and the final ones.
    """

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="reopenings")
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


class Decided(models.Model):
    """Who proposed and who decided, when and why; `words` is the sentence the applicant reads.

    `reason` is ours. `move` is the step that followed, if one did. An undone one stays.
    """

    words = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    move = models.ForeignKey(
        "applications.ApplicationMove", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_why = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_decided(self):
        return self.decided_at is not None


def decision_constraints(stage, not_taken):
    """Return the constraints of decisions after a `stage`, whose outcome `not_taken` needs its sentence."""
    return [
        models.UniqueConstraint(
            fields=["application"],
            condition=Q(undone_at__isnull=True),
            name=f"one_{stage}_decision_at_a_time",
        ),
        models.CheckConstraint(
            condition=Q(decided_at__isnull=True, decided_by__isnull=True)
            | Q(decided_at__isnull=False, decided_by__isnull=False),
            name=f"{stage}_decided_at_and_by_together",
        ),
        models.CheckConstraint(
            condition=Q(undone_at__isnull=True, undone_by__isnull=True)
            | Q(undone_at__isnull=False, undone_by__isnull=False, decided_at__isnull=False),
            name=f"{stage}_undone_at_and_by_together",
        ),
        models.CheckConstraint(
            condition=~Q(outcome=not_taken) | ~Q(words=""),
            name=f"{stage}_refusal_has_its_words",
            violation_error_message="Write one sentence that the applicant reads.",
        ),
    ]


class ShortlistDecision(Decided):
    """What the lead proposed for an application and what HR decided, with who, when and why.

    `words` is the sentence the applicant reads. `reason` is ours: why it is otherwise than the pass mark,
    a scheme or the panel's proposal. `mark` is the pass mark it was decided at, where there was one. An
    undone one stays; the application then waits for another.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="shortlist_decisions"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    mark = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    proposed_outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        permissions = [("undo_decision", "Can undo a decision of the shortlisting")]
        constraints = decision_constraints("shortlist", Outcome.NOT_TAKEN)

    def __str__(self):
        return f"{self.application.code}: {self.get_outcome_display()}"
