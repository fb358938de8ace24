"""The servers that DATABASE_URL, REDIS_URL and EMAIL_URL name, each used for real.

bin/test runs these with the embedded servers and a mail server of the test; .ci/run once more with
Debian's PostgreSQL 15 and Redis over TCP with passwords, and a mail server of its own.
"""

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import connection

import stack
from hampshire_portal.embedded import processes
from notifications import outbox
from notifications.delivery import deliver_due_messages
from notifications.states import MessageState
from tests.notifications.mail_server import MailServer
from tests.platform.commands import wait_until

pytestmark = pytest.mark.outside_servers


@pytest.fixture
def mail_server(settings):
    """The mail server that EMAIL_URL names, else one of this test."""
    if settings.MAIL_SERVER:
        yield
        return
    with MailServer() as server:
        settings.MAIL_SERVER = {"host": server.host, "port": server.port}
        yield


@pytest.mark.django_db
def test_the_database_is_new_enough_and_keeps_what_it_is_given():
    with connection.cursor() as cursor:
        cursor.execute("create temporary table given (name text)")
        cursor.execute("insert into given values ('Siân')")
        cursor.execute("select name from given")

        assert cursor.fetchall() == [("Siân",)]
    assert connection.pg_version >= 150_000


def test_the_cache_keeps_what_it_is_given():
    cache.set("given", {"name": "Siân"}, timeout=30)

    assert cache.get("given") == {"name": "Siân"}


def test_a_worker_hears_of_work_through_the_broker(tmp_path):
    worker = stack.start_worker(tmp_path, name="outside", concurrency=1)
    try:
        wait_until(lambda: current_app.control.ping(timeout=1, limit=1))
    finally:
        processes.stop_together([worker], 10)


@pytest.mark.django_db
def test_a_message_reaches_the_mail_server(mail_server):
    message = outbox.put(
        template="notifications/emails/ready_made",
        to="sian@example.org",
        context={"subject": "Hello", "text": "A line."},
    )

    assert deliver_due_messages() == 1

    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.SENT, "")
