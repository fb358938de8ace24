"""Which rows about a person a manager, past or present, may be told something about."""

from django.db.models import Exists, OuterRef, Q

from organisation.models import StaffMember
from training.models import Booking


def bookings_near(user):
    """Return the bookings that a manager, past or present, may be told something about."""
    bookings = Booking.objects.select_related("person", "session__course")
    return rows_near(bookings, user, decided_by="decided_by")


def rows_near(rows, user, *, decided_by):
    """Return those of some rows that a manager, past or present, may be told something about.

    Of people they manage or whose team theirs covers, of people whose line manager they have been
    since the row was made, those that have come to them late, and those they decided themselves.
    """
    member = "person__staff_member__"
    near = (
        managed_by(user)
        | Q(**{f"{member}team__covering_team__manager__user": user})
        | Q(escalated_at__isnull=False, **{f"{member}line_manager__line_manager__user": user})
        | Q(**{decided_by: user})
        | Q(Exists(_managed_since(user)))
    )
    if user.has_perm("training.change_booking"):
        near |= Q(escalated_at__isnull=False)
    return rows.filter(near).exclude(person=user).distinct()


def managed_by(user):
    return Q(person__staff_member__line_manager__user=user) | Q(
        person__staff_member__team__manager__user=user
    )


def _managed_since(user):
    """History that says `user` was the person's line manager when a row was made, or later."""
    history = StaffMember.pgh_event_model.objects
    overtaken = history.filter(
        pgh_obj=OuterRef("pgh_obj"),
        pgh_created_at__gt=OuterRef("pgh_created_at"),
        pgh_created_at__lte=OuterRef(OuterRef("made_at")),
    )
    mine = history.filter(user=OuterRef("person"), line_manager__user=user)
    return mine.filter(~Exists(overtaken))
