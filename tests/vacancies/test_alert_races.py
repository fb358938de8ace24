"""Runs that are killed, and runs at the same time: real processes, real transactions."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from notifications.models import Message
from tests.factories.alerts import AlertFactory, SubscriberFactory, search_for
from tests.factories.vacancies import LiveVacancyFactory
from vacancies.actions import run_alerts
from vacancies.models import Alert, AlertedVacancy, AlertMail, AlertRun

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
PEOPLE = 120


@pytest.fixture
def owed():
    """Many people with two alerts each, and the pairs of address and job that they are owed."""
    vacancies = [LiveVacancyFactory(title=f"Social worker {number}") for number in range(3)]
    people = SubscriberFactory.create_batch(PEOPLE)
    for person in people:
        AlertFactory(subscriber=person)
        AlertFactory(subscriber=person, finds=search_for(words="social worker"))
    paths = [f"{vacancy.get_absolute_url()}?from=alert" for vacancy in vacancies]
    return Counter((person.email, path) for person in people for path in paths)


def start_run():
    name = connection.settings_dict["NAME"]
    day = timezone.localtime().replace(tzinfo=None).isoformat()
    command = [sys.executable, "-m", "tests.vacancies.run_alerts", name, "5", day]
    return subprocess.Popen(command, cwd=ROOT)


def told():
    """How often each job was told to each address."""
    return Counter(
        (message.to, job["path"])
        for message in Message.objects.all()
        for group in json.loads(message.secret_context)["groups"]
        for job in group["jobs"]
    )


def wait_for(run, mails):
    while Message.objects.count() < mails:
        assert run.poll() is None
        time.sleep(0.005)


def test_a_run_that_is_killed_misses_nobody_and_the_next_repeats_nothing(owed):
    for mails in (10, 40):
        run = start_run()
        wait_for(run, mails)
        run.send_signal(signal.SIGKILL)
        run.wait()
    assert Message.objects.count() < PEOPLE

    run_alerts(now=timezone.now())

    assert told() == owed
    assert Counter(Message.objects.values_list("to", flat=True)).most_common(1)[0][1] == 1
    assert AlertMail.objects.count() == PEOPLE
    assert AlertedVacancy.objects.count() == len(owed)
    assert [run.finished_at is None for run in AlertRun.objects.all()] == [False, True, True]


def test_two_runs_at_once_tell_everything_once(owed):
    runs = [start_run() for _ in range(2)]

    assert [run.wait(60) for run in runs] == [0, 0]

    assert told() == owed
    assert Message.objects.count() == PEOPLE
    assert not Alert.objects.due(timezone.localdate()).exists()
