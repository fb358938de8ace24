import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from accounts.models import User
from training.exceptions import LedgerRefused
from training.models import LedgerEntry, LedgerKind
from training.queries import five_days
from training.rules import can_keep_ledger
from training.states import PromiseEvent


@transaction.atomic
def make_ledger_entry(*, person, on, half_days, kind, by, words="", key=""):
    """Enter what somebody has attended beside the portal's sessions, or correct it, and return the entry.

    `half_days` is 2 for a day; a correction may be negative. The same `key` again returns the entry
    it made before. Raises PermissionDenied, and LedgerRefused for a day that has not come, for none
    at all, or for a correction that takes more than there is.
    """
    if not can_keep_ledger(by):
        raise PermissionDenied("You cannot write in the ledger.")
    return enter_what_was_decided(
        person=person, on=on, half_days=half_days, kind=kind, by=by, words=words, key=key
    )


def enter_what_was_decided(*, person, on, half_days, kind, by, words="", key=""):
    """Make an entry as `make_ledger_entry` does, for an action that has decided that it is due.

    `by` is who brought it about: the person who tells how an outside course went, or the manager who
    confirms. Call it in a transaction.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    made = LedgerEntry.objects.filter(key=key).first() if key else None
    if made:
        return made
    _refuse_what_cannot_be(person, on, half_days, kind)
    entry = LedgerEntry.objects.create(
        person=person,
        on=on,
        half_days=half_days,
        kind=kind,
        words=words,
        key=key or f"by-hand-{uuid.uuid4()}",
        made_by=by,
    )
    audit.record(PromiseEvent.LEDGER_ENTRY_MADE, entry, by=by, half_days=half_days, kind=kind)
    return entry


@transaction.atomic
def import_ledger_entries(*, rows, by):
    """Enter the good rows of a file that was read, and return how many are new.

    `rows` are those that `training.ledger_files.judge` found good. A key that is there already is left as it
    is, so importing a file again changes nothing. Raises PermissionDenied.
    """
    if not can_keep_ledger(by):
        raise PermissionDenied("You cannot write in the ledger.")
    known = set(
        LedgerEntry.objects.filter(key__in=[row.key for row in rows]).values_list("key", flat=True)
    )
    entries = LedgerEntry.objects.bulk_create(
        (
            LedgerEntry(
                person_id=row.member.user_id,
                on=row.on,
                half_days=row.half_days,
                kind=row.kind,
                words=row.words,
                key=row.key,
                made_by=by,
            )
            for row in rows
            if row.key not in known
        ),
        ignore_conflicts=True,
    )
    audit.record(PromiseEvent.LEDGER_IMPORTED, by, by=by, rows=len(entries))
    return len(entries)


def _refuse_what_cannot_be(person, on, half_days, kind):
    if on > timezone.localdate():
        raise LedgerRefused("That day has not come yet. The ledger holds what has been attended.")
    if half_days == 0 or (half_days < 0 and kind != LedgerKind.CORRECTION):
        raise LedgerRefused("Only a correction may take half days away, and none is nothing.")
    if five_days(person, on).attended * 2 + half_days < 0:
        raise LedgerRefused("That takes more half days away than were attended in that year.")


def delete_ledger_entries_kept_long_enough(*, on):
    """Delete the entries whose end date has come by the date `on`, and return how many."""
    return carry_out("ledger", on=on)
