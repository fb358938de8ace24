"""A person's own record of CPD. Nobody else reads it, so nothing about it is written in the audit."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import carry_out
from accounts.models import User
from training.exceptions import ChangedElsewhere
from training.models import CPDPiece
from training.rules import may_keep_cpd
from training.states import WAS_THERE


@transaction.atomic
def write_cpd_piece(*, by, one_time_key, booking=None, **words):
    """Begin a piece of CPD and return it. `words` are the other fields of CPDPiece.

    The same key again, or another piece about the same session, returns the piece that is there with
    what is said now. Raises PermissionDenied for who keeps no record or did not attend the session.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    mine = CPDPiece.objects.filter(person=by)
    if not may_keep_cpd(by):
        raise PermissionDenied("You keep no record of CPD here.")
    if booking and (booking.person_id != by.pk or booking.state not in WAS_THERE):
        raise PermissionDenied("You have not attended this session.")
    made = mine.filter(one_time_key=one_time_key).first()
    made = made or (mine.filter(booking=booking).first() if booking else None)
    if made:
        return _save(made, words)
    return CPDPiece.objects.create(person=by, booking=booking, one_time_key=one_time_key, **words)


@transaction.atomic
def change_cpd_piece(*, piece, by, seen_at, **words):
    """Change one's own piece and return it. `seen_at` is when what the person saw had been changed.

    Raises PermissionDenied for somebody else's, and ChangedElsewhere when it says something else by
    now than what the person had before them.
    """
    piece = CPDPiece.objects.select_for_update(no_key=True).get(pk=piece.pk)
    if piece.person_id != by.pk:
        raise PermissionDenied("This is somebody else's.")
    if all(getattr(piece, name) == value for name, value in words.items()):
        return piece  # Sent twice: the second time there is nothing to change.
    if seen_at != piece.changed_at:
        raise ChangedElsewhere
    return _save(piece, words)


def _save(piece, words):
    for name, value in words.items():
        setattr(piece, name, value)
    piece.changed_at = timezone.now()
    piece.save()
    return piece


@transaction.atomic
def say_cpd_entered(*, piece, by, is_entered):
    """Note that the person has entered a piece with the regulator, or that they have not after all."""
    piece = CPDPiece.objects.select_for_update(no_key=True).get(pk=piece.pk, person=by)
    piece.entered_on = timezone.localdate() if is_entered else None
    piece.save(update_fields=["entered_on"])
    return piece


@transaction.atomic
def delete_cpd_piece(*, piece, by):
    """Delete one's own piece for good."""
    CPDPiece.objects.filter(pk=piece.pk, person=by).delete()


def delete_cpd_pieces_kept_long_enough(*, on):
    """Delete the pieces whose end date has come by the date `on`, and return how many."""
    return carry_out("cpd_piece", on=on)
