"""The commands of the portal: `python bin/_portal COMMAND [ARGUMENTS]`, which bin/COMMAND calls.

A command is a module here with `parse(arguments)`, `LOCKS` (what must be installed), optionally
`look_first(options)` (what can be refused before anything is installed), and `main(options)`, which
returns the exit status. It runs under .venv's Python; until that stands, under any from 3.11 on.
"""

import importlib
import os
import signal
import sys

from checkout import PYTHON, ROOT, VENV
from install import install
from screen import Stop, complain

COMMANDS = ("run", "test", "check", "fix", "lock", "backup", "restore", "bench")
INTERRUPTED = 130


def main():
    name, *arguments = sys.argv[1:]
    if name not in COMMANDS:
        raise Stop(f"There is no command {name}; there are {', '.join(COMMANDS)}.")
    command = importlib.import_module(name)
    options = command.parse(arguments)
    if os.path.realpath(sys.prefix) != str(VENV):
        getattr(command, "look_first", lambda options: None)(options)
        install(*command.LOCKS)
        os.execv(PYTHON, [str(PYTHON), *sys.orig_argv[1:]])
    sys.path.append(str(ROOT))
    return command.main(options)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main())
    except Stop as problem:
        complain(str(problem))
        sys.exit(1)
    except KeyboardInterrupt:
        complain("Stopped.")
        sys.exit(INTERRUPTED)
