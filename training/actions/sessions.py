from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from training import emails
from training.actions.offers import offer_free_places
from training.actions.places import end_booking, lock_people, lock_session
from training.exceptions import CapacityBelowBookings, ClashesWith, ClashesWithOutsideCourse
from training.models import Booking, OutsideCourse, Session
from training.rules import can_plan_sessions
from training.states import (
    BookingState,
    EndReason,
    SessionEvent,
    SessionState,
)

# What people have in their calendars; a change of these is told to them.
TOLD = {"starts_at", "ends_at", "place_name", "online_link"}


@transaction.atomic
def plan_session(*, by, **fields):
    """Put a session of a course on offer. `fields` are those of Session."""
    _refuse_unless_planner(by)
    session = Session.objects.create(**fields)
    audit.record(SessionEvent.SESSION_PLANNED, session, by=by)
    return session


@transaction.atomic
def change_session(*, session, by, **changes):
    """Change fields of a session; people booked or waiting are told of new times or a new place.

    Places that are added are offered to whoever waits.

    Raises CapacityBelowBookings with the names when fewer places remain than are held, and
    ClashesWith when somebody booked has something else at the new time.
    """
    _refuse_unless_planner(by)
    session = lock_session(session)
    lock_people([session])
    for name, value in changes.items():
        setattr(session, name, value)
    refuse_fewer_places_than_held(session)
    told = bool(TOLD & set(changes))
    session.calendar_sequence += told
    session.save()
    if {"starts_at", "ends_at"} & set(changes):
        session.refresh_from_db(fields=["during"])
        refuse_clashes(session)
        Booking.objects.filter(session=session).update(during=session.during)
    audit.record(SessionEvent.SESSION_CHANGED, session, by=by, changed=sorted(changes))
    for booking in _current_bookings(session) if told else []:
        booking.session = session
        emails.session_changed(booking)
    offer_free_places(session)
    return session


@transaction.atomic
def cancel_session(*, session, reason, by):
    """Cancel a session: everybody with a place or waiting is told, with the reason.

    Raises InvalidTransition when it is cancelled already.
    """
    _refuse_unless_planner(by)
    session = lock_session(session)
    session.move_to(SessionState.CANCELLED)
    session.save(update_fields=["state"])
    audit.record(SessionEvent.SESSION_CANCELLED, session, by=by)
    for booking in _current_bookings(session):
        if booking.can_become(BookingState.CANCELLED_BY_SERVICE):
            had_a_place = booking.holds_a_place
            end_booking(
                booking,
                BookingState.CANCELLED_BY_SERVICE,
                why=EndReason.SESSION_CANCELLED,
                at=timezone.now(),
                words=reason,
            )
            booking.save()
            emails.session_cancelled(booking, had_a_place=had_a_place, reason=reason)
    return session


def _refuse_unless_planner(by):
    if not can_plan_sessions(by):
        raise PermissionDenied("You cannot plan sessions.")


def _current_bookings(session):
    return list(
        Booking.objects.current()
        .filter(session=session)
        .select_related("person", "session__course")
        .order_by("pk")
    )


def refuse_fewer_places_than_held(session):
    """Raise CapacityBelowBookings when more people have a place than the session has."""
    names = sorted(
        Booking.objects.holding_a_place()
        .filter(session=session)
        .values_list("person__full_name", flat=True)
    )
    if len(names) > session.capacity:
        raise CapacityBelowBookings(names)


def refuse_clashes(session):
    """Raise ClashesWith when somebody with a place has something else at this one's times."""
    holders = Booking.objects.holding_a_place().filter(session=session)
    clash = (
        Booking.objects.holding_a_place()
        .filter(person__in=holders.values("person"), during__overlap=session.during)
        .exclude(session=session)
        .select_related("person", "session__course")
        .first()
    )
    if clash:
        raise ClashesWith(clash.session, clash.person)
    outside = OutsideCourse.objects.taking_time(session.during.lower, session.during.upper)
    elsewhere = outside.filter(person__in=holders.values("person")).select_related("person").first()
    if elsewhere:
        raise ClashesWithOutsideCourse(elsewhere, elsewhere.person)
