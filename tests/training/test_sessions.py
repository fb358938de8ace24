"""Planning, changing and cancelling sessions, and marking who came."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from accounts.models import AuditEvent
from notifications.models import Message
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    SessionFactory,
    officer,
    staff_user,
)
from training.actions import cancel_session, change_session, mark_attendance, plan_session
from training.exceptions import CancelledAlready, CapacityBelowBookings, ClashesWith
from training.states import BookingState, SessionState

pytestmark = pytest.mark.django_db


def calendar_of(message):
    return Calendar.from_ical(bytes(message.attachments.get().content))


def test_plan_session_is_written_down():
    like = SessionFactory.build()
    by = officer()

    session = plan_session(
        by=by,
        course=CourseFactory(),
        starts_at=like.starts_at,
        ends_at=like.ends_at,
        half_days=2,
        place_name="The Mill",
        capacity=8,
    )

    assert AuditEvent.objects.get(event="session_planned", subject_id=session.pk).by == by


@pytest.mark.parametrize(
    "act",
    [
        lambda session, by: change_session(session=session, by=by, capacity=20),
        lambda session, by: cancel_session(session=session, reason="Snow", by=by),
        lambda session, by: plan_session(by=by, course=session.course),
    ],
)
def test_only_officers_and_hr_plan(act):
    with pytest.raises(PermissionDenied):
        act(SessionFactory(), staff_user())


def test_a_moved_session_moves_in_everybodys_calendar():
    booking = BookingFactory(session__capacity=1)
    waiting = BookingFactory(session=booking.session, state=BookingState.WAITING)
    later = {
        name: getattr(booking.session, name) + timedelta(days=7)
        for name in ("starts_at", "ends_at")
    }

    session = change_session(session=booking.session, by=officer(), **later)

    booking.refresh_from_db()
    assert booking.during == session.during
    to_booked, to_waiting = Message.objects.order_by("pk")
    assert (to_booked.to, to_waiting.to) == (booking.person.email, waiting.person.email)
    calendar = calendar_of(to_booked)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["SEQUENCE"]) == ("REQUEST", 1)
    assert event.decoded("DTSTART") == later["starts_at"]
    assert to_waiting.attachments.count() == 0


def test_more_places_tell_nobody():
    booking = BookingFactory()

    change_session(session=booking.session, by=officer(), capacity=20)

    assert Message.objects.count() == 0


def test_fewer_places_than_are_held_is_refused_with_the_names():
    session = SessionFactory(capacity=2)
    for name in ("Ben Cole", "Ann Dow"):
        BookingFactory(session=session, person=staff_user(user__full_name=name))

    with pytest.raises(CapacityBelowBookings, match="Ann Dow, Ben Cole"):
        change_session(session=session, by=officer(), capacity=1)


def test_a_move_onto_something_else_that_somebody_has_is_refused_with_the_name():
    person = staff_user(user__full_name="Ann Dow")
    booking = BookingFactory(person=person)
    other = BookingFactory(
        person=person, session__starts_at=booking.session.starts_at + timedelta(days=1)
    )

    with pytest.raises(ClashesWith, match="Ann Dow"):
        change_session(
            session=booking.session,
            by=officer(),
            starts_at=other.session.starts_at,
            ends_at=other.session.ends_at,
        )


def test_cancel_session_tells_everybody_why_and_clears_calendars():
    booking = BookingFactory()
    waiting = BookingFactory(session=booking.session, state=BookingState.WAITING)

    session = cancel_session(session=booking.session, reason="The trainer is ill.", by=officer())

    assert session.state == SessionState.CANCELLED
    for row in (booking, waiting):
        row.refresh_from_db()
        assert (row.state, row.place_number) == (BookingState.CANCELLED_BY_SERVICE, None)
    to_booked, to_waiting = Message.objects.order_by("pk")
    assert to_booked.context["reason"] == to_waiting.context["reason"] == "The trainer is ill."
    assert calendar_of(to_booked)["METHOD"] == "CANCEL"
    assert to_waiting.attachments.count() == 0


def test_a_session_is_cancelled_once():
    with pytest.raises(CancelledAlready):
        cancel_session(
            session=SessionFactory(state=SessionState.CANCELLED), reason="Again", by=officer()
        )


@pytest.mark.parametrize(
    ("half_days", "state"),
    [
        (2, BookingState.ATTENDED),
        (1, BookingState.PARTLY_ATTENDED),
        (0, BookingState.NO_SHOW),
    ],
)
def test_the_trainer_marks_half_days_once_it_is_over(half_days, state):
    trainer = staff_user()
    booking = BookingFactory(session__trainer=trainer)

    with time_machine.travel(booking.session.ends_at):
        marked = mark_attendance(booking=booking, half_days=half_days, by=trainer)

    assert (marked.state, marked.half_days_attended) == (state, half_days)


def test_a_slip_is_put_right_by_marking_again():
    booking = BookingFactory()
    by = officer()

    with time_machine.travel(booking.session.ends_at):
        mark_attendance(booking=booking, half_days=0, by=by)
        marked = mark_attendance(booking=booking, half_days=2, by=by)

    assert marked.state == BookingState.ATTENDED


def test_nobody_is_marked_before_it_starts_or_by_strangers():
    booking = BookingFactory()

    with pytest.raises(PermissionDenied):
        mark_attendance(booking=booking, half_days=2, by=officer())
    with time_machine.travel(booking.session.ends_at), pytest.raises(PermissionDenied):
        mark_attendance(booking=booking, half_days=2, by=booking.person)


@pytest.mark.parametrize("half_days", [-1, 3])
def test_impossible_half_days_are_refused(half_days):
    booking = BookingFactory()
    by = officer()

    with time_machine.travel(booking.session.ends_at), pytest.raises(ValueError, match="0 to 2"):
        mark_attendance(booking=booking, half_days=half_days, by=by)
