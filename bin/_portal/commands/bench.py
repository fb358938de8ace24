"""bin/bench NAME: measure something against a plain yardstick in the same run, so ratios mean something."""

import importlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from hampshire_portal.embedded import Servers
from install import install_redis
from screen import say, step


def main(options):
    """Run `benches.NAME.measure(folder)`, which returns {key: (value, target, passed)}."""
    if "REDIS_URL" not in os.environ:
        install_redis()
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    servers = Servers(folder)
    try:
        servers.own_the_data()
        with step("Starting Postgres and Redis"):
            servers.start(os.environ)
        results = importlib.import_module(f"benches.{options.name}").measure(servers.place.logs)
    finally:
        servers.stop()
        for made in (folder, servers.place.database, servers.place.sockets):
            shutil.rmtree(made, ignore_errors=True)
    _show(results)
    if options.json:
        say(json.dumps({key: value for key, (value, _, _) in results.items()}))
    return 0 if all(passed for _, _, passed in results.values()) else 1


def _show(results):
    say(f"\n  {'What':<34}{'Measured':>12}   Target")
    for key, (value, target, passed) in results.items():
        shown = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
        say(f"  {key.replace('_', ' '):<34}{shown:>12}   {target}{'' if passed else '  MISSED'}")
