"""Where the people of a manager stand with their five days."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from accounts.models import AuditEvent, User
from organisation.models import StaffMember, Team
from training.queries.cover import cover_of
from training.queries.five_days import FiveDays, five_days_of
from training.queries.people import people_managed_by
from training.queries.standing import latest_forecasts
from training.states import PromiseEvent

COVER_SHOWN = timedelta(days=13)


@dataclass(frozen=True)
class TeamMember:
    """One person in the year: their FiveDays, a verdict with its colour, and the reason in words."""

    member: StaffMember
    promise: FiveDays
    verdict: str
    colour: str
    reason: str


def team_standing(user, on):
    """Return the TeamMember of everybody `user` manages on a date, by name.

    On track is who has attended or booked what they are promised; of the others the week's forecast
    tells. Who has joined since it was made has none yet.
    """
    members = list(people_managed_by(user, on))
    people = [member.user for member in members]
    promises, forecasts = five_days_of(people, on), latest_forecasts(people, on)
    return [
        _standing(member, promises[member.user_id], forecasts.get(member.user_id))
        for member in members
    ]


def _standing(member, promise, forecast):
    if not promise.left:
        return TeamMember(member, promise, "On track", "green", "All days attended or booked")
    if forecast is None:
        return TeamMember(member, promise, "No forecast yet", "grey", "We forecast each Monday")
    reason = "Enough dates are left" if forecast.is_on_track else forecast.reason_words
    return TeamMember(member, promise, forecast.get_colour_display(), forecast.tag, reason)


def dates_offered_lately(people, at):
    """Return {user id: moment} for those to whom suitable dates were sent within the week."""
    since = at - timedelta(days=settings.DATES_OFFERED_EVERY_DAYS)
    offered = AuditEvent.objects.filter(
        event=PromiseEvent.DATES_OFFERED,
        at__gt=since,
        subject_type=User._meta.label,
        subject_id__in=[str(person.pk) for person in people],
    )
    return {
        int(key): moment for key, moment in offered.order_by("at").values_list("subject_id", "at")
    }


def cover_of_teams_led(user, on):
    """Return the TeamCover of each team that `user` leads, for two weeks from a date on."""
    teams = list(Team.objects.filter(manager__user=user))
    return list(cover_of(teams, on, on + COVER_SHOWN).values()) if teams else []
