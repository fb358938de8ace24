"""Two officers book two people of a team for the same half days at once: real threads, real Postgres.

A pause after the cover was counted lets both count before either books. The first test shows that
without the lock both find enough people; the second that with it one is told.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from tests.factories.cover import qualified, team_with_minimum
from tests.factories.training import SessionFactory, officer
from training.actions import book_place, safe_cover
from training.exceptions import BelowSafeCover

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2030, 1, 7, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _pause_when_cover_was_counted(monkeypatch):
    both_have_counted = Barrier(2)
    count = safe_cover.half_days_short_without

    def count_and_pause(person, session):
        short = count(person, session)
        with suppress(BrokenBarrierError):  # Broken when the other is kept out by the lock.
            both_have_counted.wait(timeout=1)
        return short

    monkeypatch.setattr(safe_cover, "half_days_short_without", count_and_pause)


def book_two_at_once():
    """Book two of three people on two sessions of one day, where two are needed at work."""
    team = team_with_minimum(2)
    here, there = (SessionFactory(starts_at=MONDAY) for _ in range(2))
    people = [qualified(team).user for _ in range(3)]
    by = officer()

    def attempt(session, person):
        try:
            return type(book_place(session=session, person=person, by=by)).__name__
        except BelowSafeCover:
            return "BelowSafeCover"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        tried = [pool.submit(attempt, here, people[0]), pool.submit(attempt, there, people[1])]
        return sorted(one.result(timeout=20) for one in tried)


def test_without_the_lock_both_find_enough_people(monkeypatch):
    monkeypatch.setattr(safe_cover, "lock_cover_of", lambda person: None)

    assert book_two_at_once() == ["Booking", "Booking"]


def test_with_the_lock_one_is_told():
    assert book_two_at_once() == ["BelowSafeCover", "Booking"]
