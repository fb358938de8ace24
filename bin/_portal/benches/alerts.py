"""bin/bench alerts: 100,000 job alerts against the new vacancies of a day, and 10,000 beside them.

Each run is a process of its own, so that its memory can be told. What was told is compared, for every
mailbox, with a plain computation over sets, in which only the search by words is the site's own.
"""

import json
import os
import subprocess
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

import django
from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import import_string

from benches import adverts, seekers
from benches.beside_the_floor import load_demo
from checkout import PYTHON, ROOT
from screen import Stop, step

STORED, LIVE, NEW = 20_000, 2_000, 60
FEW, MANY = 10_000, 100_000
PROGRAM = Path(__file__).with_name("alerts_run.py")


def measure(logs):
    """Return {key: (value, target, passed)}; `logs` is a folder for what the processes say."""
    os.environ |= {"DEMO_MODE": "0", "DJANGO_SETTINGS_MODULE": "hampshire_portal.settings"}
    with step("Loading the demo's adverts"):
        load_demo(logs)
    django.setup()
    apps.get_model("vacancies", "Subscriber").objects.all().delete()  # Those of the demo.
    before = 2 * NEW
    with step(f"Storing {STORED - before:,} adverts, {LIVE - before:,} of them open"):
        adverts.write_adverts(stored=STORED - before, live=LIVE - before)
        import_string("vacancies.actions.alert_runs.announce_vacancies")(now=timezone.now())
    people, expected = seekers.Seekers(), _Expected()
    few = _measure_run(people, expected, alerts=FEW, day=1)
    many = _measure_run(people, expected, alerts=MANY, day=2)
    with step("A second run that day, and one the next day"):
        _run(2)
        expected.add(people, day=3)
        _run(3)
    with step("Comparing what was told with what should have been"):
        missed, unwanted = _compare_with_the_ledger(expected.told)
        repeated = _repeated()
    return _results(few, many, missed=missed, repeated=repeated, unwanted=unwanted)


def _results(few, many, **wrong):
    rate = round(MANY / many["seconds"])
    growth = many["over_idle"] / few["over_idle"]
    return {
        "alerts_per_second": (rate, "2,000 or more", rate >= 2_000),
        "peak_megabytes": (
            round(many["over_idle"]),
            "150 or less over idle",
            many["over_idle"] <= 150,
        ),
        "memory_growth": (round(growth, 2), f"1.2 or less, from {FEW:,} alerts", growth <= 1.2),
        **{key: (value, "0", value == 0) for key, value in wrong.items()},
    }


def _measure_run(people, expected, *, alerts, day):
    with step(f"Writing {alerts:,} alerts and {NEW} new adverts"):
        people.write(alerts)
        _publish()
        expected.add(people, day=day)
    with step(f"The run over {alerts:,} alerts"):
        return _run(day)


class _Expected:
    """What each mailbox should have been told: `told` holds keys of vacancies by subscriber."""

    def __init__(self):
        self.known = set(_open_in(days=0).values_list("pk", flat=True))
        self.told = defaultdict(set)

    def add(self, people, *, day):
        """Add what everybody can see since that day: the new adverts, and those whose day has come."""
        new = _open_in(days=day).exclude(pk__in=self.known)
        for key, wanted in people.wanted_by(new):
            self.told[key] |= wanted
        self.known.update(new.values_list("pk", flat=True))


def _open_in(*, days):
    """The vacancies that everybody can see so many days from today."""
    vacancies = apps.get_model("vacancies", "Vacancy").objects
    return vacancies.open_to_public(timezone.localdate() + timedelta(days=days))


def _publish():
    """Publish the new adverts of a day, open long enough for the bench; a few have a second place."""
    new = adverts.publish_adverts(NEW)
    new.update(closes_on=timezone.localdate() + timedelta(days=40))
    places = apps.get_model("vacancies", "OtherPlace")
    somewhere = apps.get_model("organisation", "Place").objects.get(name="Fareham")
    district = apps.get_model("organisation", "District").objects.get(name=somewhere.district)
    for vacancy in new.order_by("pk")[::10]:
        places.objects.get_or_create(
            vacancy=vacancy,
            place_name=somewhere.name,
            defaults={
                "latitude": somewhere.latitude,
                "longitude": somewhere.longitude,
                "district": district,
            },
        )


def _run(day):
    """Run the alerts as if it were `day` days from now, and return what the processes measured.

    There are two, as beat starts two: the seconds are those of the longer, the memory that of both.
    """
    command = [PYTHON, PROGRAM, str(day)]
    env = dict(os.environ, PYTHONPATH=str(ROOT))
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=env)
        for _ in range(2)
    ]
    told = []
    for process in processes:
        said, complaint = process.communicate()
        if process.returncode:
            raise Stop(f"The run failed: {complaint.decode().strip().splitlines()[-1]}")
        told.append(json.loads(said))
    return {
        "seconds": max(run["seconds"] for run in told),
        "over_idle": sum(run["over_idle"] for run in told),
    }


def _compare_with_the_ledger(expected):
    """Return how many vacancies were not told to somebody they fit, and how many wrongly."""
    told = defaultdict(set)
    ledger = apps.get_model("vacancies", "AlertedVacancy").objects
    for subscriber, vacancy in ledger.values_list("subscriber_id", "vacancy_id").iterator():
        told[subscriber].add(vacancy)
    keys = expected.keys() | told.keys()
    missed = sum(len(expected[key] - told[key]) for key in keys)
    return missed, sum(len(told[key] - expected[key]) for key in keys)


def _repeated():
    """Return how many jobs stand twice in the mails to one address, and mails too many on one day.

    Jobs a mail only counts cannot be compared one by one, so all are counted against the ledger.
    """
    mails, jobs, counted = Counter(), Counter(), Counter()
    messages = apps.get_model("notifications", "Message").objects.filter(is_secret=True)
    for to, secret in messages.values_list("to", "secret_context").iterator():
        letter = json.loads(secret)
        mails[to] += 1
        counted[to] += letter["count"]
        jobs.update((to, job["path"]) for group in letter["groups"] for job in group["jobs"])
    ledger = apps.get_model("vacancies", "AlertedVacancy").objects
    told = Counter(ledger.values_list("subscriber__email", flat=True).iterator())
    days = Counter(
        apps.get_model("vacancies", "AlertMail").objects.values_list("subscriber__email", flat=True)
    )
    return sum(jobs.values()) - len(jobs) + (counted - told).total() + (mails - days).total()
