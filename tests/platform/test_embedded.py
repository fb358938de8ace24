"""The embedded servers survive what happens to a laptop: kills, restarts, odd folders, two commands at once."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing

import psycopg2
import pytest
import redis

from hampshire_portal.embedded import DataInUse, Servers, processes, servers_for_a_command

START_AND_SAY_SO = """
import os, sys, time
from hampshire_portal.embedded import Servers
servers = Servers(sys.argv[1], durable=False)
servers.own_the_data()
servers.start({})
print("started", flush=True)
time.sleep(60)
"""


@pytest.fixture
def data(tmp_path):
    folder = (
        tmp_path / "a folder with spaces and a name so long that no socket could be in it" / "data"
    )
    yield folder
    for left in processes.living_in(Servers(folder).postgres.cluster):
        os.kill(left, signal.SIGKILL)
    for made in (Servers(folder).place.database, Servers(folder).place.sockets):
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def start(data):
    """Start the servers, as often as wanted, and stop at the end what still runs."""
    started = []

    def start(*, durable=False):
        servers = Servers(data, durable=durable)
        servers.own_the_data()
        servers.start({})
        started.append(servers)
        return servers

    yield start
    for servers in started:
        servers.stop()


def rows(servers, statement):
    connection = psycopg2.connect(servers.postgres.url())
    connection.autocommit = True
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def child_of(servers, server):
    (child,) = [child for owner, child in servers.children if owner is server]
    return child


def test_servers_start_in_a_long_path_with_spaces_and_answer(start):
    servers = start()

    assert rows(servers, "select 1") == [(1,)]
    assert redis.Redis.from_url(servers.redis.url()).ping() is True


def test_stopping_leaves_no_process(start, data):
    servers = start()
    pids = [child.process.pid for _, child in servers.children]

    servers.stop()

    assert [pid for pid in pids if os.path.exists(f"/proc/{pid}")] == []
    assert processes.living_in(servers.postgres.cluster) == []


def test_data_survive_a_restart(start):
    first = start(durable=True)
    rows(first, "create table kept (id int)")
    rows(first, "insert into kept values (1)")
    redis.Redis.from_url(first.redis.url()).set("kept", "yes")
    first.stop()

    second = start(durable=True)

    assert rows(second, "select id from kept") == [(1,)]
    assert redis.Redis.from_url(second.redis.url()).get("kept") == b"yes"


def test_nothing_acknowledged_is_lost_when_postgres_is_killed(start):
    first = start(durable=True)
    rows(first, "create table kept (id int)")
    for number in range(20):
        rows(first, f"insert into kept values ({number})")
    child_of(first, first.postgres).process.kill()
    first.stop()

    second = start()

    assert rows(second, "select count(*) from kept") == [(20,)]


def test_a_process_id_file_left_by_a_killed_server_does_not_matter(start):
    first = start()
    first.stop()
    pid_file = first.postgres.cluster / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{first.postgres.cluster}\n")

    second = start()

    assert rows(second, "select 1") == [(1,)]


def test_servers_end_when_the_command_that_started_them_is_killed(data):
    command = subprocess.Popen(
        [sys.executable, "-c", START_AND_SAY_SO, data], stdout=subprocess.PIPE, text=True
    )
    assert command.stdout.readline() == "started\n"

    command.kill()
    command.communicate()

    servers = Servers(data)
    deadline = time.monotonic() + 5
    while processes.living_in(servers.postgres.cluster) or servers.redis.is_running():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_folder_belongs_to_one_command_at_a_time(start, data):
    start()

    with pytest.raises(DataInUse, match=str(os.getpid())):
        Servers(data).own_the_data()


def test_a_django_command_uses_the_servers_that_run_already(start, data, monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "PORTAL_DATA"):
        monkeypatch.delenv(name, raising=False)
    servers = start()
    rows(servers, "create table seen (id int)")

    with servers_for_a_command(data):
        assert os.environ["DATABASE_URL"] == servers.postgres.url()

    assert rows(servers, "select count(*) from seen") == [(0,)]


def test_a_django_command_runs_servers_for_itself_when_none_run(data, monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "PORTAL_DATA"):
        monkeypatch.delenv(name, raising=False)

    with servers_for_a_command(data):
        assert rows(Servers(data), "select 1") == [(1,)]

    assert Servers(data).postgres.is_running() is False


def test_servers_that_are_named_already_are_left_alone(data):
    named = {
        "DATABASE_URL": "postgres://db.example.org/portal",
        "REDIS_URL": "redis://r.example.org/0",
    }
    servers = Servers(data)
    servers.place.make()

    servers.start(named)

    assert servers.children == []
    assert named["DATABASE_URL"] == "postgres://db.example.org/portal"


def test_keys_are_made_once_and_only_their_owner_can_read_them(data):
    servers, first, second = Servers(data), {}, {}
    servers.place.make()

    servers.name_in(first)
    servers.name_in(second)

    assert first == second
    assert len(first["ENCRYPTION_KEYS"]) == 44
    assert oct((data / "keys.json").stat().st_mode & 0o777) == "0o600"


def test_a_socket_folder_that_others_can_enter_is_refused(data):
    servers = Servers(data)
    servers.place.make()
    servers.place.sockets.chmod(0o755)

    with pytest.raises(SystemExit, match="not a private folder"):
        Servers(data).place.make()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has a second account to try")
def test_as_root_the_database_is_in_a_folder_derived_from_the_data_folder(start, data, tmp_path):
    servers = start()

    assert str(servers.place.database).startswith("/var/lib/hampshire-portal-")
    assert Servers(tmp_path / "another").place.database != servers.place.database
    assert servers.postgres.cluster.stat().st_uid == servers.place.account.pw_uid
