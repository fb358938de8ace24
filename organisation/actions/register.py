"""Reading a list into the staff register: the check of every row, and what is then done of it.

A list is checked while HR waits, and imported by a worker, each row in a transaction of its own: a
worker that is stopped loses one row at most, and the next one goes on from there.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from notifications.waking import tell_a_worker
from organisation import rules
from organisation.actions.register_rows import import_row
from organisation.models import RegisterImport, RegisterKind, RegisterRow, StaffMember
from organisation.register.absence import AbsenceJudge
from organisation.register.cells import employee_number_of
from organisation.register.columns import open_register
from organisation.register.staff import StaffJudge
from organisation.sheets.files import check_sheet, plain_name
from organisation.states import GOOD_OUTCOMES, RegisterEvent, RegisterState

TASK = "organisation.tasks.work_on_register_imports"
BUSY_FOR = timedelta(minutes=2)
ROWS_A_SIGN_OF_LIFE = 50
MOST_ATTEMPTS = 5
GIVEN_UP = "Importing the list failed again and again. Split it in two and try again."
NOT_ALLOWED = "The person who started this import may not import the register any more."


@transaction.atomic
def upload_register(*, file, kind, by):
    """Check every row of an uploaded list against the register, keep what was found, and return it.

    Nothing of the register changes yet. Raises PermissionDenied when `by` may not, and UnfitFile with
    words for the person; nothing is stored then.
    """
    _require(by)
    sheet = open_register(file, check_sheet(file), kind)
    run = RegisterImport.objects.create(
        kind=kind, original_name=plain_name(file.name), uploaded_by=by
    )
    rows = [
        RegisterRow(
            run=run,
            number=number,
            cells=cells,
            employee_number=employee_number_of(cells)[:20],
        )
        for number, cells in sheet.rows()
    ]
    for judgement in _judge(kind, rows):
        _note(judgement)
    RegisterRow.objects.bulk_create(rows, batch_size=1000)
    run.unknown_columns = sheet.unknown[:50]
    run.save(update_fields=["unknown_columns"])
    audit.record(RegisterEvent.REGISTER_FILE_CHECKED, run, by=by, kind=kind, rows=len(rows))
    return run


@transaction.atomic
def begin_register_import(*, run, by):
    """Have a worker import the good rows of a checked list.

    Raises PermissionDenied when `by` may not, and InvalidTransition when it is not waiting for that.
    """
    run = RegisterImport.objects.select_for_update().get(pk=run.pk)
    _require(by)
    run.move_to(RegisterState.APPLYING)
    run.applied_by = by
    run.save(update_fields=["state", "applied_by"])
    audit.record(RegisterEvent.REGISTER_IMPORT_BEGUN, run, by=by)
    transaction.on_commit(lambda: tell_a_worker(TASK), robust=True)
    return run


def work_on_register_imports(*, now):
    """Go on with every import that waits for a worker at the moment `now`. Safe to run at any time."""
    for run in RegisterImport.objects.to_work_on(now):
        taken = _take(run, now)
        if taken and _import_rows(taken):
            _finish(taken)


@transaction.atomic
def _take(run, now):
    """Take an import for this worker and return it, or None when another was quicker."""
    waiting = RegisterImport.objects.to_work_on(now).select_for_update(
        skip_locked=True, of=["self"]
    )
    taken = waiting.filter(pk=run.pk).first()
    if taken is None:
        return None
    taken.attempts += 1
    if taken.attempts > MOST_ATTEMPTS:
        return _stop(taken, GIVEN_UP)
    if not rules.can_import_register(taken.applied_by):
        return _stop(taken, NOT_ALLOWED)
    taken.busy_until = timezone.now() + BUSY_FOR
    taken.save(update_fields=["attempts", "busy_until"])
    return taken


def _import_rows(run):
    """Import what is still to do as things stand now. Returns whether the import is still ours."""
    to_do = list(run.rows.to_do())
    for done, judgement in enumerate(_judge(run.kind, to_do)):
        if done % ROWS_A_SIGN_OF_LIFE == 0 and not _still_ours(run):
            return False
        _note(judgement)
        if judgement.outcome in GOOD_OUTCOMES:
            import_row(judgement=judgement, kind=run.kind, by=run.applied_by)
        _note(judgement)
        judgement.row.save(update_fields=["outcome", "problems", "changes", "done_at"])
    return _still_ours(run)


def _still_ours(run):
    """Keep the import for this worker a while longer, unless another has gone on with it."""
    until = timezone.now() + BUSY_FOR
    ours = RegisterImport.objects.filter(pk=run.pk, busy_until=run.busy_until)
    if not ours.update(busy_until=until, attempts=0):
        return False
    run.busy_until = until
    return True


def _judge(kind, rows):
    judge = StaffJudge(timezone.localdate()) if kind == RegisterKind.STAFF else AbsenceJudge()
    return judge.judge(rows)


def _note(judgement):
    row = judgement.row
    row.outcome = judgement.outcome
    row.problems = [problem.as_json() for problem in judgement.problems]
    row.changes = judgement.changes


@transaction.atomic
def _finish(run):
    run.move_to(RegisterState.APPLIED)
    run.applied_at, run.busy_until = timezone.now(), None
    run.save()
    audit.record(RegisterEvent.REGISTER_IMPORT_FINISHED, run, by=run.applied_by, rows=run.counts())


def _stop(run, words):
    run.move_to(RegisterState.FAILED)
    run.failure, run.busy_until = words, None
    run.save()


def delete_register_imports_past_their_time(*, now):
    """Delete lists and their rows that were kept long enough. Returns how many."""
    return carry_out("register_import", on=timezone.localdate(now))


@transaction.atomic
def delete_register_import(run):
    """Delete a list with its rows."""
    audit.record(RegisterEvent.REGISTER_IMPORT_DELETED, run, by=None)
    run.delete()


def forget_rows_of(*, person):
    """Delete the rows that name a person who is erased. Returns how many went."""
    numbers = StaffMember.objects.filter(user=person).values("employee_number")
    rows = RegisterRow.objects.filter(employee_number__in=numbers)
    rows |= RegisterRow.objects.filter(cells__email__iexact=person.email)
    deleted, _ = rows.delete()
    return deleted


def _require(user):
    if not rules.can_import_register(user):
        raise PermissionDenied("You cannot import the staff register.")
