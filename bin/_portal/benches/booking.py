"""bin/bench booking: places of training booked over HTTP, against a bare Django project.

The floor is that of bin/bench search. A booking is a form posted by somebody signed in: session,
cross-site protection, locks, the five days, the manager's say, the booking with its audit line, and
two letters with a calendar file in the outbox. Then many fight for few places: what is sold is
counted, also while others give places back and wait for them.
"""

import random
import statistics

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benches import bookers
from benches.beside_the_floor import CONNECTIONS, portal_and_floor, prepare_portal, send
from screen import Stop, step

PEOPLE = 1_500
PLACES = 50
ROUNDS = 5
SECONDS = 3
CLIENTS = 32  # Who fight, each over a connection of their own.
BOOKINGS_A_CLIENT = 10
LONG = 600  # Longer than any fight lasts.
NO_QUERIES = ("BEGIN", "COMMIT")


def measure(logs):
    """Return {key: (value, target, passed)}; `logs` is a folder for what the processes say."""
    portal_port, floor_port = prepare_portal(logs)
    with step(f"Signing in {PEOPLE:,} people"):
        cookies = bookers.write_people(PEOPLE)
    with portal_and_floor(logs, portal_port, floor_port):
        return _measure(_Crowd(portal_port, floor_port, cookies))


def _measure(crowd):
    queries = _queries_of_a_booking(crowd)
    ratio = statistics.median(_rounds(crowd))
    sold_of_50 = _fight(crowd, places=50, people=200)
    sold_of_1000 = _fight(crowd, places=1_000, people=1_300)
    contention = statistics.median(_contention(crowd))
    with step("Looking for what must never be"):
        call_command("check_invariants", verbosity=0)
    return {
        "ratio": (round(ratio, 3), "0.15 or more, aim 0.20", ratio >= 0.15),
        "queries": (queries, "15 or fewer", queries <= 15),
        "sold_of_50": (sold_of_50, "exactly 50", sold_of_50 == 50),
        "sold_of_1000": (sold_of_1000, "exactly 1,000", sold_of_1000 == 1_000),
        "contention_p95_ratio": (round(contention, 2), "3 or less", contention <= 3),
    }


def _queries_of_a_booking(crowd):
    """Return how many SQL statements a booking takes in this process, but for beginning and ending it."""
    [session] = crowd.sessions(1, capacity=PLACES, counts=True)
    client = Client(headers={"Host": "127.0.0.1", "Cookie": crowd.cookies[-1]})
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(f"/training/sessions/{session.pk}/book/")
    if answer.status_code != 302 or crowd.sold(session) != 1:
        raise Stop(f"The booking was answered with {answer.status_code}.")
    return sum(query["sql"] not in NO_QUERIES for query in queries)


def _rounds(crowd):
    """Yield the bookings' rate as a share of the floor's. Everybody books a day in each round."""
    for number in range(ROUNDS + 1):
        with step(f"Booking, round {number} of {ROUNDS}" if number else "Warming up"):
            sessions = crowd.sessions(PEOPLE // PLACES, capacity=PLACES, counts=True)
            lines = [
                crowd.books(person, sessions[person // PLACES])
                for person in range(len(sessions) * PLACES)
            ]
            random.Random(number).shuffle(lines)  # noqa: S311 (the same dice each time)
            floor = crowd.floor_rate()
            done = crowd.post(lines, CONNECTIONS, SECONDS)
            made = sum(crowd.sold(session) for session in sessions)
            if not done["requests"] <= made <= done["requests"] + CONNECTIONS:
                raise Stop(f"{done['requests']} answers, but {made} bookings.")
            if number:
                yield done["requests"] / done["seconds"] / floor


def _fight(crowd, *, places, people):
    """Return how many places were sold, of the one or the other session the one that is further off.

    For the first, everybody books at once. For the second, a tenth of those who have a place give it
    back while others book and wait.
    """
    with step(f"{CLIENTS} clients and {people:,} people want {places:,} places"):
        first, second = crowd.sessions(1, capacity=places) + crowd.sessions(1, capacity=places)
        crowd.post([crowd.books(person, first) for person in range(people)], CLIENTS, LONG)
    with step("The same, while places are given back and offered"):
        crowd.post([crowd.books(person, second) for person in range(places)], CLIENTS, LONG)
        lines = [crowd.cancels(person, second) for person in range(places // 10)]
        lines += [crowd.books(person, second) for person in range(places, people)]
        lines += [crowd.waits(person, second) for person in range(places, people)]
        random.Random(places).shuffle(lines)  # noqa: S311 (the same dice each time)
        crowd.post(lines, CLIENTS, LONG)
    return max((crowd.sold(row) for row in (first, second)), key=lambda sold: abs(sold - places))


def _contention(crowd):
    """Yield the p95 of clients who all want one session as a share of that of one session each."""
    wanted = CLIENTS * BOOKINGS_A_CLIENT
    for number in range(3):
        with step(f"{CLIENTS} clients on one session and on {CLIENTS}, round {number + 1} of 3"):
            [one] = crowd.sessions(1, capacity=wanted)
            each = crowd.sessions(CLIENTS, capacity=BOOKINGS_A_CLIENT)
            together = [crowd.books(person, one) for person in range(wanted)]
            apart = [crowd.books(person, each[person % CLIENTS]) for person in range(wanted)]
            slow = crowd.post(together, CLIENTS, LONG)["p95"]
            yield slow / crowd.post(apart, CLIENTS, LONG)["p95"]


class _Crowd:
    """People who are signed in, the forms they send, and the days they have not been asked for yet."""

    def __init__(self, portal_port, floor_port, cookies):
        self.portal_port, self.floor_port, self.cookies = portal_port, floor_port, cookies
        self.day = 0

    def sessions(self, count, *, capacity, counts=False):
        """Store sessions on a day of their own, so that everybody is free."""
        self.day += 1
        return bookers.write_sessions(count, capacity=capacity, day=self.day, counts=counts)

    def books(self, person, session):
        return bookers.line(f"/training/sessions/{session.pk}/book/", self.cookies[person])

    def waits(self, person, session):
        return bookers.line(f"/training/sessions/{session.pk}/wait/", self.cookies[person])

    def cancels(self, person, session):
        booking = session.bookings.get(person__email=f"booker{person}@example.org")
        return bookers.line(f"/training/bookings/{booking.pk}/cancel/", self.cookies[person])

    def sold(self, session):
        """Return how many different places of a session are held: booked, kept or offered."""
        held = apps.get_model("training", "Booking").objects.holding_a_place()
        numbers = held.filter(session=session).values_list("place_number", flat=True)
        return len(set(numbers))

    def floor_rate(self):
        done = send(self.floor_port, ["/"], seconds=SECONDS)
        return done["requests"] / done["seconds"]

    def post(self, lines, connections, seconds):
        return send(self.portal_port, lines, connections=connections, seconds=seconds)
