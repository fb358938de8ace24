"""One whole portal for the journeys: a database of its own with the demo, web server and worker."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import dj_database_url
import psycopg2
import requests
from psycopg2 import sql

import stack
from hampshire_portal.embedded import processes

ROOT = Path(__file__).resolve().parents[2]
DATABASE = f"portal_journeys_{os.getpid()}"


class Portal:
    """The running portal, and what a person outside it can find out."""

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.children = []
        self.environment = {}  # What its processes run with, once it is started.

    def start(self):
        database = make_database(os.environ["DATABASE_URL"])
        changes = {
            "DATABASE_URL": database,
            "REDIS_URL": next_redis(os.environ["REDIS_URL"]),
            "PORTAL_DATA": str(self.folder),
            "SITE_URL": self.url,
            "EMAIL_URL": "",
            "DEMO_MODE": "1",
            "PRODUCTION": "",
        }
        before = dict(os.environ)
        os.environ.update(changes)
        self.environment = dict(os.environ)
        try:
            manage("prepare_database", "--demo", "--verbosity", "0")
            self.children.append(stack.start_web(self.port, self.folder))
            self.children.append(stack.start_worker(self.folder, name="journeys", concurrency=1))
        finally:
            os.environ.clear()
            os.environ.update(before)
        stack.wait_until_ready(self.port, self.children)

    def manage(self, *arguments):
        """Give the portal a command, as the timetable or somebody of the operations would."""
        subprocess.run(
            [sys.executable, ROOT / "manage.py", *arguments],
            check=True,
            cwd=ROOT,
            env=self.environment | {"DJANGO_SETTINGS_MODULE": "hampshire_portal.settings"},
        )

    def stop(self):
        processes.stop_together(self.children, 15)
        drop_database(os.environ["DATABASE_URL"])

    def mails_to(self, address):
        """Return the pages of the demo inbox for `address`, newest first, as HTML."""
        inbox = requests.get(f"{self.url}/demo/inbox/?{urlencode({'to': address})}", timeout=10)
        numbers = dict.fromkeys(re.findall(r"/demo/inbox/(\d+)/", inbox.text))
        return [
            requests.get(f"{self.url}/demo/inbox/{number}/", timeout=10).text for number in numbers
        ]

    def wait_for_mail(self, address, containing, seconds=15):
        """Return the newest mail to `address` that holds the words `containing`, as HTML."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for mail in self.mails_to(address):
                if containing in mail:
                    return mail
            time.sleep(0.2)
        raise AssertionError(f"No mail to {address} says “{containing}” after {seconds} seconds.")


def make_database(url):
    """Make the journeys' database beside the one of `url`, and return its address."""
    command(url, "drop database if exists {} with (force)", "create database {}")
    base, slash, _ = url.rpartition("/")
    return f"{base}{slash}{DATABASE}"


def drop_database(url):
    command(url, "drop database if exists {} with (force)")


def command(url, *statements):
    """Tell the server of `url` what to do with the journeys' database."""
    parts = dj_database_url.parse(url)
    connection = psycopg2.connect(
        host=parts["HOST"],
        port=parts["PORT"] or None,
        user=parts["USER"] or None,
        password=parts["PASSWORD"] or None,
        dbname="postgres",
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(sql.SQL(statement).format(sql.Identifier(DATABASE)))
    connection.close()


def next_redis(url):
    """Return the address of three databases the other tests do not use."""
    if url.startswith("unix:"):
        return f"{url.split('?')[0]}?db=6"
    return f"{url.rsplit('/', 1)[0]}/6"


def manage(*arguments):
    subprocess.run([sys.executable, ROOT / "manage.py", *arguments], check=True, cwd=ROOT)
