"""An embedded Redis on a private socket: the machine's own server, else the one bin/run fetched."""

import shutil
import socket
import sys
import time
from pathlib import Path

from hampshire_portal.embedded import processes

START_SECONDS = 20


class Redis:
    def __init__(self, place, *, durable=True):
        self.place = place
        self.durable = durable
        self.socket = place.sockets / "redis.sock"

    def url(self):
        return f"unix://{self.socket}?db=0"

    def is_running(self):
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            return probe.connect_ex(str(self.socket)) == 0

    def start(self):
        """Start the server and return it once it takes connections. Call it under the data's lock."""
        folder = self.place.data / "redis"
        folder.mkdir(exist_ok=True)
        child = processes.start(
            "redis",
            [
                *(
                    self._program(),
                    "--port",
                    "0",
                    "--unixsocket",
                    self.socket,
                    "--unixsocketperm",
                    "700",
                ),
                *("--dir", folder, "--save", "", "--appendonly", "yes" if self.durable else "no"),
                *("--daemonize", "no", "--databases", "16", "--loglevel", "warning"),
            ],
            log=self.place.logs / "redis.log",
            cwd="/",
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if not child.is_running:
                raise SystemExit(f"Redis ended at once; see {child.log}.")
            if self.is_running():
                return child
            time.sleep(0.02)
        child.stop(0)
        raise SystemExit(f"Redis was not ready after {START_SECONDS} seconds; see {child.log}.")

    def stop(self, child):
        child.stop(seconds=3)

    def _program(self):
        fetched = Path(sys.prefix) / "bin" / "redis-server"
        found = shutil.which("redis-server") or shutil.which("valkey-server")
        if not found and not fetched.exists():
            raise SystemExit(
                "No redis-server was found. Run bin/run or bin/test once, which fetch one, or set REDIS_URL."
            )
        return found or fetched
