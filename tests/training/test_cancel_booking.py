from datetime import timedelta

import pytest
import time_machine
from icalendar import Calendar

from accounts.models import AuditEvent
from notifications.models import Message
from tests.factories.training import BookingFactory, SessionFactory, officer, staff_user
from training.actions import book_place, cancel_booking
from training.exceptions import BookingCannotBeCancelled
from training.states import BookingState

pytestmark = pytest.mark.django_db


def test_cancel_booking_gives_the_place_back():
    booking = BookingFactory(session__capacity=1)

    cancelled = cancel_booking(booking=booking, by=booking.person)

    assert (cancelled.state, cancelled.place_number) == (BookingState.CANCELLED_BY_PERSON, None)
    other = staff_user()
    assert book_place(session=booking.session, person=other, by=other).place_number == 1


def test_cancel_booking_takes_it_out_of_the_calendar():
    person = staff_user()
    booking = book_place(session=SessionFactory(), person=person, by=person)

    cancel_booking(booking=booking, by=person)

    booked, cancelled = (
        Calendar.from_ical(bytes(message.attachments.get().content))
        for message in Message.objects.order_by("pk")
    )
    (before,), (after,) = booked.walk("VEVENT"), cancelled.walk("VEVENT")
    assert (booked["METHOD"], cancelled["METHOD"]) == ("REQUEST", "CANCEL")
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["STATUS"] == "CANCELLED"


def test_a_person_who_cancelled_may_book_again():
    booking = BookingFactory()
    cancel_booking(booking=booking, by=booking.person)

    again = book_place(session=booking.session, person=booking.person, by=booking.person)

    assert again.pk != booking.pk


def test_somebody_who_stops_waiting_frees_nothing():
    session = SessionFactory(capacity=1)
    BookingFactory(session=session)
    waiting, other = (BookingFactory(session=session, state=BookingState.WAITING) for _ in "ab")

    cancel_booking(booking=waiting, by=waiting.person)

    (message,) = Message.objects.all()
    assert (message.to, message.context["had_a_place"]) == (waiting.person.email, False)
    assert message.attachments.count() == 0
    assert other.person.email != message.to


@pytest.mark.parametrize(
    ("hours_before", "allowed"), [(24.5, True), (24, False), (0.5, False), (-1, False)]
)
def test_the_cut_off_is_the_notice_of_the_course(hours_before, allowed):
    booking = BookingFactory(session__course__cancellation_notice_hours=24)
    moment = booking.session.starts_at - timedelta(hours=hours_before)

    with time_machine.travel(moment, tick=False):
        if allowed:
            cancel_booking(booking=booking, by=booking.person)
        else:
            with pytest.raises(BookingCannotBeCancelled):
                cancel_booking(booking=booking, by=booking.person)

    booking.refresh_from_db()
    assert (booking.state == BookingState.CANCELLED_BY_PERSON) == allowed


def test_an_officer_may_cancel_after_the_cut_off_until_it_starts():
    booking = BookingFactory(session__course__cancellation_notice_hours=24)
    by = officer()

    with time_machine.travel(booking.session.starts_at - timedelta(hours=1), tick=False):
        cancel_booking(booking=booking, by=by)

    assert AuditEvent.objects.get(event="booking_cancelled").by == by


def test_a_colleague_may_not_cancel():
    booking = BookingFactory()

    with pytest.raises(BookingCannotBeCancelled):
        cancel_booking(booking=booking, by=staff_user())


def test_what_is_cancelled_cannot_be_cancelled_again():
    booking = BookingFactory(state=BookingState.CANCELLED_BY_PERSON)

    with pytest.raises(BookingCannotBeCancelled):
        cancel_booking(booking=booking, by=booking.person)
