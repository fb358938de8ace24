"""Reading a file of adverts in: the upload, the check of every row, and the adverts made of it.

Each batch of rows is one transaction, so a worker that is stopped loses at most its batch; the next
one goes on from there. A row that is done is never done again.
"""

from datetime import timedelta
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from notifications.waking import tell_a_worker
from organisation.sheets.files import check_sheet, plain_name
from organisation.sheets.problems import Problem, UnfitFile
from vacancies import rules
from vacancies.actions.import_rows import apply_rows
from vacancies.models import ImportRow, ImportRun
from vacancies.models.imports import IMPORT_FOLDER
from vacancies.sheets.adverts import external_reference_of
from vacancies.sheets.judging import Judge
from vacancies.sheets.lookups import Lookups
from vacancies.sheets.reading import open_adverts
from vacancies.states import ImportEvent, ImportState, RowOutcome

TASK = "vacancies.tasks.work_on_imports"
BATCH = 250
BUSY_FOR = timedelta(minutes=2)
MOST_ATTEMPTS = 5
LONGEST_NUMBER = 100
# A file without a row may belong to an upload that is still under way.
ORPHAN_AFTER = timedelta(hours=24)
GIVEN_UP = (
    "Reading the file failed again and again. Split it in two, or save it as CSV, and try again."
)
NOT_ALLOWED = "The person who started this import may not import adverts any more."


@transaction.atomic
def upload_import(*, file, source, by):
    """Keep an uploaded file of adverts and have a worker check every row of it.

    Raises PermissionDenied when `by` may not, and UnfitFile with words for the person; nothing is
    stored then.
    """
    _require(by)
    sheet_format = check_sheet(file)
    open_adverts(file, sheet_format)  # so that wrong columns are told at once
    run = ImportRun(
        source=source.strip(),
        original_name=plain_name(file.name),
        file_format=sheet_format,
        uploaded_by=by,
    )
    file.seek(0)
    run.file.save(file.name, file, save=False)
    run.save()
    audit.record(ImportEvent.FILE_UPLOADED, run, by=by, source=run.source)
    transaction.on_commit(lambda: tell_a_worker(TASK), robust=True)
    return run


@transaction.atomic
def begin_import(*, run, by):
    """Have a worker make the adverts of the good rows of a checked file.

    Raises PermissionDenied when `by` may not, and InvalidTransition when it is not waiting for that.
    """
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    _require(by)
    run.move_to(ImportState.APPLYING)
    run.applied_by, run.rows_done, run.attempts, run.busy_until = by, 0, 0, None
    run.save()
    audit.record(ImportEvent.IMPORT_BEGUN, run, by=by)
    transaction.on_commit(lambda: tell_a_worker(TASK), robust=True)
    return run


def note_export(*, number, file_format, by):
    """Note who took `number` adverts away, and as what: they name people to ring."""
    audit.record(ImportEvent.VACANCIES_EXPORTED, by, by=by, number=number, file_format=file_format)


def work_on_imports(*, now):
    """Go on with every import that waits for a worker at the moment `now`. Safe to run at any time."""
    for run in ImportRun.objects.to_work_on(now):
        if _take(run, now):
            _work_on(run)


@transaction.atomic
def _take(run, now):
    """Take a run for this worker, unless another was quicker. Returns whether it was taken."""
    waiting = ImportRun.objects.to_work_on(now).select_for_update(skip_locked=True)
    taken = waiting.filter(pk=run.pk).first()
    if taken is None:
        return False
    taken.attempts += 1
    if taken.attempts > MOST_ATTEMPTS:
        _fail(taken, GIVEN_UP)
        return False
    taken.busy_until = now + BUSY_FOR
    taken.save(update_fields=["attempts", "busy_until"])
    return True


def _work_on(run):
    run.refresh_from_db()
    try:
        if run.state == ImportState.UPLOADED:
            _check(run)
        else:
            _apply(run)
    except UnfitFile as problem:
        _fail(run, str(problem))
    except PermissionDenied:
        _fail(run, NOT_ALLOWED)


def _check(run):
    """Judge the rows of the file that have not been judged, batch by batch."""
    judge = Judge(source=run.source, by=run.uploaded_by, lookups=Lookups())
    with run.file.open("rb") as file:
        sheet = open_adverts(file, run.file_format)
        rows = islice(sheet.rows(), run.rows_done, None)
        while batch := list(islice(rows, BATCH)):
            if not _check_batch(run, batch, judge):
                return
    _finish_check(run, sheet.unknown)


@transaction.atomic
def _check_batch(run, batch, judge):
    """Judge and keep one batch. Returns False when another worker has gone on with the run."""
    if not _still_ours(run, ImportState.UPLOADED):
        return False
    rows = [
        ImportRow(
            run=run,
            number=number,
            cells=cells,
            external_reference=external_reference_of(cells)[:LONGEST_NUMBER],
        )
        for number, cells in batch
    ]
    judged = judge.judge_rows(rows)
    seen = _seen_before(run, rows)
    for row in rows:
        judgement = judged[row.number]
        row.outcome = judgement.outcome
        row.problems = [problem.as_json() for problem in judgement.advert.problems]
        row.vacancy = judgement.existing
        first = seen.setdefault(row.external_reference, row.number)
        if first != row.number:
            row.outcome = RowOutcome.BAD
            row.problems.append(_repeats(row, first).as_json())
    ImportRow.objects.bulk_create(rows)
    _note_progress(run, len(batch))
    return True


def _seen_before(run, rows):
    numbers = [row.external_reference for row in rows]
    earlier = run.rows.filter(external_reference__in=numbers).order_by("-number")
    return dict(earlier.values_list("external_reference", "number"))


def _repeats(row, first):
    if "external_reference" in row.cells or "reference" in row.cells:
        return Problem("External reference", f"Row {first} has the same number.")
    return Problem(
        "External reference",
        f"Row {first} says the same. If they are two adverts, give each a number of its own.",
    )


@transaction.atomic
def _finish_check(run, unknown):
    if _still_ours(run, ImportState.UPLOADED):
        run.move_to(ImportState.CHECKED)
        run.unknown_columns = unknown[:50]
        run.rows_total = run.rows_done
        run.checked_at = timezone.now()
        run.busy_until = None
        run.save()


def _apply(run):
    """Do what the good rows ask for, batch by batch."""
    judge = Judge(source=run.source, by=run.applied_by, lookups=Lookups())
    while _apply_batch(run, judge):
        pass


@transaction.atomic
def _apply_batch(run, judge):
    """Apply one batch. Returns False when nothing is left or another worker has gone on."""
    if not _still_ours(run, ImportState.APPLYING):
        return False
    _require(run.applied_by)
    waiting = run.rows.filter(outcome__in=[RowOutcome.NEW, RowOutcome.CHANGE], done_at__isnull=True)
    batch = list(waiting.order_by("number")[:BATCH])
    if not batch:
        _finish_import(run)
        return False
    apply_rows(rows=batch, judge=judge, by=run.applied_by)
    _note_progress(run, len(batch))
    return True


def _finish_import(run):
    run.move_to(ImportState.APPLIED)
    run.applied_at = timezone.now()
    run.busy_until = None
    run.save()
    done = {outcome: count["done"] for outcome, count in run.counts().items()}
    audit.record(ImportEvent.IMPORT_FINISHED, run, by=run.applied_by, done=done)


def _still_ours(run, state):
    """Lock the run, and say whether it is where this worker left it."""
    found = ImportRun.objects.select_for_update().filter(
        pk=run.pk, state=state, rows_done=run.rows_done
    )
    return found.exists()


def _note_progress(run, number):
    run.rows_done += number
    run.attempts = 0
    run.busy_until = timezone.now() + BUSY_FOR
    run.save(update_fields=["rows_done", "attempts", "busy_until"])


@transaction.atomic
def _fail(run, words):
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    run.move_to(ImportState.FAILED)
    run.failure = words[:300]
    run.busy_until = None
    run.save()


def delete_imports_past_their_time(*, now):
    """Delete imports, file and rows, that were kept long enough, and lost files.

    Which advert came of which row is kept, so that an import can be repeated. Returns how many went.
    """
    deleted = carry_out("import_file", on=timezone.localdate(now))
    _delete_orphan_files(now)
    return deleted


@transaction.atomic
def delete_import(run):
    """Delete an import with its rows and its file."""
    audit.record(ImportEvent.FILE_DELETED, run, by=None)
    name = run.file.name
    run.delete()
    transaction.on_commit(lambda: default_storage.delete(name), robust=True)


def _delete_orphan_files(now):
    if not default_storage.exists(IMPORT_FOLDER):
        return
    in_use = set(ImportRun.objects.values_list("file", flat=True))
    _, names = default_storage.listdir(IMPORT_FOLDER)
    for name in (f"{IMPORT_FOLDER}/{name}" for name in names):
        old = default_storage.get_modified_time(name) <= now - ORPHAN_AFTER
        if old and name not in in_use:
            default_storage.delete(name)


def _require(user):
    if not rules.can_import_vacancies(user):
        raise PermissionDenied("You cannot import vacancies.")
