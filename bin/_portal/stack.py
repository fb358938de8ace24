"""The portal's own processes: the web server, the worker and the timetable, watched together."""

import http.client
import os
import time

from checkout import PYTHON, ROOT
from hampshire_portal.embedded import processes
from screen import Stop, complain

READY_SECONDS = 60
STOP_SECONDS = 9


def start_web(port, logs, *, name="web", application="hampshire_portal.wsgi", folder=ROOT):
    """Start gunicorn on `port`; a worker that hangs for 60 seconds is replaced."""
    return _start(
        name,
        *("gunicorn", application, "--bind", f"127.0.0.1:{port}", "--chdir", folder),
        "--no-control-socket",  # Two portals of one user would share it.
        "--preload",  # Read the code once, not once for each worker.
        *("--workers", "2", "--threads", "4", "--timeout", "60", "--graceful-timeout", "7"),
        logs=logs,
    )


def start_worker(logs, *, name="worker", concurrency=2):
    """Start a Celery worker, which delivers mail and does the timed work."""
    return _start(
        name,
        *("celery", "-A", "hampshire_portal", "worker", "--concurrency", str(concurrency)),
        *(
            "--loglevel",
            "INFO",
            "--without-gossip",
            "--without-mingle",
            "-n",
            f"{name}-{os.getpid()}@%h",
        ),
        logs=logs,
    )


def start_beat(logs, data):
    """Start the timetable. There must be one only: the lock of the data folder sees to that."""
    return _start(
        "beat",
        *("celery", "-A", "hampshire_portal", "beat", "--loglevel", "INFO", "--pidfile="),
        *("--schedule", str(data / "beat-schedule")),
        logs=logs,
    )


def _start(name, module, *arguments, logs):
    return processes.start(
        name,
        [PYTHON, "-m", module, *arguments],
        log=logs / f"{name}.log",
        cwd=ROOT,
        env=dict(os.environ, PYTHONUNBUFFERED="1"),
    )


def wait_until_ready(port, children):
    """Wait for the portal and all it needs."""
    wait_until_answers(port, "/readyz", children)


def wait_until_answers(port, address, children):
    """Wait for `address` to answer 200; stop waiting when a process ends."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        stop_if_one_ended(children)
        if _answers(port, address):
            return
        time.sleep(0.1)
    raise Stop(
        f"The portal was not ready after {READY_SECONDS} seconds; see {children[-1].log.parent}."
    )


def stop_if_one_ended(children):
    for child in children:
        if not child.is_running:
            _show_the_end_of(child.log)
            raise Stop(
                f"The {child.name} process ended (status {child.process.returncode}), so everything was "
                f"stopped. Its log is {child.log}"
            )


def _answers(port, address):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", address)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _show_the_end_of(log, lines=15):
    if log.exists():
        for line in log.read_text(errors="replace").splitlines()[-lines:]:
            complain(f"    {line}")
