"""Files of adverts that HR reads in: the file, its rows, and which advert came of which row."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from accounts.states import MovesThroughStates
from organisation.sheets.files import SheetFormat
from vacancies.models.vacancies import Vacancy
from vacancies.states import IMPORT_TRANSITIONS, ImportState, RowOutcome

IMPORT_FOLDER = "imports"


def random_place(run, filename):
    """Return where a file is stored: a random name that says nothing of it."""
    return f"{IMPORT_FOLDER}/{uuid.uuid4().hex}"


class ImportRunQuerySet(models.QuerySet):
    def to_work_on(self, now):
        """Those a worker has something to do for, to check or to apply, and none is at by `now`."""
        waiting = self.filter(state__in=[ImportState.UPLOADED, ImportState.APPLYING])
        return waiting.filter(Q(busy_until__isnull=True) | Q(busy_until__lt=now)).order_by("pk")


class ImportRun(MovesThroughStates, models.Model):
    """One file of adverts, from the upload over the check of every row to the adverts it made.

    `source` names where the file comes from: rows are told apart by their number there. `rows_total`
    is known once the file has been read to its end; `rows_done` counts rows checked, then rows
    applied. A worker has a run for itself until `busy_until`, which each batch moves on. `attempts`
    counts beginnings without progress: a file that stops workers is given up.
    """

    TRANSITIONS = IMPORT_TRANSITIONS

    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED, editable=False
    )
    source = models.CharField("where it comes from", max_length=60)
    original_name = models.CharField("name of the file", max_length=150)
    file = models.FileField(upload_to=random_place)
    file_format = models.CharField(max_length=4, choices=SheetFormat.choices)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    unknown_columns = models.JSONField(default=list, blank=True)
    rows_total = models.PositiveIntegerField(null=True, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    busy_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField("why it failed", max_length=300, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ImportState.FAILED) & ~Q(failure="")
                | ~Q(state=ImportState.FAILED) & Q(failure=""),
                name="import_failed_for_a_reason",
            )
        ]

    def __str__(self):
        return f"{self.original_name} from {self.source}"

    def counts(self):
        """Return how many rows there are of each outcome, and how many of them are `done`."""
        found = self.rows.values("outcome").annotate(number=Count("pk"), done=Count("done_at"))
        counts = {outcome.value: {"number": 0, "done": 0} for outcome in RowOutcome}
        return counts | {row["outcome"]: row for row in found}


class ImportRow(models.Model):
    """One row of a file: its `number` there, its cells as text by column, and what becomes of it."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    external_reference = models.CharField(max_length=100)
    outcome = models.CharField(max_length=6, choices=RowOutcome.choices)
    problems = models.JSONField(default=list)
    vacancy = models.ForeignKey(
        Vacancy, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["run", "external_reference"], name="import_row_reference")]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_row_once_a_file")
        ]

    def __str__(self):
        return f"Row {self.number}"


class ImportedVacancy(models.Model):
    """Which advert came of which row of which source, so that a second import makes none again."""

    source = models.CharField(max_length=60)
    external_reference = models.CharField(max_length=100)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="imported_from")

    class Meta:
        verbose_name_plural = "imported vacancies"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_reference"], name="imported_once_from_a_source"
            )
        ]

    def __str__(self):
        return f"{self.source}: {self.external_reference}"
