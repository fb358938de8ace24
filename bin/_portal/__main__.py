"""The commands of the portal: `python bin/_portal COMMAND [ARGUMENTS]`, which bin/COMMAND calls.

`options` says what each may be told and needs; `commands/COMMAND.py` does it under .venv's Python,
in a function `main(options)` that returns the exit status.
"""

import importlib
import os
import signal
import sys

from checkout import PYTHON, ROOT, VENV
from install import install
from options import COMMANDS
from screen import Stop, complain

INTERRUPTED = 130


def main():
    name, *given = sys.argv[1:]
    command = COMMANDS[name]
    options = command.parse(name, given)
    if os.path.realpath(sys.prefix) != str(VENV):
        command.look_first(options)
        install(*command.locks)
        os.execv(PYTHON, [str(PYTHON), *sys.orig_argv[1:]])
    sys.path.append(str(ROOT))
    return importlib.import_module(f"commands.{name}").main(options)


if __name__ == "__main__":
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    try:
        sys.exit(main())
    except Stop as problem:
        complain(str(problem))
        sys.exit(1)
    except KeyboardInterrupt:
        complain("Stopped.")
        sys.exit(INTERRUPTED)
