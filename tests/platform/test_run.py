"""bin/run starts, tells, stops and comes back, whatever is killed."""

import http.client
import os
import signal
import socket
import time

import pytest

from tests.platform.commands import RunningPortal, remove, run, wait_until

SECONDS_TO_STOP = 15


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """One data folder, with a space in its name, that all tests here come back to."""
    folder = tmp_path_factory.mktemp("run") / "data of one"
    yield folder
    remove(folder)


@pytest.fixture
def other_data(tmp_path):
    yield tmp_path / "data of two"
    remove(tmp_path / "data of two")


@pytest.fixture
def portal(data):
    """Start bin/run on the data folder, as often as wanted, and end at last what still runs."""
    started = []

    def start(folder=data):
        portal = RunningPortal(folder, "--no-demo")
        started.append(portal)
        return portal

    yield start
    for portal in reversed(started):  # The last one may use the folder of one before.
        portal.kill()


def status_of(portal, path="/readyz"):
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def test_it_starts_says_where_and_ends_with_nothing_left(portal):
    running = portal()

    said = running.wait_for("Ready")
    assert said[-1] == f"Ready: http://127.0.0.1:{running.port}"
    assert (status_of(running), status_of(running, "/healthz")) == (200, 200)

    started = time.monotonic()
    status, _ = running.end(signal.SIGTERM)
    assert status == 0
    assert time.monotonic() - started < SECONDS_TO_STOP
    assert running.processes() == {}


def test_two_copies_run_side_by_side_and_a_folder_has_one_owner(other_data, portal):
    one, two = portal(), portal(other_data)
    one.wait_for("Ready")
    two.wait_for("Ready")

    third = run("run", "--port", "0", "--data", one.data)

    assert (status_of(one), status_of(two)) == (200, 200)
    assert third.returncode == 1
    assert third.stderr.splitlines() == [
        f"The folder {one.data} is in use by another command (process {one.process.pid}). "
        "Stop that one, or choose another folder: bin/run --data FOLDER --port PORT"
    ]


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("worker", "celery -A hampshire_portal worker"),
        ("redis", "redis-server"),
        ("postgres", "-D"),
    ],
)
def test_when_one_process_is_killed_it_says_which_and_stops_the_others(portal, name, program):
    running = portal()
    running.wait_for("Ready")
    of_that_name = [pid for pid, command in running.processes().items() if program in command]

    os.kill(min(of_that_name), signal.SIGKILL)
    said, _ = running.process.communicate(timeout=2 * SECONDS_TO_STOP)

    assert f"The {name} process ended (status -9), so everything was stopped." in said
    assert running.process.returncode == 1
    assert running.processes() == {}


def test_after_a_kill_of_the_supervisor_nothing_is_left_and_the_next_start_works(portal):
    first = portal()
    first.wait_for("Ready")

    first.process.kill()

    wait_until(lambda: first.processes() == {})
    second = portal()
    assert second.wait_for("Ready")[-1] == f"Ready: http://127.0.0.1:{second.port}"


def test_a_port_that_is_taken_is_one_plain_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = run("run", "--port", str(port), "--data", tmp_path)

    assert refused.returncode == 1
    assert refused.stderr == (
        f"Port {port} cannot be used (Address already in use). Stop what uses it, "
        f"or choose another one: bin/run --port {port % 60000 + 1}\n"
    )


def test_a_folder_that_cannot_be_written_to_is_one_plain_line(tmp_path):
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"

    refused = run("run", "--port", "0", "--data", folder)

    assert refused.returncode == 1
    assert refused.stderr == (
        f"The folder {folder} cannot be written to (Not a directory). "
        "Make it yours, or choose another one: --data FOLDER\n"
    )
