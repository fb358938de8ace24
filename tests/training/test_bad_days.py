"""Bad input and bad days: the past, twice, for others, the clock change, and what crosses an offer."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from icalendar import Calendar

from notifications.models import Message
from tests.factories.training import BookingFactory, SessionFactory, officer, staff_user
from training.actions import (
    accept_offer,
    book_place,
    cancel_booking,
    cancel_session,
    change_session,
)
from training.actions.timetable import let_time_answer
from training.calendar_files import REQUEST, booking_calendar
from training.exceptions import AlreadyBooked, ClashesWith, OfferGone, SessionStarted
from training.models import Booking
from training.states import BookingState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def session():
    return SessionFactory(starts_at=NOW + timedelta(days=21), capacity=1)


def waiting(session, days=1):
    return BookingFactory(
        session=session, state=BookingState.WAITING, waiting_since=NOW - timedelta(days=days)
    )


def state_of(booking):
    return Booking.objects.get(pk=booking.pk).state


def book_on_the_page(client, session):
    address = reverse("training:session-book", args=[session.pk])
    told = client.post(address, {"one_time_key": uuid.uuid4()}, follow=True)
    assert told.status_code == 200
    return told.content.decode()


def test_the_past_cannot_be_booked(client):
    person = staff_user()
    client.force_login(person)
    session = SessionFactory(starts_at=NOW - timedelta(minutes=1))

    with pytest.raises(SessionStarted):
        book_place(session=session, person=person, by=person)
    assert "This session has already started." in book_on_the_page(client, session)


def test_a_second_booking_of_the_same_session_is_told(client, session):
    person = staff_user()
    client.force_login(person)
    book_place(session=session, person=person, by=person)

    with pytest.raises(AlreadyBooked):
        book_place(session=session, person=person, by=person)
    told = book_on_the_page(client, session)
    assert "You already have a place on this session." in told


def test_nobody_books_for_somebody_else_without_the_right(session):
    with pytest.raises(PermissionDenied):
        book_place(session=session, person=staff_user(), by=staff_user())

    assert Booking.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "morning_in_utc"),
    [
        (
            datetime(2030, 3, 31, tzinfo=UTC),
            8,
        ),  # The last Sunday of March: summer time has begun that night.
        (
            datetime(2030, 10, 27, tzinfo=UTC),
            9,
        ),  # The last Sunday of October: it has ended that night.
    ],
)
def test_half_days_hold_on_the_days_the_clock_changes(client, day, morning_in_utc):
    morning = SessionFactory(
        starts_at=day.replace(hour=morning_in_utc, minute=30),
        ends_at=day.replace(hour=morning_in_utc + 3),
    )
    afternoon = SessionFactory(
        starts_at=day.replace(hour=morning_in_utc + 4),
        ends_at=day.replace(hour=morning_in_utc + 6),
    )
    person = staff_user()
    client.force_login(person)

    for session in (morning, afternoon):
        booking = book_place(session=session, person=person, by=person)

    assert ", 9:30am to 12pm" in client.get(morning.get_absolute_url()).content.decode()
    (event,) = Calendar.from_ical(booking_calendar(booking, method=REQUEST)).walk("VEVENT")
    assert event.decoded("DTSTART") == afternoon.starts_at
    with pytest.raises(ClashesWith):
        other = SessionFactory(starts_at=morning.starts_at, ends_at=morning.ends_at)
        book_place(session=other, person=person, by=person)


def test_a_session_cancelled_while_an_offer_is_out(client, session):
    held, wait = BookingFactory(session=session), waiting(session)
    cancel_booking(booking=held, by=held.person)
    assert state_of(wait) == BookingState.OFFERED

    cancel_session(session=session, reason="The trainer is ill.", by=officer())

    with pytest.raises(OfferGone):
        accept_offer(booking=wait, by=wait.person)
    client.force_login(wait.person)
    told = client.post(reverse("training:offer-accept", args=[wait.pk]), follow=True)
    assert "This offer has ended. The session has been cancelled." in told.content.decode()
    assert state_of(wait) == BookingState.CANCELLED_BY_SERVICE
    assert Message.objects.filter(
        template="training/emails/session_cancelled", to=wait.person.email
    ).exists()


def test_more_places_while_people_wait_are_theirs_and_nobody_elses(client, session):
    BookingFactory(session=session)
    rows = [waiting(session, days) for days in (3, 2)]

    change_session(session=session, by=officer(), capacity=3)

    assert [state_of(row) for row in rows] == [BookingState.OFFERED] * 2
    client.force_login(staff_user())
    assert "This session is full" in book_on_the_page(client, session)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_promoting_leaves_it_to_the_next(session):
    """What dies with the worker is rolled back whole; the clock's next run offers the place."""
    held, wait = BookingFactory(session=session), waiting(session)

    class Killed(BaseException):
        pass

    with pytest.raises(Killed), transaction.atomic():
        cancel_booking(booking=held, by=held.person)
        assert state_of(wait) == BookingState.OFFERED
        raise Killed
    assert [state_of(held), state_of(wait)] == [BookingState.BOOKED, BookingState.WAITING]
    assert Message.objects.count() == 0

    # A place that somebody freed without offering it, as a worker that dies in between would.
    Booking.objects.filter(pk=held.pk).update(
        state=BookingState.CANCELLED_BY_PERSON, place_number=None, ended_at=NOW
    )
    for _ in range(2):
        let_time_answer()

    assert state_of(wait) == BookingState.OFFERED
    assert Message.objects.filter(template="training/emails/place_offered").count() == 1
