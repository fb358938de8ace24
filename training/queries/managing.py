"""What waits for managers: for one on their page, and for all of them in the daily mail."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings

from training.models import AttendedElsewhere, Booking, Nomination, OutsideCourse
from training.queries.approvers import Approvers, bookings_to_decide, open_to_managers
from training.queries.near import managed_by
from training.queries.outside import (
    attended_open_to_managers,
    attended_to_decide,
    outside_open_to_managers,
    outside_to_decide,
)
from training.states import BookingState, NominationState


@dataclass
class Waiting:
    """What waits for one manager: bookings to approve or object to, and offers that lapse soon.

    `outside` are outside courses to decide about, `attended` what was attended elsewhere, to confirm.
    `decided` are the nominations they made that were decided lately: news, which waits for nothing.
    """

    to_approve: list = field(default_factory=list)
    to_object_to: list = field(default_factory=list)
    offers: list = field(default_factory=list)
    outside: list = field(default_factory=list)
    attended: list = field(default_factory=list)
    decided: list = field(default_factory=list)

    @property
    def number(self):
        everything = (self.to_approve, self.to_object_to, self.offers, self.outside, self.attended)
        return sum(len(rows) for rows in everything)

    def put(self, row):
        """Put a row among those of its kind."""
        if isinstance(row, OutsideCourse):
            self.outside.append(row)
        elif isinstance(row, AttendedElsewhere):
            self.attended.append(row)
        else:
            held = row.state == BookingState.HELD
            (self.to_approve if held else self.to_object_to).append(row)


def waiting_for(user, at):
    """Return what is Waiting for one manager at the moment `at`. A fixed number of queries."""
    waiting = Waiting()
    for booking in bookings_to_decide(user, at):
        waiting.put(booking)
    waiting.offers = list(_offers_lapsing(at).filter(managed_by(user)).exclude(person=user))
    waiting.outside = outside_to_decide(user, at)
    waiting.attended = attended_to_decide(user, at)
    waiting.decided = list(_decided_lately(at).filter(nominated_by=user))
    return waiting


def waiting_for_each(at):
    """Return {User: Waiting} of every manager for whom something waits. Nine queries for any number."""
    decisions, offers = list(open_to_managers(at)), list(_offers_lapsing(at))
    asked = [*outside_open_to_managers(), *attended_open_to_managers()]
    approvers = Approvers([row.person for row in [*decisions, *asked]], at)
    found = {}
    for row in [*decisions, *asked]:
        for user in approvers.of(row.person, late=row.escalated_at is not None):
            found.setdefault(user, Waiting()).put(row)
    for booking in offers:
        for user in _managers_of(booking.person.staff_member, approvers.today):
            found.setdefault(user, Waiting()).offers.append(booking)
    for nomination in _decided_lately(at).filter(nominated_by__in=found):
        found[nomination.nominated_by].decided.append(nomination)
    return found


def _offers_lapsing(at):
    """Return the offers to staff that end soon, the soonest first."""
    soon = at + timedelta(days=settings.OFFERS_LAPSE_SOON_DAYS)
    return (
        Booking.objects.filter(
            state=BookingState.OFFERED,
            answer_by__gt=at,
            answer_by__lte=soon,
            person__staff_member__isnull=False,
        )
        .select_related(
            "session__course",
            "person__staff_member__line_manager__user",
            "person__staff_member__team__manager__user",
        )
        .order_by("answer_by", "pk")
    )


def _managers_of(member, today):
    managers = {member.line_manager, member.team.manager} - {None, member}
    return {
        manager.user for manager in managers if manager.user.is_active and manager.works_here(today)
    }


def _decided_lately(at):
    """Return nominations by managers that an officer decided lately, the latest first."""
    since = at - timedelta(days=settings.NOMINATIONS_DECIDED_LATELY_DAYS)
    decided = [NominationState.ENROLLED, NominationState.DECLINED]
    return (
        Nomination.objects.filter(state__in=decided, decided_at__gt=since)
        .with_targets()
        .order_by("-decided_at", "-pk")
    )
