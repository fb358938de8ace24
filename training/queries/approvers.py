"""Who decides about whose bookings, and what waits for them."""

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from organisation.models import StaffMember
from organisation.queries import (
    LONGEST_WAIT,
    after_working_hours,
    is_there,
    line_managers_of,
    working_time_of,
)
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


class Approvers:
    """Who may decide about the bookings of some people at the moment `at`.

    One query for any number, and two more when a line manager is away or it is late.
    """

    def __init__(self, people, at):
        self.at, self.today = at, timezone.localdate(at)
        self._until = self.today + LONGEST_WAIT
        self._people = {person.pk for person in people}
        self._line = line_managers_of(people, self.today, self._until)
        self._times = {manager.user_id: times for manager, times in self._line.values()}

    def of(self, person, late=False):
        """Return the Users for one of the people, as `approvers_of` does."""
        manager, times = self._line.get(person.pk, (None, None))
        if manager is None:
            return []
        found = [manager]
        if not manager.works_here(self.today) or not is_there(times, self.at):
            found = [self._behind[person.pk].team.covering_manager, manager]
        if late:
            line_manager = self._behind[person.pk].line_manager
            found.append(line_manager and line_manager.line_manager)
        return [
            other.user
            for other in found
            if other
            and other.user != person
            and other.user.is_active
            and other.works_here(self.today)
        ]

    def deadline(self, user, hours):
        """Return when one of them has had so many of their own working hours from now on."""
        return after_working_hours(self.at, hours, self._times.get(user.pk))

    @cached_property
    def _behind(self):
        """The people's rows of the register, with who stands behind each line manager."""
        members = StaffMember.objects.filter(user__in=self._people).select_related(
            "line_manager__line_manager__user", "team__covering_team__manager__user"
        )
        found = {member.user_id: member for member in members}
        covering = {
            manager.pk: manager
            for manager in (member.team.covering_manager for member in found.values())
            if manager and manager.user_id not in self._times
        }
        if covering:
            times = working_time_of(covering.values(), self.today, self._until)
            self._times |= {manager.user_id: times[pk] for pk, manager in covering.items()}
        return found


def open_to_managers(at):
    """Return the bookings that a manager may approve, decline or object to, the most urgent first.

    What is to be answered by the same moment comes in the order of its dates.
    """
    return (
        Booking.objects.filter(state__in=[BookingState.HELD, BookingState.BOOKED], answer_by__gt=at)
        .select_related("person", "session__course")
        .order_by("answer_by", "session__starts_at", "pk")
    )


def bookings_to_decide(user, at):
    """Return the bookings that `user` may approve, decline or object to now, the most urgent first.

    Two queries for any number, two more when somebody is away or it is late, and those that find out
    what the person may do.
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
