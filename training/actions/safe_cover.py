"""What giving somebody else a place asks about their team: enough qualified people, or a reason."""

from training.exceptions import BelowSafeCover
from training.models import Override
from training.queries import half_days_short_without
from training.states import OverrideKind


def refuse_below_cover(session, person, reason):
    """Raise BelowSafeCover when the person's team falls below its minimum and no `reason` is given.

    Returns the half days that fall below it.
    """
    half_days = half_days_short_without(person, session)
    if half_days and not reason.strip():
        raise BelowSafeCover(person, half_days)
    return half_days


def keep_cover_override(booking, half_days, reason, by):
    """Keep why a place was given though it leaves the team below its minimum, if it does."""
    if half_days:
        Override.objects.create(
            booking=booking, kind=OverrideKind.COVER, reason=reason.strip(), made_by=by
        )
