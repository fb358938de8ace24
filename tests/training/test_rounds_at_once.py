"""Fair rounds when two act at once: real threads, real Postgres.

A pause lets both get to the point where they would collide. The first test of each pair shows that
without the lock they do; the second that with it they do not.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
import time_machine
from django.db import Error, connection
from django.utils import timezone

from notifications.models import Message
from tests.factories.rounds import FairRoundFactory
from tests.factories.training import SessionFactory, officer, staff_user
from training.actions import (
    announce_round,
    book_place,
    drawing,
    places,
    request_place,
    settle_round,
)
from training.exceptions import RoundRunning
from training.models import Booking, RoundLine
from training.states import BookingState

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    def run(act):
        try:
            return type(act()).__name__
        except (Error, RoundRunning) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def pausing(function):
    """Return the function with a pause after it, in which the other catches up if nothing stops it."""
    both = Barrier(2)

    def paused(*args, **kwargs):
        found = function(*args, **kwargs)
        with suppress(BrokenBarrierError):  # Broken when the other is kept out by the lock.
            both.wait(timeout=1)
        return found

    return paused


@pytest.fixture
def closed_round():
    """A round with three requests for one place, whose time is over."""
    now = timezone.now()
    session = SessionFactory(capacity=1, starts_at=now + timedelta(days=30))
    fair_round = FairRoundFactory(
        session=session, opens_at=now - timedelta(days=8), closes_at=now - timedelta(minutes=1)
    )
    people = [staff_user() for _ in range(3)]
    with time_machine.travel(now - timedelta(days=2)):
        for person in people:
            request_place(session=session, person=person, by=person)
    return fair_round


def settle_twice(monkeypatch, fair_round):
    monkeypatch.setattr(drawing, "drawn_lines", pausing(drawing.drawn_lines))
    return at_once(*[lambda: settle_round(fair_round=fair_round)] * 2)


@pytest.mark.usefixtures("_no_locks")
def test_without_the_lock_two_workers_draw_the_same_round(monkeypatch, closed_round):
    assert settle_twice(monkeypatch, closed_round) == ["FairRound", "IntegrityError"]


def test_with_the_lock_a_round_is_drawn_once(monkeypatch, closed_round):
    assert settle_twice(monkeypatch, closed_round) == ["FairRound", "FairRound"]

    assert RoundLine.objects.count() == 3
    assert Message.objects.filter(template="training/emails/round_result").count() == 3
    states = Booking.objects.order_by("state").values_list("state", flat=True)
    assert list(states) == [BookingState.BOOKED, BookingState.WAITING, BookingState.WAITING]


def book_while_a_round_is_announced(monkeypatch):
    """Let somebody book between the announcement's look at the session and its end."""
    now = timezone.now()
    session, person, by = (
        SessionFactory(starts_at=now + timedelta(days=30)),
        staff_user(),
        officer(),
    )
    monkeypatch.setattr(places, "lock_sessions", pausing(places.lock_sessions))
    opens = now + timedelta(hours=1)

    def announce():
        return announce_round(
            session=session, opens_at=opens, closes_at=opens + timedelta(days=7), by=by
        )

    results = at_once(announce, lambda: book_place(session=session, person=person, by=person))
    return results, Booking.objects.filter(state=BookingState.BOOKED).count()


@pytest.mark.usefixtures("_no_locks")
def test_without_the_lock_somebody_books_past_a_round(monkeypatch):
    results, booked = book_while_a_round_is_announced(monkeypatch)

    assert (results, booked) == (["Booking", "FairRound"], 1)


def test_with_the_lock_whoever_comes_second_is_told_or_came_first(monkeypatch):
    results, booked = book_while_a_round_is_announced(monkeypatch)

    assert (results, booked) in [(["FairRound", "RoundRunning"], 0), (["Booking", "FairRound"], 1)]
