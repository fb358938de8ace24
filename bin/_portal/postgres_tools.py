"""Postgres's own tools, from the machine for a server elsewhere, else the embedded ones."""

import os
import shutil
import subprocess
from urllib.parse import unquote, urlsplit

from screen import Stop


def program(servers, name):
    """Return the path of `name`, such as pg_dump.

    The embedded tools speak no SSL, so for a server elsewhere the machine's own come first.
    """
    is_embedded = os.environ["DATABASE_URL"] == servers.postgres.url()
    own = None if is_embedded else shutil.which(name)
    return own or servers.postgres.program(name)


def connection():
    """Return the arguments and the environment that lead a tool to the database of DATABASE_URL."""
    url = urlsplit(os.environ["DATABASE_URL"])
    credentials, _, address = url.netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    host, _, port = address.partition(":")
    named = {"--host": unquote(host), "--port": port, "--username": unquote(user)}
    arguments = [part for name, value in named.items() if value for part in (name, value)]
    environment = dict(os.environ)
    if password:
        environment["PGPASSWORD"] = unquote(password)
    return [*arguments, f"--dbname={unquote(url.path[1:])}"], environment


def refuse_failure(process, what):
    """Raise Stop when the tool failed; a `subprocess.CompletedProcess` with text says why."""
    if process.returncode:
        said = [line for line in process.stderr.splitlines() if line.strip()] or ["nothing"]
        raise Stop(f"{what} failed: {said[0]}")


def run(command, what, **settings):
    done = subprocess.run(command, capture_output=True, text=True, **settings)
    refuse_failure(done, what)
    return done.stdout
