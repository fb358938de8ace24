"""This checkout: where its parts are, what has been made in it already, and one maker at a time."""

import fcntl
import hashlib
import os
from contextlib import contextmanager
from pathlib import Path

from screen import Stop

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARKS = VENV / "made"


@contextmanager
def one_at_a_time():
    """Hold the checkout, so that two commands started together do not make the same thing twice."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def fingerprint(*paths, salt=""):
    """Return a hash of the contents of the files, and of the folders with all that is in them."""
    digest = hashlib.sha256(salt.encode())
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.exists() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(ROOT)}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_made(name, print_):
    """Has `name` been made from these very inputs?"""
    mark = MARKS / name
    return mark.is_file() and mark.read_text() == print_


def mark_made(name, print_):
    MARKS.mkdir(parents=True, exist_ok=True)
    (MARKS / name).write_text(print_)


def make_folder(folder):
    """Make `folder` if it is not there, and make sure that files can be written in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Stop(
            f"The folder {folder} cannot be written to ({error.strerror}). "
            "Make it yours, or choose another one: --data FOLDER"
        ) from None
