"""The portal beside the floor: a bare Django project under the same web server, on the same Postgres."""

import json
import os
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

import django

import assets
import stack
from checkout import PYTHON, ROOT
from hampshire_portal.embedded import processes
from screen import Stop, step

CONNECTIONS = 8  # As many as both workers of the web server have threads.
LOADED = Path(__file__).with_name("load.py")


def prepare_portal(logs):
    """Make a database with the demo, set Django up on it, and return the ports of portal and floor."""
    portal_port, floor_port = _free_port(), _free_port()
    os.environ |= {
        "DEMO_MODE": "0",
        "DJANGO_SETTINGS_MODULE": "hampshire_portal.settings",
        "SITE_URL": f"http://127.0.0.1:{portal_port}",
    }
    assets.build()
    with step("Loading the demo"):
        load_demo(logs)
    django.setup()
    return portal_port, floor_port


@contextmanager
def portal_and_floor(logs, portal_port, floor_port):
    """Run both web servers on their ports."""
    servers = []
    try:
        servers.append(stack.start_web(portal_port, logs))
        servers.append(
            stack.start_web(
                floor_port,
                logs,
                name="floor",
                application="floor.wsgi",
                folder=Path(__file__).parent,
            )
        )
        stack.wait_until_answers(portal_port, "/healthz", servers)
        stack.wait_until_answers(floor_port, "/", servers)
        yield
    finally:
        processes.stop_together(servers, 5)


def send(port, lines, *, connections=CONNECTIONS, seconds):
    """Send a server the lines that load.py takes, and return what it says of them."""
    told = subprocess.run(
        [PYTHON, LOADED, str(port), str(connections), str(seconds)],
        input="\n".join(lines),
        capture_output=True,
        text=True,
    )
    if told.returncode:
        raise Stop(f"The load could not be made: {told.stderr.strip().splitlines()[-1]}")
    done = json.loads(told.stdout)
    if done["wrong"]:
        raise Stop(f"{done['wrong']} of {done['requests']} answers were not as they should be.")
    return done


def load_demo(logs):
    """Make the database of the portal's processes, with the demo in it."""
    log = logs / "prepare_database.log"
    with open(log, "w") as output:
        done = subprocess.run(
            [PYTHON, ROOT / "manage.py", "prepare_database", "--demo"],
            env=dict(os.environ, DEMO_MODE="1"),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        raise Stop(f"The database could not be prepared; see {log}")


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
