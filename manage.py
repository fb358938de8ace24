#!/usr/bin/env python
"""Django's commands. Without DATABASE_URL they use the embedded servers of PORTAL_DATA (default var/)."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from hampshire_portal.embedded import servers_for_a_command

NEED_NO_SERVER = {
    "build_assets",
    "collectstatic",
    "help",
    "version",
    "--help",
    "--version",
}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hampshire_portal.settings")
    if NEED_NO_SERVER.intersection(sys.argv[1:2]):
        execute_from_command_line(sys.argv)
        return
    default = Path(__file__).resolve().parent / "var"
    with servers_for_a_command(os.environ.get("PORTAL_DATA") or default):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
