"""Booking a place, one person at a time. Two at once: test_last_place.py."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from icalendar import Calendar

from accounts.models import AuditEvent
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    SessionFactory,
    officer,
    staff_user,
)
from training.actions import book_place, join_waiting_list
from training.exceptions import (
    AlreadyBooked,
    ClashesWith,
    LeadsIt,
    LeadsThen,
    PlacesLeft,
    SessionCancelled,
    SessionFull,
    SessionStarted,
)
from training.models import Booking
from training.states import BookingState, SessionState

pytestmark = pytest.mark.django_db


def test_book_place_takes_the_first_place_and_writes_it_down():
    person = staff_user()
    session = SessionFactory()

    booking = book_place(session=session, person=person, by=person)

    assert (booking.state, booking.place_number) == (BookingState.BOOKED, 1)
    assert booking.during == session.during
    event = AuditEvent.objects.get(subject_id=str(booking.pk))
    assert (event.event, event.by) == ("place_booked", person)


def test_book_place_gives_the_smallest_number_that_is_free():
    session = SessionFactory()
    for number in (1, 2, 4):
        BookingFactory(session=session, place_number=number)
    person = staff_user()

    assert book_place(session=session, person=person, by=person).place_number == 3


def test_book_place_sends_one_confirmation_with_a_calendar_file():
    person = staff_user(user__full_name="Nia Bello")
    session = SessionFactory()

    booking = book_place(session=session, person=person, by=person)

    message = Message.objects.get()
    assert (message.to, message.template) == (person.email, "training/emails/place_booked")
    file = message.attachments.get()
    assert file.mimetype == "text/calendar; method=REQUEST"
    calendar = Calendar.from_ical(bytes(file.content))
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert str(event["UID"]) == f"booking-{booking.pk}@127.0.0.1"
    assert event["SEQUENCE"] == 0
    assert event.decoded("DTSTART") == session.starts_at
    assert event.decoded("DTEND") == session.ends_at
    assert str(event["SUMMARY"]) == session.course.title


def test_book_place_refuses_when_session_is_full():
    session = SessionFactory(capacity=1)
    BookingFactory(session=session)
    person = staff_user()

    with pytest.raises(SessionFull):
        book_place(session=session, person=person, by=person)

    assert session.bookings.count() == 1
    assert Message.objects.count() == 0


def test_book_place_refuses_a_second_place_on_the_same_session():
    booking = BookingFactory()

    with pytest.raises(AlreadyBooked) as refusal:
        book_place(session=booking.session, person=booking.person, by=booking.person)

    assert refusal.value.booking == booking


def test_book_place_refuses_what_clashes_and_says_with_what():
    booking = BookingFactory(session__course__title="Court skills")
    starts_at = booking.session.ends_at - timedelta(hours=1)
    session = SessionFactory(starts_at=starts_at)

    with pytest.raises(ClashesWith, match="Court skills"):
        book_place(session=session, person=booking.person, by=booking.person)


def test_whoever_leads_a_session_has_no_place_on_it_and_none_beside_it():
    trainer = staff_user()
    led = SessionFactory(trainer=trainer)
    beside = SessionFactory(starts_at=led.starts_at)
    SessionFactory(starts_at=led.starts_at, trainer=trainer, state=SessionState.CANCELLED)

    for act in (book_place, join_waiting_list):
        with pytest.raises(LeadsIt) as refusal:
            act(session=led, person=trainer, by=trainer)
        assert refusal.value.words_for(trainer) == "You lead this session."
    with pytest.raises(LeadsThen) as refusal:
        book_place(session=beside, person=trainer, by=trainer)
    assert refusal.value.words_for(trainer) == (
        f"You lead {led.course.title} at the same time ({led.when})."
    )
    led.trainer = None
    led.save()
    assert book_place(session=beside, person=trainer, by=trainer).is_booked


def test_book_place_allows_an_afternoon_after_a_morning():
    booking = BookingFactory(session=morning())
    session = SessionFactory(starts_at=datetime(2030, 3, 4, 13, tzinfo=UTC))

    made = book_place(session=session, person=booking.person, by=booking.person)

    assert made.state == BookingState.BOOKED


def test_book_place_refuses_two_sessions_in_one_morning():
    booking = BookingFactory(session=morning(ends_hour=11))
    session = SessionFactory(
        starts_at=datetime(2030, 3, 4, 11, 30, tzinfo=UTC),
        ends_at=datetime(2030, 3, 4, 12, 30, tzinfo=UTC),
    )

    with pytest.raises(ClashesWith):
        book_place(session=session, person=booking.person, by=booking.person)


def morning(ends_hour=13):
    return SessionFactory(
        starts_at=datetime(2030, 3, 4, 9, 30, tzinfo=UTC),
        ends_at=datetime(2030, 3, 4, ends_hour, tzinfo=UTC),
        half_days=1,
    )


def test_waiting_does_not_clash_with_anything():
    waiting = BookingFactory(state=BookingState.WAITING)
    session = SessionFactory(starts_at=waiting.session.starts_at)

    made = book_place(session=session, person=waiting.person, by=waiting.person)

    assert made.state == BookingState.BOOKED


def test_book_place_refuses_from_the_moment_the_session_starts():
    person = staff_user()
    session = SessionFactory()

    with time_machine.travel(session.starts_at, tick=False), pytest.raises(SessionStarted):
        book_place(session=session, person=person, by=person)


def test_book_place_refuses_a_cancelled_session():
    person = staff_user()
    session = SessionFactory(state=SessionState.CANCELLED)

    with pytest.raises(SessionCancelled):
        book_place(session=session, person=person, by=person)


def test_book_place_refuses_people_who_do_not_work_here():
    person = UserFactory()

    with pytest.raises(PermissionDenied):
        book_place(session=SessionFactory(), person=person, by=person)


def test_book_place_refuses_a_colleague_who_is_not_an_officer():
    with pytest.raises(PermissionDenied):
        book_place(session=SessionFactory(), person=staff_user(), by=staff_user())


@pytest.mark.parametrize("make", [officer, HRAdminFactory])
def test_officers_and_hr_book_for_others(make):
    person, by = staff_user(), make()

    booking = book_place(session=SessionFactory(), person=person, by=by)

    assert (booking.person, booking.made_by) == (person, by)


def test_the_same_key_books_once():
    person = staff_user()
    session = SessionFactory()
    key = uuid.uuid4()

    first = book_place(session=session, person=person, by=person, one_time_key=key)
    second = book_place(session=session, person=person, by=person, one_time_key=key)

    assert first == second
    assert (Booking.objects.count(), Message.objects.count()) == (1, 1)


def test_somebody_waiting_is_booked_with_the_same_row():
    waiting = BookingFactory(state=BookingState.WAITING)

    booking = book_place(session=waiting.session, person=waiting.person, by=waiting.person)

    assert (booking.pk, booking.state, booking.place_number) == (
        waiting.pk,
        BookingState.BOOKED,
        1,
    )


def test_join_waiting_list_remembers_since_when():
    session = SessionFactory(capacity=1)
    BookingFactory(session=session)
    person = staff_user()

    with time_machine.travel(datetime(2029, 6, 1, 8, tzinfo=UTC), tick=False):
        booking = join_waiting_list(session=session, person=person, by=person)

    assert (booking.state, booking.place_number) == (BookingState.WAITING, None)
    assert booking.waiting_since == datetime(2029, 6, 1, 8, tzinfo=UTC)


def test_join_waiting_list_refuses_while_there_is_a_place():
    person = staff_user()

    with pytest.raises(PlacesLeft):
        join_waiting_list(session=SessionFactory(), person=person, by=person)


def test_join_waiting_list_refuses_twice():
    session = SessionFactory(capacity=1)
    BookingFactory(session=session)
    waiting = BookingFactory(session=session, state=BookingState.WAITING)

    with pytest.raises(AlreadyBooked):
        join_waiting_list(session=session, person=waiting.person, by=waiting.person)


# --- What the database refuses, whatever the code does -----------------------------------------


def refused(constraint, make):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


def test_database_refuses_two_current_bookings_of_a_person_on_a_session():
    booking = BookingFactory(state=BookingState.WAITING)
    refused(
        "one_current_booking_per_session_and_person",
        lambda: BookingFactory(
            session=booking.session, person=booking.person, state=BookingState.WAITING
        ),
    )


def test_database_refuses_the_same_place_twice():
    booking = BookingFactory(place_number=1)
    refused(
        "each_place_is_held_once",
        lambda: BookingFactory(session=booking.session, place_number=1),
    )


def test_database_refuses_two_places_at_the_same_time():
    booking = BookingFactory()
    session = SessionFactory(starts_at=booking.session.starts_at + timedelta(minutes=30))
    refused(
        "nobody_is_in_two_places_at_once",
        lambda: BookingFactory(session=session, person=booking.person),
    )


def test_database_refuses_a_booking_without_a_place():
    refused(
        "booking_has_a_number_when_it_holds_a_place",
        lambda: BookingFactory(place_number=None),
    )


def test_database_refuses_attendance_without_half_days():
    refused(
        "half_days_are_known_when_attendance_is",
        lambda: BookingFactory(state=BookingState.ATTENDED),
    )


def test_database_refuses_mandatory_training_that_counts():
    refused(
        "mandatory_training_never_counts",
        lambda: CourseFactory(is_mandatory=True, counts_towards_five=True),
    )


def test_database_refuses_a_course_of_a_third_of_a_day():
    refused("course_days_are_halves", lambda: CourseFactory(days="0.3"))
