"""What cannot work is refused at once, in one plain line that says what to do."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.platform.commands import ROOT, environment, run

NEEDED_IN_PRODUCTION = {
    *("SECRET_KEY", "ENCRYPTION_KEYS", "SITE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"),
    *("CONTACT_EMAIL", "CONTACT_PHONE", "HR_MAILBOX", "NOMINATIONS_MAILBOX", "FROM_EMAIL"),
}


@pytest.fixture
def fresh_checkout(tmp_path):
    """The commands and the locks alone, where nothing has been installed yet."""
    checkout = tmp_path / "a checkout"
    checkout.mkdir()
    shutil.copytree(ROOT / "bin", checkout / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    for lock in ROOT.glob("requirements*.txt"):
        shutil.copy(lock, checkout)
    return checkout


def start(checkout, **more):
    return subprocess.run(
        [checkout / "bin" / "run", "--port", "0"],
        capture_output=True,
        text=True,
        env=environment(**more),
        timeout=120,
    )


def test_a_machine_without_a_new_enough_python_is_told_so(fresh_checkout, tmp_path):
    old = tmp_path / "old python"
    old.mkdir()
    (old / "python3").write_text("#!/bin/sh\nexit 1\n")
    (old / "python3").chmod(0o755)

    refused = start(fresh_checkout, PATH=old)

    assert refused.returncode == 1
    assert refused.stderr == (
        "Python 3.11 or newer is needed, and no such python3 was found. Install one (on Debian or "
        "Ubuntu: apt-get install python3 python3-venv), then try again.\n"
    )


def test_a_python_without_the_venv_module_is_told_so(fresh_checkout, tmp_path):
    broken = tmp_path / "modules"
    broken.mkdir()
    (broken / "venv.py").write_text("raise ImportError(\"No module named 'ensurepip'\")\n")

    refused = start(fresh_checkout, PYTHONPATH=broken)

    assert refused.returncode == 1
    assert refused.stderr == (
        "Python could not make .venv, most often because its venv module is missing (on Debian or "
        "Ubuntu: apt-get install python3-venv). It said: ImportError: No module named 'ensurepip'\n"
    )


def test_registries_that_cannot_be_reached_are_one_plain_line(fresh_checkout):
    nowhere = "http://127.0.0.1:9/"

    refused = start(
        fresh_checkout,
        PIP_CONFIG_FILE=os.devnull,
        PIP_INDEX_URL=nowhere,
        PIP_FIND_LINKS="",
        PIP_RETRIES=0,
        PIP_NO_CACHE_DIR=1,
    )

    assert refused.returncode == 1
    assert refused.stderr.startswith(
        "The Python package registry did not answer as hoped, so uv could not be installed. "
        "Check the network (or pip's own settings) and run this again. It said: ERROR: "
    )
    assert refused.stderr.count("\n") == 1


SHOW_SETTINGS = (
    "from django.conf import settings as s;"
    "print(s.DEMO_MODE, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS,"
    " 'demo' in s.INSTALLED_APPS)"
)
# Without collected files and a database: the page that says 404 needs neither the second nor more of the first.
SHOW_DEMO_PAGES = """
import django
from django.conf import settings
from django.test import Client
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"] = {"BACKEND": plain}
django.setup()
host = settings.ALLOWED_HOSTS[0]
for path in ("/demo/", "/demo/inbox/", "/demo/inbox/1/", "/components/"):
    print(path, Client(HTTP_HOST=host).get(path, secure=True).status_code)
"""


def read_settings(show=SHOW_SETTINGS, **more):
    names = NEEDED_IN_PRODUCTION | {"PRODUCTION", "DEMO_MODE"}
    bare = {name: value for name, value in environment().items() if name not in names}
    return subprocess.run(
        [sys.executable, "-c", show],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**bare, "DJANGO_SETTINGS_MODULE": "hampshire_portal.settings", **more},
    )


COMPLETE = {
    **dict.fromkeys(NEEDED_IN_PRODUCTION, "careers@council.example.org"),
    "PRODUCTION": "1",
    "DATABASE_URL": "postgres://portal:secret@db.council.example.org/portal",
    "REDIS_URL": "redis://redis.council.example.org/0",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.council.example.org",
    "SITE_URL": "https://careers.council.example.org",
}


def test_production_refuses_to_start_with_one_line_for_each_missing_setting():
    refused = read_settings(PRODUCTION="1")

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert sorted(line.split(" is not set: ")[0] for line in refused.stderr.splitlines()) == sorted(
        NEEDED_IN_PRODUCTION
    )


@pytest.mark.parametrize("missing", sorted(NEEDED_IN_PRODUCTION))
def test_production_refuses_to_start_without(missing):
    refused = read_settings(**{name: COMPLETE[name] for name in COMPLETE if name != missing})

    assert refused.returncode == 1
    assert [line.split(" is not set: ")[0] for line in refused.stderr.splitlines()] == [missing]


def test_production_with_everything_set_is_safe_and_has_no_demo():
    accepted = read_settings(**COMPLETE, DEMO_MODE="1")

    assert accepted.stderr == ""
    assert accepted.stdout == "False True True 31536000 False\n"


@pytest.mark.parametrize(
    "place", [COMPLETE, {"DEMO_MODE": "0"}], ids=["production", "demo turned off"]
)
def test_without_the_demo_its_pages_are_not_there(place):
    asked = read_settings(SHOW_DEMO_PAGES, **place)

    assert asked.stdout.splitlines() == [
        "/demo/ 404",
        "/demo/inbox/ 404",
        "/demo/inbox/1/ 404",
        "/components/ 404",
    ]


def test_bin_run_passes_the_refusal_of_production_on(tmp_path):
    refused = run("run", "--port", "0", "--data", tmp_path, PRODUCTION=1)

    assert refused.returncode == 1
    assert {line.split(" is not set: ")[0] for line in refused.stderr.splitlines()} == (
        NEEDED_IN_PRODUCTION
    )
