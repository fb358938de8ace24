"""bin/bench mail: the outbox, delivered by two workers, against a plain smtplib loop.

The loop is the yardstick: one connection, and for each message it builds the same text and HTML.
The outbox does that and more (a locked row, templates, two updates), but has two processes for it.
"""

import os
import smtplib
import socket
import statistics
import time
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

import django
from celery import current_app
from django.apps import apps
from django.core.management import call_command

import stack
from checkout import PYTHON
from hampshire_portal.embedded import processes
from screen import Stop, step

MESSAGES = 600
ROUNDS = 3
KILLS_AFTER = (150, 400)
SECONDS = 120
DELIVERY_TASK = "notifications.tasks.deliver_messages_that_are_due"
NAMES = ("Amara Okafor", "Bethan Price", "Callum Reid", "Divya Nair")
TEXT = """Hello {name},

Your place on "Working with families where neglect is a concern" is booked.

When: Tuesday 12 January, 9:30am to 4:30pm
Where: The Castle, Winchester

It counts as one of your five days of development. You have now booked three of the five. If you
cannot come, please cancel at {link} so that a colleague can have the place.

Kind regards,
The workforce development team
"""


def measure(logs):
    """Return {key: (value, target, passed)}; `logs` is a folder for what the processes say."""
    post = _Post(logs)
    os.environ |= {
        "EMAIL_URL": f"smtp://127.0.0.1:{post.port}",
        "DEMO_MODE": "0",
        "DJANGO_SETTINGS_MODULE": "hampshire_portal.settings",
    }
    django.setup()
    with step("Migrating"):
        call_command("migrate", verbosity=0)
    workers = _Workers(logs)
    try:
        workers.start(2)
        ratio, lost, duplicates = _measure_speed(post)
        lost_after_kill, duplicates_after_kill = _measure_kills(post, workers)
    finally:
        processes.stop_together([*workers.running, post.sink], 5)
    return {
        "ratio_to_raw_loop": (round(ratio, 2), "0.75 or more", ratio >= 0.75),
        "lost": (lost, "0", lost == 0),
        "duplicates": (duplicates, "0", duplicates == 0),
        "lost_after_kill": (lost_after_kill, "0", lost_after_kill == 0),
        "duplicates_after_kill": (duplicates_after_kill, "2 or fewer", duplicates_after_kill <= 2),
    }


class _Post:
    """The mail server of the measurement, in a process of its own, and what has arrived there."""

    def __init__(self, logs):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.file = logs / "arrived.txt"
        self.file.touch()
        program = Path(__file__).with_name("mail_sink.py")
        self.sink = processes.start(
            "sink", [PYTHON, program, self.port, self.file], log=logs / "sink.log"
        )

    def arrived(self):
        return self.file.read_text().split()

    def empty(self):
        os.truncate(self.file, 0)


class _Workers:
    """Celery workers of one process each, as in production; a killed one is replaced."""

    def __init__(self, logs):
        self.logs = logs
        self.running = []
        self.started = 0

    def start(self, count):
        for _ in range(count):
            self.started += 1
            name = f"mail-{self.started}"
            self.running.append(stack.start_worker(self.logs, name=name, concurrency=1))
        deadline = time.monotonic() + SECONDS
        while len(current_app.control.ping(timeout=0.5) or []) < len(self.running):
            stack.stop_if_one_ended(self.running)
            _stop_when_late(deadline, "The workers did not start")

    def kill_one(self):
        """Kill -9 a worker with all its processes, as a machine that loses power would."""
        victim = self.running.pop(0)
        victim.wait_then_kill(0)


def _measure_speed(post):
    """Return the median ratio of the two speeds over a few rounds, and what was lost and doubled."""
    ratios, lost, duplicates = [], 0, 0
    for number in range(ROUNDS):
        with step(f"Round {number + 1}: a plain smtplib loop"):
            raw_seconds = _raw_loop(post)
        with step(f"Round {number + 1}: the outbox, two workers"):
            messages = _fill_the_outbox()
            post.empty()
            seconds = _deliver(post, MESSAGES)
        ratios.append(raw_seconds / seconds)
        arrived = Counter(post.arrived())
        lost += len(messages - set(arrived))
        duplicates += sum(arrived.values()) - len(arrived)
    return statistics.median(ratios), lost, duplicates


def _measure_kills(post, workers):
    with step("Killing a worker twice in the middle"):
        messages = _fill_the_outbox()
        post.empty()
        _poke()
        for after in KILLS_AFTER:
            _wait_for(post, after)
            workers.kill_one()
            workers.start(1)
            _poke()  # As the timetable does every minute.
        _wait_for(post, len(messages), distinct=True)
        time.sleep(1)  # For what might still arrive twice.
    arrived = Counter(post.arrived())
    return len(messages - set(arrived)), sum(arrived.values()) - len(arrived)


def _raw_loop(post):
    post.empty()
    started = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", post.port) as connection:
        for number in range(MESSAGES):
            connection.send_message(_plain_message(number))
    return time.perf_counter() - started


def _plain_message(number):
    message = EmailMessage()
    text = _text(number)
    message["Subject"] = "Your place is booked"
    message["From"] = "no-reply@example.org"
    message["To"] = _address(number)
    message["Message-ID"] = f"<{number}@example.org>"
    message.set_content(text)
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    message.add_alternative(
        f"<!DOCTYPE html><html><body>{paragraphs}</body></html>", subtype="html"
    )
    return message


def _fill_the_outbox():
    """Queue the messages without telling a worker yet; return their Message-IDs."""
    model = apps.get_model("notifications", "Message")
    queued = model.objects.bulk_create(
        model(
            template="notifications/emails/ready_made",
            to=_address(number),
            context={"subject": "Your place is booked", "text": _text(number), "html": ""},
        )
        for number in range(MESSAGES)
    )
    return {message.message_id for message in queued}


def _deliver(post, count):
    """Tell both workers, and return the seconds until the last message has arrived."""
    started = time.perf_counter()
    _poke()
    _wait_for(post, count)
    return time.perf_counter() - started


def _poke():
    for _ in range(2):
        current_app.send_task(DELIVERY_TASK, ignore_result=True)


def _wait_for(post, count, *, distinct=False):
    deadline = time.monotonic() + SECONDS
    while len(set(post.arrived()) if distinct else post.arrived()) < count:
        _stop_when_late(deadline, f"Fewer than {count} messages arrived")


def _stop_when_late(deadline, what):
    if time.monotonic() > deadline:
        raise Stop(f"{what} within {SECONDS} seconds.")
    time.sleep(0.02)


def _text(number):
    name = NAMES[number % len(NAMES)]
    return TEXT.format(name=name, link=f"https://careers.example.org/training/bookings/{number}/")


def _address(number):
    return f"person-{number}@example.org"
