"""What is held, and so must stay."""

from django.db.models import Q

from accounts.models import LegalHold


def is_held(person, thing=None):
    """Say whether everything about a person is held, or this one `thing`; without one, anything of theirs."""
    holds = LegalHold.objects.in_force().filter(person=person)
    if thing is not None:
        label = thing._meta.label
        holds = holds.filter(Q(thing_type="") | Q(thing_type=label, thing_id=str(thing.pk)))
    return holds.exists()


def without_held(rows, *, person="", mailbox="", thing=("", "")):
    """Return the rows that no hold keeps: see `registries.Keeping` for the ways to what they are about."""
    if person:
        rows = rows.exclude(**{f"{person}__in": LegalHold.objects.people()})
    if mailbox:
        rows = rows.exclude(**{f"{mailbox}__in": LegalHold.objects.mailboxes()})
    label, way = thing
    return rows.exclude(**{f"{way}__in": LegalHold.objects.things(label)}) if label else rows
