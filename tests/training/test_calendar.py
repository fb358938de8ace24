"""Calendars, read back by a parser: one entry that changes and goes, and the feed at a secret address."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from accounts.models import AuditEvent
from accounts.registries import privacy
from notifications.models import Message
from tests.factories.outside import OutsideCourseFactory
from tests.factories.training import BookingFactory, SessionFactory, officer, staff_user
from training.actions import (
    accept_offer,
    book_place,
    cancel_booking,
    change_session,
    end_calendar_address,
    join_waiting_list,
    make_calendar_address,
)
from training.models import CalendarFeed
from training.states import BookingState, EndReason, OutsideState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def session():
    return SessionFactory(starts_at=NOW + timedelta(days=30))


def entries_sent_to(person):
    """Return (method, status, UID, sequence, start) of the calendar files sent, the first first."""
    sent = []
    for message in Message.objects.filter(to=person.email).order_by("pk"):
        for file in message.attachments.all():
            calendar = Calendar.from_ical(bytes(file.content))
            (event,) = calendar.walk("VEVENT")
            sent.append(
                (
                    calendar["METHOD"],
                    event["STATUS"],
                    event["UID"],
                    event["SEQUENCE"],
                    event.decoded("DTSTART"),
                )
            )
    return sent


def test_an_entry_is_made_changed_cancelled_and_made_anew(session):
    person = staff_user()
    first = book_place(session=session, person=person, by=person)
    moved = session.starts_at + timedelta(days=1)
    change_session(
        session=session, by=officer(), starts_at=moved, ends_at=session.ends_at + timedelta(days=1)
    )
    cancel_booking(booking=first, by=person)
    second = book_place(session=session, person=person, by=person)
    change_session(session=session, by=officer(), place_name="The Old Bakery")

    uid, again = (f"booking-{row.pk}@" for row in (first, second))
    host = entries_sent_to(person)[0][2].removeprefix(uid)
    assert entries_sent_to(person) == [
        ("REQUEST", "CONFIRMED", uid + host, 0, session.starts_at),
        ("REQUEST", "CONFIRMED", uid + host, 1, moved),
        ("CANCEL", "CANCELLED", uid + host, 2, moved),
        ("REQUEST", "CONFIRMED", again + host, 1, moved),
        ("REQUEST", "CONFIRMED", again + host, 2, moved),
    ]


def test_an_offer_is_in_the_calendar_once_it_is_accepted(session):
    type(session).objects.filter(pk=session.pk).update(capacity=1)
    session.refresh_from_db()
    held, person = BookingFactory(session=session), staff_user()
    waiting = join_waiting_list(session=session, person=person, by=person)
    cancel_booking(booking=held, by=held.person)
    change_session(session=session, by=officer(), place_name="The Old Bakery")
    assert entries_sent_to(person) == []

    accept_offer(booking=waiting, by=person)

    ((method, _, _, sequence, _),) = entries_sent_to(person)
    assert (method, sequence) == ("REQUEST", 1)


def test_a_held_place_is_downloaded_as_tentative(client):
    person = staff_user()
    client.force_login(person)
    held = BookingFactory(person=person, state=BookingState.HELD)

    response = client.get(reverse("training:booking-calendar", args=[held.pk]))

    assert statuses(response) == {f"booking-{held.pk}": "TENTATIVE"}


# --- The feed --------------------------------------------------------------------------------------


def feed(client, secret, **headers):
    return client.get(reverse("training:calendar-feed", args=[secret]), **headers)


def statuses(response):
    events = Calendar.from_ical(response.content).walk("VEVENT")
    return {event["UID"].split("@")[0]: event["STATUS"] for event in events}


def test_the_feed_has_what_is_booked_held_and_lately_cancelled(client):
    person = staff_user()
    booked = BookingFactory(person=person)
    held = BookingFactory(person=person, state=BookingState.HELD)
    ended = {"person": person, "state": BookingState.CANCELLED_BY_PERSON}
    lately = BookingFactory(**ended, ended_at=NOW - timedelta(days=59))
    BookingFactory(**ended, ended_at=NOW - timedelta(days=61))
    stopped_waiting = {"waiting_since": NOW - timedelta(days=9), "ended_at": NOW}
    BookingFactory(**ended, **stopped_waiting, end_reason=EndReason.CHANGED_PLANS)
    BookingFactory(person=person, state=BookingState.WAITING)
    BookingFactory(person=person, state=BookingState.OFFERED)
    BookingFactory()

    response = feed(client, make_calendar_address(by=person))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert statuses(response) == {
        f"booking-{booked.pk}": "CONFIRMED",
        f"booking-{held.pk}": "TENTATIVE",
        f"booking-{lately.pk}": "CANCELLED",
    }


def test_the_feed_has_outside_courses_that_are_approved_in_office_hours(client):
    person = staff_user()
    secret = make_calendar_address(by=person)
    for state in OutsideState:
        OutsideCourseFactory(person=person, state=state, provider=state.value)

    events = Calendar.from_ical(feed(client, secret).content).walk("VEVENT")

    assert [event["SUMMARY"] for event in events] == [
        "Life story work with teenagers (approved)",
        "Life story work with teenagers (attended)",
    ]
    hours = [(event.start.hour, event.end.hour, event.end - event.start) for event in events]
    assert hours == [(9, 17, timedelta(hours=8))] * 2


def test_a_cancelled_entry_has_a_higher_sequence_than_before(client, session):
    person = staff_user()
    booking = book_place(session=session, person=person, by=person)
    secret = make_calendar_address(by=person)
    before = Calendar.from_ical(feed(client, secret).content).walk("VEVENT")[0]
    cancel_booking(booking=booking, by=person)

    after = Calendar.from_ical(feed(client, secret).content).walk("VEVENT")[0]

    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_an_unchanged_calendar_is_not_sent_again(client, session):
    person = staff_user()
    BookingFactory(person=person, session=session)
    secret = make_calendar_address(by=person)
    first = feed(client, secret)
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        again = feed(client, secret, HTTP_IF_NONE_MATCH=first["ETag"])
        change_session(session=session, by=officer(), place_name="The Old Bakery")
        changed = feed(client, secret, HTTP_IF_NONE_MATCH=first["ETag"])

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert again.content == b""


def test_a_new_address_ends_the_old_one(client):
    person = staff_user()
    old, new = make_calendar_address(by=person), make_calendar_address(by=person)

    assert (feed(client, old).status_code, feed(client, new).status_code) == (404, 200)
    end_calendar_address(by=person)
    assert feed(client, new).status_code == 404


def test_the_secret_is_kept_nowhere():
    secret = make_calendar_address(by=staff_user())

    assert secret not in str(list(CalendarFeed.objects.values()))
    assert secret not in str(list(AuditEvent.objects.values()))
    assert len(secret) >= 43


def test_an_erased_person_has_no_calendar(client):
    person = staff_user()
    secret = make_calendar_address(by=person)

    assert privacy[CalendarFeed].eraser(person) == 1
    assert feed(client, secret).status_code == 404


def test_the_address_is_shown_once(client):
    client.force_login(staff_user())
    page = reverse("training:calendar")

    shown = client.post(page).content.decode()

    secret = re.search(r"/training/calendar/([\w-]{43})\.ics", shown)[1]
    assert feed(client, secret).status_code == 200
    assert secret not in client.get(page).content.decode()
    client.post(reverse("training:calendar-end"))
    assert feed(client, secret).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_feed_asks_the_same_however_long_it_is(client, rows, django_assert_num_queries):
    person = staff_user()
    for _ in range(rows):
        BookingFactory(person=person)
    secret = make_calendar_address(by=person)

    with django_assert_num_queries(3):
        feed(client, secret)
