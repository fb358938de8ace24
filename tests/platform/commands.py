"""Running bin/… as a person would: a process of its own, without the servers of the test run."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from hampshire_portal.embedded import Servers, processes

ROOT = Path(__file__).parents[2]
NOT_INHERITED = {
    *("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "PORTAL_DATA", "PORTAL_TEST_DATA", "SECRET_KEY"),
    *("ENCRYPTION_KEYS", "SITE_URL", "TEST_DATABASE_TEMPLATE", "DJANGO_SETTINGS_MODULE"),
}


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return {**kept, **{name: str(value) for name, value in more.items()}}


def run(name, *arguments, **more):
    """Run bin/NAME to its end and return it, with `stdout` and `stderr` as text."""
    return subprocess.run(
        [ROOT / "bin" / name, *arguments],
        capture_output=True,
        text=True,
        env=environment(**more),
        timeout=120,
    )


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class RunningPortal:
    """bin/run, started; `wait_for("Ready")` returns the lines until one begins with that."""

    def __init__(self, data, *arguments, port=None):
        self.data = data
        self.port = port or free_port()
        self.process = subprocess.Popen(
            [ROOT / "bin" / "run", "--port", str(self.port), "--data", data, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(),
        )

    def wait_for(self, beginning):
        lines = []
        for line in self.process.stdout:
            lines.append(line.rstrip("\n"))
            if line.startswith(beginning):
                return lines
        raise AssertionError("It ended first:\n" + "\n".join(lines))

    def end(self, signal_number):
        """Send the signal; return the exit status and what was still said."""
        self.process.send_signal(signal_number)
        said, _ = self.process.communicate(timeout=40)
        return self.process.returncode, said

    def processes(self):
        """Return {process id: command line} of all that belongs to this data folder."""
        wanted = f"PORTAL_DATA={self.data.resolve()}".encode()
        sockets = str(
            Servers(self.data).place.sockets
        )  # Redis writes its title over its environment.
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                variables = (folder / "environ").read_bytes().split(b"\0")
                if wanted in variables or sockets in command:
                    found[int(folder.name)] = command
            except OSError:
                pass  # It has ended meanwhile.
        return {pid: command for pid, command in found.items() if command and pid != os.getpid()}

    def kill(self):
        """End what still runs."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.stdout.close()
        self.process.wait()
        wait_until(lambda: self.processes() == {})


def wait_until(condition, seconds=40):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def remove(data):
    """Remove what a data folder has elsewhere."""
    servers = Servers(data)
    wait_until(lambda: not processes.living_in(servers.postgres.cluster))
    shutil.rmtree(servers.place.sockets, ignore_errors=True)
    if servers.place.database != servers.place.data:
        shutil.rmtree(servers.place.database, ignore_errors=True)
