"""bin/run: everything from a fresh checkout to a portal that answers."""

import os
import runpy
import signal
import subprocess
import time

import assets
import stack
from checkout import PYTHON, ROOT
from hampshire_portal.embedded import DataInUse, Servers, processes
from install import install_redis
from screen import Stop, complain, say, step


def main(options):
    production = os.environ.get("PRODUCTION", "") not in ("", "0")
    servers = Servers(options.data)
    if production:
        _refuse_if_settings_are_missing()
    elif "REDIS_URL" not in os.environ:
        install_redis()
    assets.build()
    _own_the_data(servers)
    children = []
    try:
        _start_servers(servers, production, options.port)
        _prepare_the_database(servers.place, demo=not (production or options.no_demo))
        with step("Starting web server, worker and timetable"):
            children += _start_processes(options.port, servers.place)
            stack.wait_until_ready(options.port, children)
            children.append(stack.start_beat(servers.place.logs, servers.place.data))
        _tell(options.port, demo=not (production or options.no_demo))
        _watch([*children, *(child for _, child in servers.children)])
    except KeyboardInterrupt:
        say("Stopping …")
        return 0
    finally:
        _let_nobody_interrupt()
        processes.stop_together(children, stack.STOP_SECONDS)
        servers.stop()


def _refuse_if_settings_are_missing():
    asked = subprocess.run(
        [PYTHON, "-c", "import hampshire_portal.settings"], cwd=ROOT, capture_output=True, text=True
    )
    if asked.returncode:
        raise Stop(asked.stderr.strip())


def _own_the_data(servers):
    try:
        servers.own_the_data()
    except DataInUse as owner:
        raise Stop(
            f"The folder {servers.place.data} is in use by another command (process {owner}). "
            "Stop that one, or choose another folder: bin/run --data FOLDER --port PORT"
        ) from None


def _start_servers(servers, production, port):
    if production:
        os.environ["PORTAL_DATA"] = str(servers.place.data)
        return
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    with step("Starting Postgres and Redis"):
        servers.start(os.environ)
    if servers.place.account and servers.children:
        say(f"  Postgres does not run as root, so the database is in {servers.place.database}")


def _prepare_the_database(place, *, demo):
    log = place.logs / "prepare_database.log"
    with step("Bringing the database up to date"), open(log, "w") as output:
        done = subprocess.run(
            [PYTHON, ROOT / "manage.py", "prepare_database", *(["--demo"] if demo else [])],
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        for line in log.read_text().splitlines()[-8:]:
            complain(f"    {line}")
        raise Stop(f"The database could not be brought up to date; see {log}")


def _start_processes(port, place):
    return [stack.start_web(port, place.logs), stack.start_worker(place.logs)]


def _tell(port, *, demo):
    say(f"\nReady: http://127.0.0.1:{port}")
    sign_ins = ROOT / "demo" / "sign_ins.py"
    if demo and sign_ins.exists():
        known = runpy.run_path(str(sign_ins))
        say(f"\nSign in with the password {known['PASSWORD']} as:")
        for role, email in known["SIGN_INS"]:
            say(f"  {role.ljust(32)} {email}")
    say("\nCtrl-C stops it.")


def _watch(children):
    while True:
        stack.stop_if_one_ended(children)
        time.sleep(0.2)


def _let_nobody_interrupt():
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.SIG_IGN)
