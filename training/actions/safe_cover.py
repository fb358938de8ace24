"""What giving somebody else a place asks about their team: enough qualified people, or a reason."""

from django.db import connection

from training.exceptions import BelowSafeCover
from training.models import Override
from training.queries import half_days_short_without
from training.states import OverrideKind

# The first of the two numbers by which Postgres tells our lock on a team from others.
COVER_OF_A_TEAM = 7_301_004


def refuse_below_cover(session, person, reason):
    """Raise BelowSafeCover when the person's team falls below its minimum and no `reason` is given.

    Returns the half days that fall below it. Asked for one person of a team at a time, after the
    locks of `training.actions.places`, so that two who decide at once cannot both find enough people.
    """
    lock_cover_of(person)
    half_days = half_days_short_without(person, session)
    if half_days and not reason.strip():
        raise BelowSafeCover(person, half_days)
    return half_days


def lock_cover_of(person):
    """Keep others from asking about the person's team until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, team_id::int) "
            "FROM organisation_staffmember WHERE user_id = %s",
            [COVER_OF_A_TEAM, person.pk],
        )


def keep_cover_override(booking, half_days, reason, by):
    """Keep why a place was given though it leaves the team below its minimum, if it does."""
    if half_days:
        Override.objects.create(
            booking=booking, kind=OverrideKind.COVER, reason=reason.strip(), made_by=by
        )
