"""Sessions are planned, changed and cancelled here. Trainers, rooms and everybody booked are told."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from training import emails, session_emails
from training.actions.offers import offer_free_places
from training.actions.places import end_booking, lock_people, lock_session
from training.actions.rounds import call_off_with_its_session
from training.actions.session_checks import (
    refuse_bad_plan,
    refuse_clashes,
    refuse_fewer_places_than_held,
)
from training.exceptions import BegunAlready, CancelledAlready
from training.models import Booking, Room, Series, Session
from training.queries import next_dates_of
from training.rules import can_plan_sessions
from training.states import (
    BookingState,
    EndReason,
    SessionEvent,
    SessionState,
)

# What people have in their calendars; a change of these is told to them.
TOLD = {"starts_at", "ends_at", "place_name", "online_link"}
# What a decision about minimum numbers was taken on; a change of these asks anew.
DECIDED_ON = {"minimum_people", "decide_on"}


@transaction.atomic
def plan_session(*, by, **fields):
    """Put a session of a course on offer. `fields` are those of Session.

    Raises DoubleBooked when the trainer or the room has another session in one of the half days,
    TrainerHasAPlace, RoomTooSmall, InThePast, and DecidedTooLate.
    """
    refuse_unless_planner(by)
    lock_rooms(fields.get("room"))
    lock_people([], *_given(fields.get("trainer")))
    session = Session(planned_by=by, **fields)
    refuse_bad_plan(session)
    session.save()
    audit.record(SessionEvent.SESSION_PLANNED, session, by=by)
    return session


@transaction.atomic
def plan_series(*, by, name, times, **fields):
    """Plan a session at each of some times, all or none, and return the sessions.

    `times` are (start, end, decision date or None); `fields` are those that all of them share. Raises
    what `plan_session` raises.
    """
    refuse_unless_planner(by)
    series = Series.objects.create(course=fields["course"], name=name)
    audit.record(SessionEvent.SERIES_PLANNED, series, by=by, sessions=len(times))
    return [
        plan_session(
            by=by, series=series, starts_at=start, ends_at=end, decide_on=decide_on, **fields
        )
        for start, end, decide_on in times
    ]


@transaction.atomic
def change_session(*, session, by, **changes):
    """Change fields of a session; people booked or waiting are told of new times or a new place.

    Places that are added are offered to whoever waits. The trainer is told too.

    Raises CapacityBelowBookings with the names when fewer places remain than are held, ClashesWith or
    PeopleClash when somebody booked has something else at the new time, BeforeTheRoundCloses,
    CancelledAlready, and what `plan_session` raises.
    """
    refuse_unless_planner(by)
    lock_rooms(session.room, changes.get("room"))
    session = lock_session(session)
    if session.state == SessionState.CANCELLED:
        raise CancelledAlready(session)
    lock_people([session], *_given(session.trainer, changes.get("trainer")))
    was_at = session.starts_at
    for name, value in changes.items():
        setattr(session, name, value)
    refuse_fewer_places_than_held(session)
    refuse_bad_plan(session, was_at)
    told = bool(TOLD & set(changes))
    session.calendar_sequence += told
    if DECIDED_ON & set(changes):
        session.asked_to_decide_at = session.goes_ahead_at = None
    if {"starts_at", "ends_at"} & set(changes):
        refuse_clashes(session)
    session.save()
    if {"starts_at", "ends_at"} & set(changes):
        session.refresh_from_db(fields=["during"])
        Booking.objects.filter(session=session).update(during=session.during)
    audit.record(SessionEvent.SESSION_CHANGED, session, by=by, changed=sorted(changes))
    for booking in current_bookings(session) if told else []:
        booking.session = session
        emails.session_changed(booking)
    if told and session.trainer:
        session_emails.trainer_told_of_change(session)
    offer_free_places(session)
    return session


@transaction.atomic
def cancel_session(*, session, reason, by):
    """Cancel a session: everybody with a place, waiting or asking is told why, with the next dates.

    They come earlier on every waiting list for it, and the trainer is told. A fair round that runs for
    it is called off. Raises CancelledAlready, and BegunAlready.
    """
    refuse_unless_planner(by)
    session = lock_session(session)
    now = timezone.now()
    refuse_to_cancel(session, now)
    session.move_to(SessionState.CANCELLED)
    session.save(update_fields=["state"])
    call_off_with_its_session(session, by)
    bookings = current_bookings(session)
    audit.record(SessionEvent.SESSION_CANCELLED, session, by=by)
    dates = next_dates_of(session, now)
    for booking in bookings:
        if booking.can_become(BookingState.CANCELLED_BY_SERVICE):
            had_a_place = booking.holds_a_place
            end_booking(
                booking,
                BookingState.CANCELLED_BY_SERVICE,
                why=EndReason.SESSION_CANCELLED,
                at=now,
                words=reason,
            )
            booking.save()
            emails.session_cancelled(booking, had_a_place=had_a_place, reason=reason, dates=dates)
    if session.trainer:
        session_emails.trainer_told_of_cancellation(session, reason)
    return session


def refuse_to_cancel(session, at):
    """Raise CancelledAlready or BegunAlready when a session cannot be cancelled at the moment `at`."""
    if session.state == SessionState.CANCELLED:
        raise CancelledAlready(session)
    if session.has_started(at):
        raise BegunAlready(session)


def refuse_unless_planner(by):
    if not can_plan_sessions(by):
        raise PermissionDenied("You cannot plan sessions.")


def current_bookings(session):
    return list(
        Booking.objects.current()
        .filter(session=session)
        .select_related("person", "session__course")
        .order_by("pk")
    )


def lock_rooms(*rooms):
    """Lock rooms, before any session: officers who plan for one room do so one after the other."""
    keys = [room.pk for room in rooms if room is not None]
    if keys:
        list(Room.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _given(*people):
    return [person for person in people if person is not None]
