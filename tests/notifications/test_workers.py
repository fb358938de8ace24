"""Delivery by several workers at once, and by workers that are killed."""

import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from notifications.delivery import deliver_due_messages
from notifications.models import Message
from notifications.states import MessageState
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]


def start_worker(mail_server):
    name = connection.settings_dict["NAME"]
    command = [sys.executable, "-m", "tests.notifications.deliver", name, str(mail_server.port)]
    return subprocess.Popen(command, cwd=ROOT)


def copies(mail_server):
    """How often each message arrived, by Message-ID."""
    return Counter(mail["Message-ID"] for mail in mail_server.received)


def test_two_workers_send_each_message_once(mail_server):
    messages = MessageFactory.create_batch(60)

    workers = [start_worker(mail_server) for _ in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]

    assert copies(mail_server) == Counter(message.message_id for message in messages)


def test_killed_workers_lose_nothing_and_repeat_at_most_the_message_in_hand(mail_server):
    messages = MessageFactory.create_batch(120)

    for kill_after in (20, 60):
        worker = start_worker(mail_server)
        while len(mail_server.received) < kill_after:
            assert worker.poll() is None
            time.sleep(0.002)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    while deliver_due_messages():
        pass
    deadline = time.monotonic() + 20
    while Message.objects.exclude(state=MessageState.SENT).exists():
        assert time.monotonic() < deadline
        deliver_due_messages()

    arrived = copies(mail_server)
    assert set(arrived) == {message.message_id for message in messages}
    assert sum(arrived.values()) - len(arrived) <= 2
