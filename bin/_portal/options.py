"""What each command may be told, what it needs installed, and what it refuses before installing.

Only the standard library: this is read before anything is installed.
"""

import argparse
import os
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path

from checkout import ROOT, make_folder
from screen import Stop

PORT_SECONDS = 3
RUNTIME = ["requirements"]
TESTS = ["requirements", "requirements-dev"]


@dataclass
class Command:
    """`arguments` are (name, settings) pairs for argparse; `rest` are passed on as they are."""

    help: str
    locks: list
    arguments: list = field(default_factory=list)
    passes_on: bool = False
    look_first: callable = lambda options: None

    def parse(self, name, given):
        parser = argparse.ArgumentParser(prog=f"bin/{name}", description=self.help)
        if self.passes_on:
            return argparse.Namespace(rest=given)
        for argument, settings in self.arguments:
            parser.add_argument(argument, **settings)
        return parser.parse_args(given)


def _look_before_running(options):
    _wait_for_the_port(options.port)
    make_folder(options.data)


def _wait_for_the_port(port):
    """Refuse a port that is taken; a portal that was killed a moment ago may still be leaving it."""
    deadline = time.monotonic() + PORT_SECONDS
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return
            except (OSError, OverflowError) as error:
                if time.monotonic() > deadline or not isinstance(error, OSError):
                    raise Stop(
                        f"Port {port} cannot be used ({getattr(error, 'strerror', error)}). "
                        f"Stop what uses it, or choose another one: bin/run --port {port % 60000 + 1}"
                    ) from None
        time.sleep(0.1)


DATA = (
    "--data",
    {
        "type": Path,
        "default": Path(os.environ.get("PORTAL_DATA") or ROOT / "var"),
        "metavar": "FOLDER",
        "help": "the folder its data are kept in (default var/, or PORTAL_DATA)",
    },
)
ARCHIVE = ("archive", {"type": Path, "help": "the file, such as portal-2026-11-30.tar"})

COMMANDS = {
    "run": Command(
        "Install what is needed, start the portal and say when it is ready.",
        RUNTIME,
        [
            ("--port", {"type": int, "default": 8000, "help": "where it answers (default 8000)"}),
            DATA,
            ("--no-demo", {"action": "store_true", "help": "start without the invented people"}),
        ],
        look_first=_look_before_running,
    ),
    "test": Command("Run the tests; what follows is for pytest.", TESTS, passes_on=True),
    "check": Command("Check style, imports, migrations, settings and templates.", TESTS),
    "fix": Command("Format the code and mend what the linter can mend.", TESTS),
    "lock": Command("Write requirements*.txt again from requirements*.in.", RUNTIME),
    "backup": Command(
        "Write the database and the uploaded files into one archive.", RUNTIME, [ARCHIVE, DATA]
    ),
    "restore": Command(
        "Put an archive's database and files back, in place of what is there.",
        RUNTIME,
        [
            ARCHIVE,
            DATA,
            ("--yes", {"action": "store_true", "help": "replace what is there, unasked"}),
        ],
    ),
    "bench": Command(
        "Measure something as ratios in one run.",
        TESTS,
        [
            (
                "name",
                {"choices": ["alerts", "booking", "mail", "search"], "help": "what to measure"},
            ),
            ("--json", {"action": "store_true", "help": "print one JSON object as the last line"}),
        ],
    ),
}
