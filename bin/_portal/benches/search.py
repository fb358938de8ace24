"""bin/bench search: the search page of the portal against a bare Django project, in the same minutes.

The floor (benches/floor/) has no middleware, makes one indexed query of 20 rows and fills a plain
template. Both run under the same gunicorn settings on the same Postgres and are asked in turns by the
same caller, so the ratios hold on any machine. The demo's adverts are there to be copied only: the
portal that is measured runs without its demo.
"""

import csv
import itertools
import random
import statistics
from urllib.parse import urlencode

from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benches import adverts, weight
from benches.beside_the_floor import portal_and_floor, prepare_portal, send
from checkout import ROOT
from screen import Stop, step

LIVE = 2_000
STORED, STORED_LATER = 20_000, 200_000
SECONDS = 3
WARM_UP_SECONDS = {
    "floor": 1,
    "fresh": 8,
    "repeat": 1,
}  # Fresh pages fill what is kept between them.
ROUNDS = 5
FRESH_ADDRESSES = 60_000
WORDS = (
    "social worker", "team manager", "support worker", "family help", "children in care", "fostering",
    "adoption", "care leavers", "personal adviser", "administrator", "court work", "assessments",
    "disabled children", "youth justice", "newly qualified", "mentor", "supervision", "safeguarding",
    "personal assistant", "parents", "young people", '"social work"', "manager -assistant", "nqsw",
    "senior social worker", "apprentice", "families", "teenagers", "home visits", "evenings",
)  # fmt: skip
REPEATED = "/vacancies/?" + urlencode({"q": "social worker", "place": "Winchester", "radius": 20})


def measure(logs):
    """Return {key: (value, target, passed)}; `logs` is a folder for what the processes say."""
    portal_port, floor_port = prepare_portal(logs)
    with step(f"Storing {STORED:,} adverts, {LIVE:,} of them open"):
        adverts.write_adverts(stored=STORED, live=LIVE)
    with portal_and_floor(logs, portal_port, floor_port):
        return _measure(_Load(portal_port, floor_port), portal_port)


def _measure(load, port):
    queries = _most_queries(itertools.islice(load.fresh, 60))
    list_kilobytes = weight.kilobytes_of(port, "/vacancies/")
    advert_kilobytes = weight.kilobytes_of(port, _an_advert())
    with step("Warming up"):
        load.warm_up()
    fresh, repeat = _rounds(load, f"{STORED:,} adverts", repeats=True)
    with step(f"Storing {STORED_LATER:,} adverts, {LIVE:,} of them open"):
        adverts.multiply_those_that_are_over(stored=STORED_LATER)
    load.warm_up()
    fresh_later, _ = _rounds(load, f"{STORED_LATER:,} adverts", repeats=False)
    growth = fresh / fresh_later
    return {
        "fresh_ratio": (round(fresh, 3), "0.20 or more, aim 0.30", fresh >= 0.20),
        "repeat_ratio": (round(repeat, 2), "1.5 or more, aim 2", repeat >= 1.5),
        "growth_ratio": (round(growth, 2), "1.15 or less", growth <= 1.15),
        "queries": (queries, "6 or fewer", queries <= 6),
        "list_kilobytes": (list_kilobytes, "75 or less", list_kilobytes <= 75),
        "advert_kilobytes": (advert_kilobytes, "75 or less", advert_kilobytes <= 75),
    }


def _rounds(load, what, *, repeats):
    """Return the medians of the fresh and the repeated pages' rates as shares of the floor's."""
    fresh, repeat = [], []
    for number in range(ROUNDS):
        with step(f"{what}, round {number + 1} of {ROUNDS}"):
            floor = load.floor_rate()
            fresh.append(load.fresh_rate() / floor)
            repeat.append(load.repeat_rate() / floor if repeats else 0)
    return statistics.median(fresh), statistics.median(repeat)


class _Load:
    """Asks the two servers for pages and returns pages a second."""

    def __init__(self, portal_port, floor_port):
        self.portal_port = portal_port
        self.floor_port = floor_port
        self.fresh = iter(_fresh_addresses())

    def warm_up(self):
        self.floor_rate(WARM_UP_SECONDS["floor"])
        self.fresh_rate(WARM_UP_SECONDS["fresh"])
        self.repeat_rate(WARM_UP_SECONDS["repeat"])

    def floor_rate(self, seconds=SECONDS):
        return self._rate(self.floor_port, ["/"], seconds)

    def repeat_rate(self, seconds=SECONDS):
        return self._rate(self.portal_port, [REPEATED], seconds)

    def fresh_rate(self, seconds=SECONDS):
        enough = itertools.islice(self.fresh, int(800 * seconds))
        return self._rate(self.portal_port, list(enough), seconds)

    def _rate(self, port, addresses, seconds):
        done = send(port, addresses, seconds=seconds)
        return done["requests"] / done["seconds"]


def _fresh_addresses():
    """Return searches by words, place and filters, each another one: no page can have been kept."""
    chance = random.Random(11)  # noqa: S311 (the same dice each time)
    with (ROOT / "organisation" / "data" / "places.csv").open(encoding="utf-8") as file:
        places = [row["name"] for row in csv.DictReader(file)]
    made = set()
    while len(made) < FRESH_ADDRESSES:
        query = {"q": chance.choice(WORDS), "place": chance.choice(places)} | _filters(chance)
        made.add("/vacancies/?" + urlencode(query, doseq=True))
    found = sorted(made)
    chance.shuffle(found)
    return found


def _filters(chance):
    """Return a radius and one or two filters, such as somebody sets who looks for a job near home."""
    possible = {
        "contract": [["permanent"], ["fixed_term"], ["permanent", "fixed_term"]],
        "pattern": [["full_time"], ["part_time"], ["part_time", "job_share"], ["hybrid"]],
        "salary_min": [25_000, 27_500, 30_000, 32_500, 35_000],
        "driving": ["not_essential"],
        "posted": [14, 7],
        "sort": ["newest", "closing", "salary", "distance", "relevance"],
    }
    names = chance.sample(sorted(possible), chance.choice([1, 2]))
    filters = {name: chance.choice(possible[name]) for name in names}
    return {"radius": chance.choice([5, 10, 10, 15, 20, 30, 50]), **filters}


def _most_queries(addresses):
    """Return the most queries that one of the pages makes, for a visitor, in this process."""
    counts = []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            answer = Client(headers={"Host": "127.0.0.1"}).get(address)
        if answer.status_code != 200:
            raise Stop(f"{address} answered {answer.status_code}.")
        counts.append(len(queries))
    return max(counts)


def _an_advert():
    vacancies = apps.get_model("vacancies", "Vacancy").objects.open_to_public(timezone.localdate())
    return vacancies.order_by("pk").first().get_absolute_url()
