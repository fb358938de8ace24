"""What goes when it has been kept long enough, each with its record: who did it, when, and about whom."""

import uuid
from collections import Counter

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from pghistory.models import Context

from accounts.models import DeletionRecord
from accounts.queries import all_keepings, due_and_not_held
from accounts.registries import privacy
from accounts.retention import start_of

BATCH = 1000


def carry_out(name, *, on, by=None, run=None):
    """Delete or blank what is due of one kind on the day `on`, and keep a record of it. Returns how many.

    `name` is that of a registered Keeping, `run` what the records of one run share. What is held stays.
    """
    keeping = all_keepings()[name]
    noted = {"run": run or uuid.uuid4(), "category": name, "as_at": on, "deleted_by": by}
    if keeping.each is None:
        return _in_batches(keeping, noted)
    due = due_and_not_held(keeping, on=on)
    return sum(_one(keeping, pk, noted) for pk in list(due.values_list("pk", flat=True)))


def carry_out_everything(*, on, by=None):
    """Do what `dry_run` shows of the day `on`. Returns how many of each kind went."""
    run = uuid.uuid4()
    done = {name: carry_out(name, on=on, by=by, run=run) for name in all_keepings()}
    delete_contexts_without_history(on=on)
    return done


def delete_history_past_its_time(*, on):
    """Delete rows of history older than each tracked model's `event_retention` on the day `on`.

    What pghistory noted of the requests behind them goes too, once no row of history is left of one.
    Returns how many rows of history went.
    """
    names = [name for name in all_keepings() if name.startswith("history_")]
    deleted = sum(carry_out(name, on=on) for name in names)
    delete_contexts_without_history(on=on)
    return deleted


def delete_contexts_without_history(*, on):
    """Delete what was noted of requests before the day `on` of which no row of history is left."""
    # Not those of today: a request that is under way may still write its history.
    contexts = Context.objects.filter(created_at__lt=start_of(on))
    for model, rule in privacy.items():
        if rule.event_retention is not None:
            history = model.pgh_event_model.objects.filter(pgh_context=OuterRef("pk"))
            contexts = contexts.exclude(Exists(history))
    delete_in_batches(contexts)


def delete_audit_past_its_time(*, on):
    """Delete lines of audit that are past their period on the day `on`. Returns how many went."""
    return carry_out("audit", on=on)


def delete_in_batches(rows, *, size=BATCH):
    """Delete what the queryset `rows` finds, at most `size` rows in a transaction. Returns how many."""
    deleted = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:size]):
        rows.model.objects.filter(pk__in=keys).delete()
        deleted += len(keys)
    return deleted


def _in_batches(keeping, noted):
    deleted = 0
    while number := _batch(keeping, noted):
        deleted += number
    return deleted


@transaction.atomic
def _batch(keeping, noted):
    due = due_and_not_held(keeping, on=noted["as_at"])
    found = list(due.order_by("pk").values_list("pk", *_subject(keeping))[:BATCH])
    if not found:
        return 0
    keeping.batch(due.model.objects.filter(pk__in=[row[0] for row in found]))
    subjects = Counter(row[1] if len(row) > 1 else None for row in found)
    _record(noted, subjects)
    return len(found)


@transaction.atomic
def _one(keeping, pk, noted):
    # Asked again under the lock: the person may have gone on with it, somebody may have put a hold on it,
    # or another run was quicker.
    due = due_and_not_held(keeping, on=noted["as_at"])
    rows = due.model.objects.select_for_update(of=["self"], skip_locked=True)
    row = rows.filter(pk=pk).first()
    if row is None or not due.filter(pk=pk).exists():
        return 0
    subject = due.filter(pk=pk).values_list(*_subject(keeping), flat=True) if keeping.person else ()
    _record(noted, Counter(list(subject) or [None]))
    keeping.each(row)
    return 1


def _subject(keeping):
    return [f"{keeping.person}__pseudonym"] if keeping.person else []


def _record(noted, subjects):
    now = timezone.now()
    DeletionRecord.objects.bulk_create(
        DeletionRecord(subject=subject, number=number, deleted_at=now, **noted)
        for subject, number in subjects.items()
    )
