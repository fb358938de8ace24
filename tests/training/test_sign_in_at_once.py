"""Two sign-ins of one person arrive at once: real threads, real Postgres, one presence.

A pause after looking whether there is one already lets both look. Without the lock both write and the
database's backstop stops the second with an error; with it both hear that they are signed in.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
import time_machine
from django.db import IntegrityError, connection

from tests.factories.attending import MORNING, code_of, day_session
from tests.factories.training import BookingFactory
from training.actions import attendance, sign_in
from training.models import Presence

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _pause_when_none_was_found(monkeypatch):
    both_have_looked = Barrier(2)
    look = attendance._presence

    def look_and_pause(booking, part):
        found = look(booking, part)
        with suppress(BrokenBarrierError):  # Broken when the other is kept out by the lock.
            both_have_looked.wait(timeout=1)
        return found

    monkeypatch.setattr(attendance, "_presence", look_and_pause)


def twice_at_once(booking):
    def attempt():
        try:
            code = code_of(booking.session, MORNING)
            return sign_in(session=booking.session, code=code, by=booking.person)
        except IntegrityError as refusal:
            return refusal
        finally:
            connection.close()

    with time_machine.travel(MORNING, tick=False), ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(attempt) for _ in range(2)]
        return [future.result(timeout=20) for future in futures]


@pytest.mark.usefixtures("_pause_when_none_was_found", "_no_locks")
def test_without_the_lock_the_second_meets_the_database():
    results = twice_at_once(BookingFactory(session=day_session()))

    assert sorted(type(row).__name__ for row in results) == ["IntegrityError", "Presence"]
    error = next(row for row in results if isinstance(row, IntegrityError))
    assert "one_presence_in_a_half_day" in str(error)


@pytest.mark.usefixtures("_pause_when_none_was_found")
def test_with_the_lock_both_are_signed_in_once():
    results = twice_at_once(BookingFactory(session=day_session()))

    assert {row.pk for row in results} == {Presence.objects.get().pk}
