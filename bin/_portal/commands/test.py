"""bin/test: the same setup as bin/run, in a folder and on servers of its own, then pytest."""

import os
import signal
import subprocess
from pathlib import Path

import assets
from checkout import PYTHON, ROOT, fingerprint, make_folder
from hampshire_portal.embedded import DataInUse, Servers, processes
from install import install_redis
from screen import Stop, step

TEMPLATE = "migrated"


def main(options):
    data = Path(os.environ.get("PORTAL_TEST_DATA") or ROOT / "var-test").resolve()
    make_folder(data)
    if "REDIS_URL" not in os.environ:
        install_redis()
    assets.build(with_test_tools=True)
    servers = Servers(data, durable=False)
    own = "DATABASE_URL" not in os.environ
    try:
        servers.own_the_data()
        servers.start(os.environ)
        if own:
            _keep_a_migrated_database(servers)
        return _pytest(options.rest)
    except DataInUse as owner:
        raise Stop(
            f"Tests are running in {data} already (process {owner}). "
            "Wait for them, or set PORTAL_TEST_DATA to another folder."
        ) from None
    finally:
        servers.stop()


def _keep_a_migrated_database(servers):
    """Have a database with all migrations in it, of which each test database is a copy.

    Migrating takes seconds, copying a fraction of one.
    """
    inputs = fingerprint(*sorted(ROOT.glob("*/migrations")), ROOT / "requirements.txt")
    mark = servers.place.data / "migrated-from"
    if not mark.exists() or mark.read_text() != inputs:
        with step("Migrating a database for the tests"):
            mark.unlink(missing_ok=True)
            servers.postgres.make_database(TEMPLATE, afresh=True)
            done = subprocess.run(
                [PYTHON, ROOT / "manage.py", "migrate", "--verbosity", "0"],
                env=dict(os.environ, DATABASE_URL=servers.postgres.url(TEMPLATE)),
            )
        if done.returncode:
            raise Stop("The migrations failed, so no test was run.")
        mark.write_text(inputs)
    os.environ["TEST_DATABASE_TEMPLATE"] = TEMPLATE


def _pytest(arguments):
    """Run pytest on this very terminal, so that its last line is ours and its debugger works."""
    signal.signal(
        signal.SIGINT, lambda *_: None
    )  # Ctrl-C reaches pytest too, which sums up and ends.
    process = subprocess.Popen(
        [PYTHON, "-m", "pytest", *arguments],
        cwd=ROOT,
        preexec_fn=lambda: processes.end_with_parent(signal.SIGTERM),
    )
    try:
        return process.wait()
    finally:
        process.terminate()
        process.wait()
