"""What the commands show: one line for each step with its time, one plain line when something is wrong."""

import sys
import time
from contextlib import contextmanager


class Stop(Exception):
    """The command cannot go on; the text says in one line what to do about it."""


def say(text=""):
    print(text, flush=True)


def complain(text):
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(what):
    """Show `what`, and how many seconds it took once it is done."""
    print(f"  {what} ".ljust(58, "."), end=" ", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - started:.1f} s", flush=True)
