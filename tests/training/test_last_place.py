"""Two people press "Book a place" on the last place at once: real threads, real Postgres.

A pause after the free place was found lets both get there. The first test shows that without the
lock the race happens and only the database's backstop stops it, with an error nobody should see. The
second shows that with the lock one is booked and the other is told, in words.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import IntegrityError, OperationalError, connection

from tests.factories.training import BookingFactory, SessionFactory, staff_user
from training.actions import book_place, bookings
from training.exceptions import ClashesWith, SessionFull

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _pause_when_a_place_was_found(monkeypatch):
    """Both look for a free place before either takes it, unless a lock lets only one look."""
    both_have_looked = Barrier(2)
    look = bookings.OwnBookings

    def look_and_pause(*args):
        found = look(*args)
        with suppress(BrokenBarrierError):  # Broken when the other is kept out by the lock.
            both_have_looked.wait(timeout=1)
        return found

    monkeypatch.setattr(bookings, "OwnBookings", look_and_pause)


def attempt(session, person):
    try:
        return book_place(session=session, person=person, by=person)
    except (SessionFull, ClashesWith, IntegrityError, OperationalError) as refusal:
        return refusal
    finally:
        connection.close()


def at_once(*attempts):
    with ThreadPoolExecutor(len(attempts)) as pool:
        futures = [pool.submit(attempt, session, person) for session, person in attempts]
        return [future.result(timeout=20) for future in futures]


def kinds(results):
    return sorted(type(result).__name__ for result in results)


@pytest.mark.usefixtures("_pause_when_a_place_was_found", "_no_locks")
def test_without_the_lock_two_people_reach_for_the_last_place():
    session = SessionFactory(capacity=2)
    BookingFactory(session=session)

    results = at_once((session, staff_user()), (session, staff_user()))

    assert kinds(results) == ["Booking", "IntegrityError"]
    error = next(result for result in results if isinstance(result, IntegrityError))
    assert "each_place_is_held_once" in str(error)


@pytest.mark.usefixtures("_pause_when_a_place_was_found")
def test_with_the_lock_one_is_booked_and_the_other_is_told():
    session = SessionFactory(capacity=2)
    BookingFactory(session=session)

    results = at_once((session, staff_user()), (session, staff_user()))

    assert kinds(results) == ["Booking", "SessionFull"]
    assert sorted(session.bookings.values_list("place_number", flat=True)) == [1, 2]


@pytest.mark.usefixtures("_pause_when_a_place_was_found", "_no_locks")
def test_without_the_lock_one_person_reaches_for_two_places_at_the_same_time():
    person = staff_user()
    here = SessionFactory()
    there = SessionFactory(starts_at=here.starts_at)

    results = at_once((here, person), (there, person))

    # The backstop holds: it refuses one of them, at once or, when both wait for it, as a deadlock.
    assert kinds(results) in (["Booking", "IntegrityError"], ["Booking", "OperationalError"])


@pytest.mark.usefixtures("_pause_when_a_place_was_found")
def test_with_the_lock_one_person_has_one_place_at_a_time():
    person = staff_user()
    here = SessionFactory()
    there = SessionFactory(starts_at=here.starts_at)

    results = at_once((here, person), (there, person))

    assert kinds(results) == ["Booking", "ClashesWith"]


def test_many_people_never_get_more_places_than_there_are():
    session = SessionFactory(capacity=3)

    results = at_once(*[(session, staff_user()) for _ in range(8)])

    assert kinds(results) == ["Booking"] * 3 + ["SessionFull"] * 5
    assert sorted(session.bookings.values_list("place_number", flat=True)) == [1, 2, 3]
