from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import User
from organisation.models import StaffMember
from organisation.queries import is_away
from training.models import Booking, Intake, Scheme
from training.states import BookingState, NominationState


def people_managed_by(user, on):
    """Return the staff whom `user` manages on a date: their reports and the teams they lead."""
    return (
        StaffMember.objects.working(on)
        .filter(Q(line_manager__user=user) | Q(team__manager__user=user))
        .exclude(user=user)
        .select_related("user", "role", "team")
        .order_by("user__full_name", "pk")
        .distinct()
    )


def line_manager_of(person):
    """Return the User who manages `person`, or None."""
    return User.objects.filter(staff_member__reports__user=person, is_active=True).first()


def approvers_of(person, at, late=False):
    """Return the Users who may decide about a person's bookings at the moment `at`, the first to ask first.

    The line manager; while they are away the manager of the covering team too; and when nobody
    answered in time (`late`) the line manager's own manager. Nobody decides about themselves.
    """
    member = (
        StaffMember.objects.select_related(
            "line_manager__user",
            "line_manager__line_manager__user",
            "team__covering_team__manager__user",
        )
        .filter(user=person)
        .first()
    )
    manager, today = member and member.line_manager, timezone.localdate(at)
    if manager is None:
        return []
    found = [manager]
    if not manager.works_here(today) or is_away(manager, at):
        covering = member.team.covering_team and member.team.covering_team.manager
        found = [covering, manager]
    if late:
        found.append(manager.line_manager)
    return [
        other.user
        for other in found
        if other and other.user != person and other.user.is_active and other.works_here(today)
    ]


def approver_of(person, at):
    """Return the User who is asked about a person's bookings at the moment `at`, or None."""
    return next(iter(approvers_of(person, at)), None)


def bookings_to_decide(user, at):
    """Return the bookings that `user` may approve, decline or object to now, the most urgent first."""
    open_ones = Booking.objects.filter(
        Q(state=BookingState.HELD) | Q(state=BookingState.BOOKED), answer_by__gt=at
    ).select_related("person", "session__course")
    near = Q(person__staff_member__line_manager__user=user) | Q(
        person__staff_member__team__covering_team__manager__user=user
    )
    late = Q(escalated_at__isnull=False)
    theirs = near | late & Q(person__staff_member__line_manager__line_manager__user=user)
    if user.has_perm("training.change_booking"):
        theirs |= late
    return [
        booking
        for booking in open_ones.filter(theirs).order_by("answer_by", "pk").distinct()
        if user in approvers_of(booking.person, at, late=booking.escalated_at is not None)
        or (booking.escalated_at and user.has_perm("training.change_booking"))
    ]


def intakes_to_join(on, role=None, scheme=Scheme.GETS, count=4):
    """Return the next `count` intakes that take nominations on a date, with `places_left`.

    With a `role`, only intakes for which its holders may put themselves forward.
    """
    enrolled = Count("nominations", filter=Q(nominations__state=NominationState.ENROLLED))
    intakes = Intake.objects.of(scheme).open_on(on)
    if role is not None:
        intakes = intakes.filter(version__open_to=role)
    return intakes.select_related("version").annotate(places_left=F("places") - enrolled)[:count]


def places_enrolled(intake):
    """Return how many people have been enrolled on an intake."""
    return intake.nominations.filter(state=NominationState.ENROLLED).count()
