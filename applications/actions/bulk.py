"""Several applications at once: chosen, described, looked at, and carried out once, each by itself."""

import logging
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.actions import delete_in_batches
from accounts.retention import kept_since, start_of
from accounts.states import InvalidTransition
from applications.actions.deciding import move_application
from applications.actions.messages import send_message
from applications.exceptions import PreviewIsOld, TooManyChosen, WordsMissing
from applications.models import Application, BulkAction, BulkRow
from applications.placeholders import fill
from applications.rules import hr
from applications.states import (
    BULK_TARGETS,
    ApplicationState,
    BulkEvent,
    BulkKind,
    BulkOutcome,
    BulkState,
)
from notifications.waking import tell_a_worker

logger = logging.getLogger(__name__)
TASK = "applications.tasks.carry_out_bulk_actions"
WENT_WRONG = "Something went wrong on our side. Nothing was changed or sent for this one."


@transaction.atomic
def choose_applications(*, applications, by):
    """Begin a bulk action with a queryset of sent applications. Nothing happens to them yet.

    Raises PermissionDenied, and TooManyChosen above `settings.BULK_MOST_APPLICATIONS`. Returns the
    BulkAction.
    """
    if not hr.can_use_bulk(by):
        raise PermissionDenied("You cannot do this with several applications.")
    most = settings.BULK_MOST_APPLICATIONS
    chosen = list(applications.sent().order_by("pk").values_list("pk", "state")[: most + 1])
    if len(chosen) > most:
        raise TooManyChosen(most)
    bulk = BulkAction.objects.create(made_by=by)
    BulkRow.objects.bulk_create(
        BulkRow(bulk=bulk, application_id=pk, from_state=state) for pk, state in chosen
    )
    return bulk


@transaction.atomic
def describe_bulk(*, bulk, kind, words, by, to_state="", subject="", template=None):
    """Say what a bulk action will do; what it said before goes, and so does the key of that preview.

    Notes the state that each application has now: one that moves afterwards is left alone. Raises
    PermissionDenied for anybody but who began it, PreviewIsOld when it has been confirmed, and
    WordsMissing for a refusal or a message without words.
    """
    bulk = _lock_own(bulk, by)
    if bulk.state != BulkState.PREPARED:
        raise PreviewIsOld
    _refuse_without_words(kind, to_state, subject, words)
    bulk.kind, bulk.words, bulk.template = kind, words, template
    bulk.to_state = to_state if kind == BulkKind.MOVE else ""
    bulk.subject = subject if kind == BulkKind.MESSAGE else ""
    bulk.one_time_key = uuid.uuid4()
    bulk.save()
    rows = list(bulk.rows.select_related("application").only("from_state", "application__state"))
    for row in rows:
        row.from_state = row.application.state
    BulkRow.objects.bulk_update(rows, ["from_state"], batch_size=500)
    return bulk


def _refuse_without_words(kind, to_state, subject, words):
    if kind == BulkKind.MESSAGE and not (subject.strip() and words.strip()):
        raise WordsMissing("Write a subject and the message.")
    if kind == BulkKind.MOVE and to_state not in BULK_TARGETS:
        raise InvalidTransition(f"Nobody is moved to {to_state} together with others.")
    if to_state == ApplicationState.UNSUCCESSFUL and not words.strip():
        raise WordsMissing("Nobody is turned down without words.")


@transaction.atomic
def begin_bulk(*, bulk, one_time_key, by):
    """Confirm the preview that has `one_time_key`. The same key again changes nothing.

    A worker is told; the caller may carry out the first rows itself. Raises PermissionDenied for anybody
    but who began it, and PreviewIsOld when another preview has been made since.
    """
    bulk = _lock_own(bulk, by)
    if str(bulk.one_time_key) != str(one_time_key):
        raise PreviewIsOld
    if bulk.state != BulkState.PREPARED:
        return bulk
    if not bulk.kind:
        raise PreviewIsOld
    bulk.move_to(BulkState.RUNNING)
    bulk.started_at = timezone.now()
    bulk.save(update_fields=["state", "started_at"])
    number = bulk.rows.count()
    audit.record(BulkEvent.BULK_BEGUN, bulk, by=by, what=bulk.kind, number=number)
    transaction.on_commit(_poke_a_worker, robust=True)
    return bulk


def _poke_a_worker():
    tell_a_worker(TASK)


def _lock_own(bulk, by):
    bulk = BulkAction.objects.select_for_update(of=["self"]).get(pk=bulk.pk)
    if bulk.made_by_id != by.pk or not hr.can_use_bulk(by):
        raise PermissionDenied("Somebody else is preparing this.")
    return bulk


def work_on_bulks():
    """Carry out every bulk action that is confirmed. Several workers share one safely."""
    for bulk in BulkAction.objects.to_work_on().select_related("made_by", "template"):
        carry_out_bulk(bulk=bulk)


def carry_out_bulk(*, bulk, most=None):
    """Carry out the rows of a confirmed bulk action that wait, `most` of them, each in a transaction.

    What goes wrong with one is noted beside it, and the others go on.
    """
    waiting = bulk.rows.filter(outcome=BulkOutcome.WAITING).values_list("pk", flat=True)
    for pk in list(waiting[:most]):
        try:
            _carry_out_row(bulk, pk)
        except Exception:
            logger.exception("Row %s of bulk action %s went wrong.", pk, bulk.pk)
            _note(pk, BulkOutcome.FAILED, WENT_WRONG)
    _finish(bulk)


@transaction.atomic
def _carry_out_row(bulk, pk):
    row = _lock_row(pk)
    if row is None:
        return
    # The row of the application is locked once more by the action: the rule is asked on what is there now.
    application = (
        Application.objects.select_for_update(of=["self"])
        .select_related("vacancy__role", "applicant")
        .get(pk=row.application_id)
    )
    why = hr.why_left_out(bulk.made_by, bulk, application, row.from_state)
    if why:
        _store(row, BulkOutcome.LEFT_OUT, why)
        return
    if bulk.kind == BulkKind.MOVE:
        words = fill(bulk.words, application)
        move_application(
            application=application, to_state=bulk.to_state, by=bulk.made_by, words=words
        )
    else:
        send_message(
            application=application,
            subject=bulk.subject,
            words=bulk.words,
            one_time_key=uuid.uuid5(bulk.one_time_key, str(row.pk)),
            by=bulk.made_by,
            template=bulk.template,
        )
    to_ring = not application.applicant.can_be_written_to
    _store(row, BulkOutcome.DONE, hr.NO_ADDRESS if to_ring else "")


def _lock_row(pk):
    """Return a row that waits, locked, or None when another worker has it or it is done."""
    rows = BulkRow.objects.select_for_update(of=["self"], skip_locked=True)
    return rows.filter(pk=pk, outcome=BulkOutcome.WAITING).first()


@transaction.atomic
def _note(pk, outcome, why):
    row = _lock_row(pk)
    if row is not None:
        _store(row, outcome, why)


def _store(row, outcome, why):
    row.outcome, row.why, row.done_at = outcome, why[:200], timezone.now()
    row.save(update_fields=["outcome", "why", "done_at"])


@transaction.atomic
def _finish(bulk):
    bulk = BulkAction.objects.select_for_update(of=["self"]).get(pk=bulk.pk)
    is_over = not bulk.rows.filter(outcome=BulkOutcome.WAITING).exists()
    if bulk.state == BulkState.RUNNING and is_over:
        bulk.move_to(BulkState.DONE)
        bulk.finished_at = timezone.now()
        bulk.save(update_fields=["state", "finished_at"])


def delete_bulks_past_their_time(*, on):
    """Delete bulk actions as old as the oldest application that we keep the words of.

    One that nobody confirmed goes after `settings.BULK_PREPARED_KEPT_DAYS`. Returns how many were deleted.
    """
    since = kept_since("unsuccessful_application", on=on)
    prepared_since = start_of(on - timedelta(days=settings.BULK_PREPARED_KEPT_DAYS))
    return delete_in_batches(
        BulkAction.objects.filter(
            Q(made_at__lt=since) | Q(state=BulkState.PREPARED, made_at__lt=prepared_since)
        )
    )
