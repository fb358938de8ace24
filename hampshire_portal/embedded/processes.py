"""Children that never outlive their parent: they are told to end when it dies, even by kill -9."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """A running program, the signal that ends it politely, and the file it logs to."""

    name: str
    process: subprocess.Popen
    polite_signal: signal.Signals
    log: Path

    @property
    def is_running(self):
        return self.process.poll() is None

    def ask_to_stop(self):
        if self.is_running:
            self.process.send_signal(self.polite_signal)

    def wait_then_kill(self, seconds):
        """Give the child `seconds` to end, then kill it and whatever is left of its group."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(seconds, 0))
        with suppress(ProcessLookupError, PermissionError):  # Nothing is left of the group.
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, seconds=10):
        self.ask_to_stop()
        self.wait_then_kill(seconds)


def start(name, command, *, log, polite_signal=signal.SIGTERM, **settings):
    """Start `command` in a session of its own, so that Ctrl-C reaches only the parent.

    `log` is the file its output is added to; `settings` go to Popen.
    """
    with open(log, "ab") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=lambda: end_with_parent(polite_signal),
            **settings,
        )
    return Child(name, process, polite_signal, log)


def stop_together(children, seconds):
    """Ask all to stop at once, then wait for them; `seconds` is for all of them."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + seconds
    for child in children:
        child.wait_then_kill(deadline - time.monotonic())


def end_with_parent(signal_number):
    """Have the kernel send us the signal when our parent dies. For Popen's preexec_fn.

    That runs after the child has changed its user, which would make the kernel forget.
    """
    if _libc:
        _libc.prctl(PR_SET_PDEATHSIG, signal_number)


def living_in(folder):
    """Return the ids of the processes whose working folder is `folder`. A zombie has none."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if os.readlink(link) == str(folder):
                found.append(int(link.parts[2]))
        except OSError:
            pass  # It has ended meanwhile, or belongs to somebody else.
    return found
