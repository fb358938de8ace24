"""Holding what must be kept for now, and letting it go again."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.exceptions import HeldAlready
from accounts.models import LegalHold, User
from accounts.states import AccountEvent

MAY_HOLD = "accounts.place_legalhold"


@transaction.atomic
def place_hold(*, person, reason, review_on, by, thing=None):
    """Keep everything about a person, or one `thing` of theirs such as an application, until released.

    Raises PermissionDenied without the permission, HeldAlready when the same is held.
    """
    if not by.has_perm(MAY_HOLD):
        raise PermissionDenied("You cannot hold what must be kept.")
    # Erasing locks the person, and a deletion its row: what is under way is done before the hold or not
    # at all.
    User.objects.select_for_update().get(pk=person.pk)
    label = key = ""
    if thing is not None:
        label, key = thing._meta.label, str(thing.pk)
        apps.get_model(label).objects.select_for_update(of=["self"]).get(pk=thing.pk)
    if LegalHold.objects.in_force().filter(person=person, thing_type=label, thing_id=key).exists():
        raise HeldAlready
    hold = LegalHold.objects.create(
        person=person,
        thing_type=label,
        thing_id=key,
        reason=reason,
        review_on=review_on,
        held_by=by,
    )
    facts = {"review_on": review_on.isoformat()}
    audit.record(AccountEvent.LEGAL_HOLD_PLACED, thing or person, by=by, **facts)
    return hold


@transaction.atomic
def release_hold(*, hold, reason, by):
    """Let what was held go its way again: the next run may delete it. Repeating it does nothing.

    Raises PermissionDenied without the permission.
    """
    if not by.has_perm(MAY_HOLD):
        raise PermissionDenied("You cannot release a hold.")
    hold = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if hold.is_in_force:
        hold.released_at = timezone.now()
        hold.released_by = by
        hold.release_reason = reason
        hold.save(update_fields=["released_at", "released_by", "release_reason"])
        audit.record(AccountEvent.LEGAL_HOLD_RELEASED, hold, by=by)
    return hold
