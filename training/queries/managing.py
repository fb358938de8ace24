"""What waits for managers: for one on their page, and for all of them in the daily mail."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from organisation.models import StaffMember
from training.models import Booking, Nomination
from training.queries.approvers import Approvers, bookings_to_decide, open_to_managers
from training.states import BookingState, NominationState


@dataclass
class Waiting:
    """What waits for one manager: bookings to approve or object to, and offers that lapse soon.

    `decided` are the nominations they made that were decided lately: news, which waits for nothing.
    """

    to_approve: list = field(default_factory=list)
    to_object_to: list = field(default_factory=list)
    offers: list = field(default_factory=list)
    decided: list = field(default_factory=list)

    @property
    def number(self):
        return len(self.to_approve) + len(self.to_object_to) + len(self.offers)

    def put(self, booking):
        held = booking.state == BookingState.HELD
        (self.to_approve if held else self.to_object_to).append(booking)


def waiting_for(user, at):
    """Return what is Waiting for one manager at the moment `at`. A fixed number of queries."""
    waiting = Waiting()
    for booking in bookings_to_decide(user, at):
        waiting.put(booking)
    waiting.offers = list(_offers_lapsing(at).filter(_managed_by(user)).exclude(person=user))
    waiting.decided = list(_decided_lately(at).filter(nominated_by=user))
    return waiting


def waiting_for_each(at):
    """Return {User: Waiting} of every manager for whom something waits. Seven queries for any number."""
    decisions, offers = list(open_to_managers(at)), list(_offers_lapsing(at))
    approvers = Approvers([booking.person for booking in decisions], at)
    found = {}
    for booking in decisions:
        late = booking.escalated_at is not None
        for user in approvers.of(booking.person, late=late):
            found.setdefault(user, Waiting()).put(booking)
    for booking in offers:
        for user in _managers_of(booking.person.staff_member, approvers.today):
            found.setdefault(user, Waiting()).offers.append(booking)
    for nomination in _decided_lately(at).filter(nominated_by__in=found):
        found[nomination.nominated_by].decided.append(nomination)
    return found


def bookings_near(user):
    """Return the bookings that a manager, past or present, may be told something about.

    Of people they manage or whose team theirs covers, of people whose line manager they have been
    since the booking was made, those that have come to them late, and those they decided themselves.
    """
    member = "person__staff_member__"
    near = (
        _managed_by(user)
        | Q(**{f"{member}team__covering_team__manager__user": user})
        | Q(escalated_at__isnull=False, **{f"{member}line_manager__line_manager__user": user})
        | Q(decided_by=user)
        | Q(Exists(_managed_since(user)))
    )
    if user.has_perm("training.change_booking"):
        near |= Q(escalated_at__isnull=False)
    return (
        Booking.objects.filter(near)
        .exclude(person=user)
        .select_related("person", "session__course")
        .distinct()
    )


def _managed_since(user):
    """History that says `user` was the person's line manager when a booking was made, or later."""
    history = StaffMember.pgh_event_model.objects
    overtaken = history.filter(
        pgh_obj=OuterRef("pgh_obj"),
        pgh_created_at__gt=OuterRef("pgh_created_at"),
        pgh_created_at__lte=OuterRef(OuterRef("made_at")),
    )
    mine = history.filter(user=OuterRef("person"), line_manager__user=user)
    return mine.filter(~Exists(overtaken))


def _managed_by(user):
    return Q(person__staff_member__line_manager__user=user) | Q(
        person__staff_member__team__manager__user=user
    )


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
