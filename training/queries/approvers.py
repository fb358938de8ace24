"""Who decides about whose bookings, and what waits for them."""

from django.db.models import Q
from django.utils import timezone

from organisation.models import StaffMember
from organisation.queries import LONGEST_WAIT, after_working_hours, is_there, working_time_of
from training.models import Booking
from training.states import BookingState


def approvers_of(person, at, late=False):
    """Return the Users who may decide about a person's bookings at the moment `at`, the first to ask first.

    The line manager; while they are away the manager of the covering team too; and when nobody
    answered in time (`late`) the line manager's own manager. Nobody decides about themselves.
    """
    return Approvers([person], at).of(person, late=late)


def approver_of(person, at):
    """Return the User who is asked about a person's bookings at the moment `at`, or None."""
    return next(iter(approvers_of(person, at)), None)


# The managers of a member of staff, and of each no more than it takes to find out who decides and write.
WHO = [
    "line_manager__user",
    "line_manager__line_manager__user",
    "team__covering_team__manager__user",
]
READ = ["user_id", "team__covering_team_id"] + [
    f"{manager}{name}"
    for manager in (who.removesuffix("user") for who in WHO)
    for name in (
        "started_on",
        "left_on",
        "user__email",
        "user__full_name",
        "user__is_active",
    )
]


class Approvers:
    """Who may decide about the bookings of some people at the moment `at`. Two queries for any number."""

    def __init__(self, people, at):
        self.at, self.today = at, timezone.localdate(at)
        members = StaffMember.objects.filter(user__in=people).select_related(*WHO).only(*READ)
        self.members = {member.user_id: member for member in members}
        self.times = self._times_of_managers()

    def _times_of_managers(self):
        """Return {user id: WorkingTime} of the line managers and of those who cover for them."""
        found = {}
        for member in self.members.values():
            covering = member.team.covering_team
            for manager in (member.line_manager, covering and covering.manager):
                if manager:
                    found[manager.pk] = manager
        if not found:
            return {}
        times = working_time_of(found.values(), self.today, self.today + LONGEST_WAIT)
        return {manager.user_id: times[pk] for pk, manager in found.items()}

    def of(self, person, late=False):
        """Return the Users for one of the people, as `approvers_of` does."""
        member = self.members.get(person.pk)
        manager = member and member.line_manager
        if manager is None:
            return []
        found = [manager]
        if not manager.works_here(self.today) or not self._is_there(manager):
            covering = member.team.covering_team and member.team.covering_team.manager
            found = [covering, manager]
        if late:
            found.append(manager.line_manager)
        return [
            other.user
            for other in found
            if other
            and other.user != person
            and other.user.is_active
            and other.works_here(self.today)
        ]

    def _is_there(self, manager):
        return is_there(self.times[manager.user_id], self.at)

    def deadline(self, user, hours):
        """Return when one of them has had so many of their own working hours from now on."""
        return after_working_hours(self.at, hours, self.times.get(user.pk))


def open_to_managers(at):
    """Return the bookings that a manager may approve, decline or object to, the most urgent first."""
    return (
        Booking.objects.filter(state__in=[BookingState.HELD, BookingState.BOOKED], answer_by__gt=at)
        .select_related("person", "session__course")
        .order_by("answer_by", "pk")
    )


def bookings_to_decide(user, at):
    """Return the bookings that `user` may approve, decline or object to now, the most urgent first.

    Three queries for any number, and those that find out what the person may do.
    """
    return theirs_to_decide(open_to_managers(at), user, at)


def theirs_to_decide(rows, user, at):
    """Return those of some rows, each with a `person` and `escalated_at`, that `user` may decide about now."""
    member = "person__staff_member__"
    near = Q(**{f"{member}line_manager__user": user}) | Q(
        **{f"{member}team__covering_team__manager__user": user}
    )
    late = Q(escalated_at__isnull=False)
    theirs = near | late & Q(**{f"{member}line_manager__line_manager__user": user})
    is_officer = user.has_perm("training.change_booking")
    if is_officer:
        theirs |= late
    found = list(rows.filter(theirs).exclude(person=user).distinct())
    approvers = Approvers([row.person for row in found], at)
    return [
        row
        for row in found
        if (is_officer and row.escalated_at)
        or user in approvers.of(row.person, late=row.escalated_at is not None)
    ]
