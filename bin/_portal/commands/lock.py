"""bin/lock: write requirements*.txt from requirements*.in, and make sure every Python can use them."""

import subprocess

from checkout import ROOT, VENV
from install import uv_environment
from screen import Stop, step

LOCKS = ("requirements", "requirements-dev", "requirements-node")
OLDEST = "3.11"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORM = "x86_64-manylinux_2_28"


def main(options):
    for lock in LOCKS:
        with step(f"Locking {lock}.txt"):
            _compile(
                *("--universal", "--generate-hashes", "--python-version", OLDEST),
                *("--no-annotate", f"{lock}.in", "-o", f"{lock}.txt"),
            )
    for python in PYTHONS:
        with step(f"Looking for wheels for Python {python}"):
            for lock in LOCKS:
                _compile(
                    *("--only-binary", ":all:", "--python-version", python),
                    *("--python-platform", PLATFORM, f"{lock}.txt"),
                )
    return 0


def _compile(*arguments):
    done = subprocess.run(
        [
            *(VENV / "bin" / "uv", "pip", "compile", "--quiet", "--no-header"),
            *("--no-emit-index-url", "--no-emit-find-links", *arguments),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=uv_environment(),
    )
    if done.returncode:
        raise Stop(done.stderr.strip())
