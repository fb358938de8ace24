"""The servers of one data folder, and who may start and stop them."""

import fcntl
import os
import time
from contextlib import contextmanager

from hampshire_portal.embedded.keys import keys_of
from hampshire_portal.embedded.place import Place
from hampshire_portal.embedded.postgres import Postgres
from hampshire_portal.embedded.redis import Redis


class DataInUse(Exception):
    """Another command runs the servers of this data folder; the text is its process id."""


class Servers:
    """Postgres and Redis of one data folder, for what DATABASE_URL and REDIS_URL do not name.

    Whoever starts them owns the folder until the end: a lock that dies with its process says so.
    """

    def __init__(self, data, *, durable=True):
        self.place = Place(data)
        self.postgres = Postgres(self.place, durable=durable)
        self.redis = Redis(self.place, durable=durable)
        self.children = []
        self._lock = None

    def own_the_data(self):
        """Take the data folder, or raise DataInUse."""
        self.place.make()
        lock = open(self.place.data / "lock", "a+")  # noqa: SIM115 (held until this process ends)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            owner = lock.read().strip()
            lock.close()
            raise DataInUse(owner) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        self._lock = lock

    def start(self, environment):
        """Start what `environment` does not name already, and name it there."""
        self.name_in(environment)
        try:
            if environment["DATABASE_URL"] == self.postgres.url():
                self.children.append((self.postgres, self.postgres.start()))
                self.postgres.make_database()
            if environment["REDIS_URL"] == self.redis.url():
                self.children.append((self.redis, self.redis.start()))
        except BaseException:
            self.stop()
            raise

    def name_in(self, environment):
        """Set what the settings read: the data folder, its servers and its keys."""
        environment["PORTAL_DATA"] = str(self.place.data)
        environment.setdefault("DATABASE_URL", self.postgres.url())
        environment.setdefault("REDIS_URL", self.redis.url())
        for name, value in keys_of(self.place).items():
            environment.setdefault(name, value)

    def wait_until_running(self, seconds=20):
        """Wait for the owner of the data folder, who may have begun only just now."""
        deadline = time.monotonic() + seconds
        while not (self.postgres.is_running() and self.redis.is_running()):
            if time.monotonic() > deadline:
                raise SystemExit(
                    f"The servers of {self.place.data} do not answer; see its logs folder."
                )
            time.sleep(0.1)

    def stop(self):
        """Stop what was started here, the last one first, and give up the data folder."""
        while self.children:
            server, child = self.children.pop()
            server.stop(child)
        if self._lock:
            self._lock.close()


@contextmanager
def servers_for_a_command(data):
    """Attach to the running servers of `data`, or run them for as long as the command lasts.

    Sets the environment of this process. Does nothing in production, where all servers are named.
    """
    if os.environ.get("PRODUCTION", "") not in ("", "0"):
        yield
        return
    servers = Servers(data)
    servers.place.make()
    with open(servers.place.data / "attached", "a") as attached:
        try:
            servers.own_the_data()
        except DataInUse:
            servers.name_in(os.environ)
            servers.wait_until_running()
            fcntl.flock(attached, fcntl.LOCK_SH)  # The owner, if a command too, waits for us.
            yield
            return
        try:
            servers.start(os.environ)
            yield
            fcntl.flock(attached, fcntl.LOCK_EX)
        finally:
            servers.stop()
