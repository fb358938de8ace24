"""bin/check: everything that must be right before a change goes in, side by side, each with its time."""

import os
import secrets
import subprocess
import time
from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assets import build
from checkout import PYTHON, ROOT, VENV
from hampshire_portal.embedded.servers import servers_for_a_command
from install import install_redis
from screen import complain, say

TOOLS = VENV / "bin"
MANAGE = [PYTHON, "-W", "error", ROOT / "manage.py"]
DJANGO = ROOT / "hampshire_portal" / "management" / "commands"


def main(options):
    if "REDIS_URL" not in os.environ:
        install_redis()
    build()
    data = Path(os.environ.get("PORTAL_TEST_DATA") or ROOT / "var-test").resolve()
    with servers_for_a_command(data), ThreadPoolExecutor(os.cpu_count()) as pool:
        passed = list(pool.map(lambda check: _passes(*check), _checks()))
    say("All is well." if all(passed) else f"{passed.count(False)} of {len(passed)} checks failed.")
    return 0 if all(passed) else 1


def _checks():
    """Return (what, command, environment); the slow ones come first."""
    states = [("docs/states.md is fresh", [*MANAGE, "states_doc", "--check"], {})]
    return [
        ("templates", [TOOLS / "djlint", "--lint", "--quiet", "."], {}),
        (
            "settings are fit for production",
            [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
            _production(),
        ),
        ("no migration is missing", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
        ("imports go one way", [TOOLS / "lint-imports"], {}),
        ("format", [TOOLS / "ruff", "format", "--check", "."], {}),
        ("lint", [TOOLS / "ruff", "check", "."], {}),
        *(states if (DJANGO / "states_doc.py").exists() else []),
    ]


def _production():
    """Return an environment such as a real site has, with invented values."""
    mailbox = "careers@council.example.org"
    return {
        "PRODUCTION": "1",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ENCRYPTION_KEYS": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "SITE_URL": "https://careers.council.example.org",
        "EMAIL_URL": "smtp+tls://portal:secret@mail.council.example.org:587",
        "CONTACT_PHONE": "01632 960100",
        **dict.fromkeys(
            ["CONTACT_EMAIL", "HR_MAILBOX", "NOMINATIONS_MAILBOX", "FROM_EMAIL"], mailbox
        ),
    }


def _passes(what, command, environment):
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment}
    )
    seconds = time.monotonic() - started
    verdict = "well" if done.returncode == 0 else "FAILED"
    say(f"  {what} ".ljust(48, ".") + f" {verdict} ({seconds:.1f} s)")
    if done.returncode:
        complain((done.stdout + done.stderr).strip())
    return done.returncode == 0
