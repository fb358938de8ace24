"""Thirty-two people at one session at once, in real threads on real Postgres: book, wait, give back, swap.

Whatever order they come in, no place is held twice, none stays free while somebody waits who could
have it, and nobody is told of a deadlock.
"""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.factories.training import SessionFactory, SwapProposalFactory, staff_user
from training.actions import (
    accept_offer,
    accept_swap,
    book_place,
    cancel_booking,
    decline_offer,
    join_waiting_list,
)
from training.exceptions import BookingCannotBeCancelled, BookingRefused, SwapGone
from training.models import Booking
from training.states import BookingState

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 32


def all_at_once(*tasks):
    """Run each task in a thread of its own, begun together; return what each returned or was refused."""
    together = Barrier(len(tasks))

    def run(task):
        together.wait(timeout=20)
        try:
            return task()
        except (BookingCannotBeCancelled, BookingRefused, SwapGone) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, task) for task in tasks]]


def books(session, person):
    return lambda: book_place(session=session, person=person, by=person)


def waits(session, person):
    return lambda: join_waiting_list(session=session, person=person, by=person, may_be_named=True)


def places_held(session):
    held = Booking.objects.holding_a_place().filter(session=session)
    return sorted(held.values_list("place_number", flat=True))


def waiting(session):
    return session.bookings.filter(state=BookingState.WAITING)


@pytest.fixture
def session():
    return SessionFactory(capacity=10)


@pytest.fixture
def people():
    return [staff_user() for _ in range(PEOPLE)]


def test_a_crowd_gets_as_many_places_as_there_are(session, people):
    answers = all_at_once(*(books(session, person) for person in people))

    assert sum(isinstance(answer, Booking) for answer in answers) == 10
    assert places_held(session) == list(range(1, 11))


def test_places_given_back_in_the_crowd_go_to_who_waits(session, people):
    held = [books(session, person)() for person in people[:10]]
    tasks = [lambda row=row: cancel_booking(booking=row, by=row.person) for row in held[:5]]
    tasks += [waits(session, person) for person in people[10:21]]
    tasks += [books(session, person) for person in people[21:]]
    random.Random(5).shuffle(tasks)

    all_at_once(*tasks)

    assert places_held(session) == list(range(1, 11))
    assert session.bookings.filter(state=BookingState.CANCELLED_BY_PERSON).count() == 5


def test_answers_to_offers_in_the_crowd_pass_places_on(session, people):
    held = [books(session, person)() for person in people[:10]]
    for person in people[10:26]:
        waits(session, person)()
    for booking in held:
        cancel_booking(booking=booking, by=booking.person)
    offered = list(session.bookings.filter(state=BookingState.OFFERED).select_related("person"))
    assert len(offered) == 10
    tasks = [lambda row=row: accept_offer(booking=row, by=row.person) for row in offered[:5]]
    tasks += [lambda row=row: decline_offer(booking=row, by=row.person) for row in offered[5:]]
    tasks += [books(session, person) for person in people[26:]]
    random.Random(6).shuffle(tasks)

    all_at_once(*tasks)

    assert places_held(session) == list(range(1, 11))
    assert waiting(session).count() == 1
    assert session.bookings.filter(state=BookingState.OFFERED).count() == 5


def test_swaps_in_the_crowd_change_hands_once(session, people):
    held = [books(session, person)() for person in people[:10]]
    waiters = [waits(session, person)() for person in people[10:20]]
    proposals = [
        SwapProposalFactory(booking=mine, waiting=theirs, made_by=mine.person)
        for mine, theirs in zip(held, waiters, strict=True)
    ]
    tasks = [lambda row=row: accept_swap(proposal=row, by=row.waiting.person) for row in proposals]
    tasks += [lambda row=row: cancel_booking(booking=row, by=row.person) for row in held]
    tasks += [books(session, person) for person in people[20:]]
    random.Random(7).shuffle(tasks)

    all_at_once(*tasks)

    assert places_held(session) == list(range(1, 11))
    assert not Booking.objects.holding_a_place().filter(person__in=people[:10]).exists()


def test_one_person_in_the_crowd_gets_one_place_of_sessions_side_by_side(people):
    [person, *_] = people
    first = SessionFactory(capacity=10)
    sessions = [first, *(SessionFactory(starts_at=first.starts_at) for _ in range(PEOPLE - 1))]

    answers = all_at_once(*(books(session, person) for session in sessions))

    assert sum(isinstance(answer, Booking) for answer in answers) == 1
