"""bin/backup: the database and the uploaded files in one archive. The keys are not in it."""

import os
import tarfile
import tempfile
from pathlib import Path

import postgres_tools
from hampshire_portal.embedded import Servers, servers_for_a_command
from screen import Stop, say, step


def main(options):
    archive = options.archive.resolve()
    if archive.exists():
        raise Stop(f"{archive} exists already, and a backup is never written over.")
    servers = Servers(options.data)
    with (
        servers_for_a_command(options.data),
        tempfile.TemporaryDirectory(dir=_writable(archive.parent)) as folder,
    ):
        dump = Path(folder) / "database.dump"
        unfinished = Path(folder) / "unfinished.tar"
        with step("Copying the database"):
            _dump(servers, dump)
        # After the database: a file that comes meanwhile is one too many, never one too few.
        with step("Copying the uploaded files"):
            _pack(unfinished, dump, servers.place.data / "files")
        unfinished.rename(archive)
    say(f"The backup is {archive}. Keep it apart from the encryption keys, which are not in it.")
    return 0


def _writable(folder):
    if not os.access(folder, os.W_OK):
        raise Stop(f"The folder {folder} cannot be written to.")
    return folder


def _dump(servers, dump):
    arguments, environment = postgres_tools.connection()
    command = [postgres_tools.program(servers, "pg_dump"), "--format=custom", "--no-owner"]
    command += ["--no-privileges", f"--file={dump}", *arguments]
    postgres_tools.run(command, "Copying the database", env=environment)


def _pack(archive, dump, files):
    private = os.open(archive, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(private, "wb") as output, tarfile.open(fileobj=output, mode="w") as tar:
        tar.add(dump, "database.dump")
        if files.is_dir():
            tar.add(files, "files")
