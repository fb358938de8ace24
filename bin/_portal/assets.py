"""Builds the styles, scripts and static files, unless they were built from these very inputs."""

import os
import subprocess

from checkout import PYTHON, ROOT, VENV, fingerprint, is_made, mark_made, one_at_a_time
from install import install_node
from screen import Stop, step

PACKAGES = [ROOT / "package.json", ROOT / "package-lock.json"]
BUILDER = ROOT / "hampshire_portal" / "management" / "commands" / "build_assets.py"
SOURCES = [*PACKAGES, BUILDER, ROOT / "frontend" / "scss", ROOT / "frontend" / "js"]
BUILD = ROOT / "frontend" / "build"
COLLECTED = ROOT / "staticfiles"
# npm writes it when all packages are there; a folder that somebody emptied has none.
INSTALLED = ROOT / "node_modules" / ".package-lock.json"


def build(*, with_test_tools=False):
    """Install the front-end packages, build the assets and collect the static files, as needed.

    `with_test_tools` installs the packages of the tests too (axe-core, html-validate).
    """
    kind = (
        "with test tools" if with_test_tools or is_made("npm", _packages("with test tools")) else ""
    )
    built = fingerprint(*SOURCES)
    packages_are_new = not is_made("npm", _packages(kind)) or not INSTALLED.is_file()
    assets_are_new = not is_made("assets", built) or not BUILD.is_dir()
    if packages_are_new or assets_are_new:
        install_node()
        with one_at_a_time(), step("Building the styles and scripts"):
            arguments = ["--packages", "all" if kind else "needed"] if packages_are_new else []
            _manage("build_assets", *arguments)
            mark_made("npm", _packages(kind))
            mark_made("assets", built)
    _collect()


def _packages(kind):
    return fingerprint(*PACKAGES, salt=kind)


def _collect():
    folders = [BUILD, ROOT / "static", *sorted(ROOT.glob("*/static"))]
    inputs = fingerprint(
        *folders, ROOT / "requirements.txt", ROOT / "hampshire_portal" / "storage.py"
    )
    if is_made("staticfiles", inputs) and COLLECTED.is_dir():
        return
    with one_at_a_time(), step("Collecting the static files"):
        (ROOT / "static").mkdir(exist_ok=True)
        _manage("collectstatic", "--noinput", "--verbosity", "0")
        mark_made("staticfiles", inputs)


def _manage(*arguments):
    environment = {name: value for name, value in os.environ.items() if name != "PRODUCTION"}
    environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    done = subprocess.run(
        [PYTHON, ROOT / "manage.py", *arguments], capture_output=True, text=True, env=environment
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["nothing"]
        raise Stop(f"manage.py {arguments[0]} failed: {said[0]}")
