"""bin/restore: put the database and the files of an archive in place of what is there."""

import os
import shutil
import subprocess
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path, PurePosixPath

import postgres_tools
from hampshire_portal.embedded import DataInUse, Servers
from screen import Stop, say, step

# Older servers do not know this line, which newer tools write; it changes nothing here.
UNKNOWN_BEFORE_17 = b"SET transaction_timeout = 0;\n"


def main(options):
    if not options.archive.is_file():
        raise Stop(f"There is no archive {options.archive}.")
    if not options.yes:
        raise Stop(
            "This replaces the database and the uploaded files by those of the archive. "
            "If you are sure, add --yes."
        )
    servers = Servers(options.data)
    try:
        servers.own_the_data()
        servers.start(os.environ)
        _restore(servers, options.archive)
    except DataInUse as owner:
        raise Stop(f"Stop the portal first: process {owner} uses {servers.place.data}.") from None
    finally:
        servers.stop()
    say("Restored. Encrypted fields can be read with the keys of the portal the backup is from.")
    return 0


def _restore(servers, archive):
    with tempfile.TemporaryDirectory(dir=servers.place.data) as folder:
        with step("Unpacking the archive"):
            _unpack(archive, Path(folder))
        with step("Replacing the database"):
            _replace_database(servers, Path(folder) / "database.dump")
        with step("Replacing the uploaded files"):
            _replace_files(Path(folder) / "files", servers.place.data / "files")


def _unpack(archive, folder):
    """Unpack plain files only, and only below `folder`, whatever the archive's names say."""
    with tarfile.open(archive) as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            if member.isfile() and not name.is_absolute() and ".." not in name.parts:
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as output:
                    shutil.copyfileobj(tar.extractfile(member), output)
    if not (folder / "database.dump").exists():
        raise Stop(f"{archive} is not a backup of the portal: it has no database in it.")


def _replace_database(servers, dump):
    """Empty the database and fill it in one transaction: all of it is replaced, or nothing."""
    arguments, environment = postgres_tools.connection()
    read = [postgres_tools.program(servers, "pg_restore"), "--no-owner", "--no-privileges", "-f-"]
    write = [postgres_tools.program(servers, "psql"), "-X", "-q", "--single-transaction"]
    write += ["--set=ON_ERROR_STOP=1", *arguments]
    with tempfile.TemporaryFile("w+") as complaints:
        reading = subprocess.Popen([*read, dump], stdout=subprocess.PIPE, stderr=complaints)
        writing = subprocess.Popen(
            write,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            env=environment,
        )
        with suppress(BrokenPipeError):
            _pour(reading.stdout, writing.stdin, reading.wait)
        if writing.wait() or reading.wait():
            complaints.seek(0)
            said = complaints.read().strip().splitlines() or ["the archive may be damaged"]
            raise Stop(f"The database was left as it was: {said[0]}")


def _pour(dump, psql, status_of_dump):
    """Hand the statements on. A dump that ends early must not be taken for a whole one."""
    with psql:
        psql.write(b"drop schema public cascade; create schema public;\n")
        left_out = False
        for line in dump:
            if not left_out and line == UNKNOWN_BEFORE_17:
                left_out = True
            else:
                psql.write(line)
        if status_of_dump():
            psql.write(b"\\.\nselect 1/0;\n")


def _replace_files(restored, current):
    """Swap the folders, so that a half-copied one is never in use."""
    former = current.with_name(f"{current.name}.former")
    shutil.rmtree(former, ignore_errors=True)
    restored.mkdir(exist_ok=True)
    if current.exists():
        current.rename(former)
    restored.rename(current)
    shutil.rmtree(former, ignore_errors=True)
