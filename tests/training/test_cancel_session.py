"""Cancelling a session: who is told what is seen first, and two officers at once cancel it once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from notifications.models import Message
from notifications.rendering import render
from tests.factories.training import (
    BookingFactory,
    NominationFactory,
    SessionFactory,
    officer,
    staff_user,
)
from training.actions import cancel_session, sessions
from training.admin import session_pages
from training.exceptions import BegunAlready, CancelledAlready
from training.models import Booking, Session
from training.queries import waiting_in_published_order
from training.queries.cancelling import who_is_told
from training.states import BookingState, SessionState

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def session():
    return SessionFactory(starts_at=NOW + timedelta(days=21), trainer=staff_user())


def page_of(*sessions):
    keys = "&".join(f"pk={session.pk}" for session in sessions)
    return f"{reverse('admin:training_session_cancel')}?{keys}"


def test_the_preview_names_everybody_who_will_be_told(client, by, session):
    waits = BookingFactory(session=session, state=BookingState.WAITING)
    booked = BookingFactory(session=session)
    BookingFactory(session=session, state=BookingState.CANCELLED_BY_PERSON)
    NominationFactory(session=session)
    other = SessionFactory(course=session.course, starts_at=NOW + timedelta(days=40))

    preview = who_is_told(session, NOW)
    page = client.get(page_of(session)).content.decode()

    assert preview.bookings == [booked, waits]
    assert (preview.dates, preview.nominations, preview.with_a_place) == ([other], 1, 1)
    for words in (booked.person.full_name, waits.person.full_name, other.when):
        assert words in page
    assert Session.objects.get(pk=session.pk).state == SessionState.PLANNED
    client.post(page_of(session), {"reason": "The trainer is ill."})
    told = Message.objects.exclude(template__contains="trainer").values_list("to", flat=True)
    assert sorted(told) == sorted(row.person.email for row in preview.bookings)


def test_people_read_the_next_dates_and_come_earlier(by, session):
    booking = BookingFactory(session=session)
    other = SessionFactory(course=session.course, starts_at=NOW + timedelta(days=40), capacity=1)

    cancel_session(session=session, reason="Snow", by=by)

    message = Message.objects.with_what_delivery_needs().get(to=booking.person.email)
    text = render(message).body
    assert other.when in text
    assert "earlier on every waiting list" in text
    first = BookingFactory(session=other, state=BookingState.WAITING)
    served = BookingFactory(session=other, state=BookingState.WAITING, person=booking.person)
    Booking.objects.filter(pk=served.pk).update(waiting_since=NOW)
    assert waiting_in_published_order(other, NOW + timedelta(hours=1)) == [served, first]


def test_the_trainer_is_told(by, session):
    cancel_session(session=session, reason="Snow", by=by)

    message = Message.objects.get()
    assert (message.to, message.context["reason"]) == (session.trainer.email, "Snow")


@pytest.mark.parametrize("reason", ["", "   ", "\u200b", "x" * 501])
def test_a_reason_is_needed(client, by, session, reason):
    page = client.post(page_of(session), {"reason": reason})

    assert list(page.context["form"].errors) == ["reason"]
    assert Session.objects.get().state == SessionState.PLANNED


def test_looking_changes_nothing_and_nothing_chosen_is_said(client, by, session):
    client.get(page_of(session), {"reason": "Snow"})

    assert Session.objects.get().state == SessionState.PLANNED
    for address in (page_of(), f"{page_of()}pk=x", page_of(SessionFactory(state="cancelled"))):
        assert "There is no session to cancel here." in client.get(address).content.decode()
    assert client.get(f"{page_of()}pk={10**18}&pk={'9' * 5000}").status_code == 200


def test_a_series_is_cancelled_together(client, by, session):
    other = SessionFactory(starts_at=NOW + timedelta(days=28))

    client.post(page_of(session, other), {"reason": "Snow"})

    assert set(Session.objects.values_list("state", flat=True)) == {SessionState.CANCELLED}


def test_what_has_begun_stays_and_is_left_out_in_words(client, by, session):
    begun = SessionFactory(starts_at=NOW - timedelta(hours=1))
    booking = BookingFactory(session=begun)

    with pytest.raises(BegunAlready):
        cancel_session(session=begun, reason="Snow", by=by)
    both, alone = (client.get(page_of(*chosen)) for chosen in ([session, begun], [begun]))

    words = f"{begun} has begun, so it cannot be cancelled."
    assert both.context["left_out"] == alone.context["left_out"] == [words]
    assert [row.session for row in both.context["previews"]] == [session]
    assert words in both.content.decode()
    assert words in alone.content.decode()
    client.post(page_of(session, begun), {"reason": "Snow"})
    states = dict(Session.objects.values_list("pk", "state"))
    assert states == {begun.pk: SessionState.PLANNED, session.pk: SessionState.CANCELLED}
    assert not Message.objects.filter(to=booking.person.email).exists()
    for row, shown in ((begun, False), (SessionFactory(starts_at=NOW + timedelta(days=9)), True)):
        change = client.get(reverse("admin:training_session_change", args=[row.pk]))
        assert (page_of(row) in change.content.decode()) is shown


def test_who_comes_second_is_told_and_keeps_the_reason(client, by, session):
    cancel_session(session=session, reason="Snow", by=by)
    told = Message.objects.count()

    page = client.post(page_of(session), {"reason": "The trainer is ill."}).content.decode()

    assert f"{session} was cancelled already. Nobody is told twice." in page
    assert "<blockquote>The trainer is ill.</blockquote>" in page
    assert Message.objects.count() == told


def test_too_many_at_once_are_not_cut_to_some_in_silence(client, by, monkeypatch, session):
    monkeypatch.setattr(session_pages, "MOST_CANCELLED_AT_ONCE", 1)
    chosen = [session, SessionFactory(starts_at=NOW + timedelta(days=28))]
    words = "You chose 2 sessions. Choose 1 at most at a time"

    for page in (client.get(page_of(*chosen)), client.post(page_of(*chosen), {"reason": "Snow"})):
        assert words in page.content.decode()
    listed = client.post(
        reverse("admin:training_session_changelist"),
        {"action": "cancel_selected", "_selected_action": [row.pk for row in chosen]},
        follow=True,
    )

    assert words in listed.content.decode()
    assert Session.objects.planned().count() == 2


# --- Two officers at once -------------------------------------------------------------------------


@pytest.fixture
def _pause_when_bookings_were_read(monkeypatch):
    both_have_read = Barrier(2)
    read = sessions.current_bookings

    def read_and_pause(session):
        found = read(session)
        with suppress(BrokenBarrierError):  # Broken when the other is kept out by the lock.
            both_have_read.wait(timeout=1)
        return found

    monkeypatch.setattr(sessions, "current_bookings", read_and_pause)


def cancel_at_once(session):
    people = [officer(), officer()]

    def attempt(by):
        try:
            return cancel_session(session=session, reason=f"By {by.pk}", by=by)
        except CancelledAlready as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(type(result).__name__ for result in pool.map(attempt, people, timeout=20))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_pause_when_bookings_were_read", "_no_locks")
def test_without_the_lock_both_cancel(session):
    BookingFactory(session=session)

    assert cancel_at_once(session) == ["Session", "Session"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_pause_when_bookings_were_read")
def test_with_the_lock_one_cancels_and_everybody_gets_one_mail(session):
    people = [BookingFactory(session=session).person.email for _ in range(2)]

    assert cancel_at_once(session) == ["CancelledAlready", "Session"]

    told = Message.objects.filter(template="training/emails/session_cancelled")
    assert sorted(told.values_list("to", flat=True)) == sorted(people)
    assert len({message.context["reason"] for message in told}) == 1
