"""What bin/backup wrote, bin/restore brings back, and nothing else."""

import shutil
import tarfile

import psycopg2
import pytest

from hampshire_portal.embedded import Servers
from tests.platform.commands import remove, run


@pytest.fixture
def folders(tmp_path):
    """Two data folders: what is saved, and where it is brought back."""
    both = tmp_path / "first one", tmp_path / "second one"
    yield both
    for folder in both:
        remove(folder)


def execute(data, *statements):
    """Run the statements on the database of `data`, and return the rows of the last."""
    servers = Servers(data, durable=False)
    servers.own_the_data()
    servers.start({})
    connection = psycopg2.connect(servers.postgres.url())
    try:
        with connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()
        servers.stop()


def upload(data, name, content):
    file = data / "files" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)


def test_a_backup_brings_back_rows_and_files_and_removes_what_came_since(folders, tmp_path):
    data, other = folders
    archive = tmp_path / "portal.tar"
    execute(data, "create table people (name text)", "insert into people values ('Zoë')")
    upload(data, "documents/cv.pdf", "a CV")
    assert run("backup", archive, "--data", data).returncode == 0
    execute(other, "create table people (name text)", "create table newer (id int)")
    upload(other, "documents/other.pdf", "another CV")

    restored = run("restore", archive, "--data", other, "--yes")

    assert restored.returncode == 0, restored.stderr
    assert execute(other, "select name from people") == [("Zoë",)]
    tables = "select tablename from pg_tables where schemaname = 'public'"
    assert execute(other, tables) == [("people",)]
    files = [file.relative_to(other / "files") for file in (other / "files").rglob("*.pdf")]
    assert [str(file) for file in files] == ["documents/cv.pdf"]


def test_a_backup_holds_no_key_and_only_its_owner_can_read_it(folders, tmp_path):
    data, _ = folders
    archive = tmp_path / "portal.tar"
    execute(data, "select 1")

    assert run("backup", archive, "--data", data).returncode == 0

    assert (data / "keys.json").exists()
    assert oct(archive.stat().st_mode & 0o777) == "0o600"
    with tarfile.open(archive) as tar:
        assert tar.getnames() == ["database.dump"]


def test_a_damaged_archive_leaves_everything_as_it_was(folders, tmp_path):
    data, _ = folders
    execute(data, "create table people (name text)", "insert into people values ('Zoë')")
    (tmp_path / "database.dump").write_bytes(b"PGDMP, but no more than that")
    with tarfile.open(tmp_path / "damaged.tar", "w") as tar:
        tar.add(tmp_path / "database.dump", "database.dump")

    refused = run("restore", tmp_path / "damaged.tar", "--data", data, "--yes")

    assert refused.returncode == 1
    assert refused.stderr.startswith("The database was left as it was: ")
    assert execute(data, "select name from people") == [("Zoë",)]


def test_restoring_asks_to_be_sure(folders, tmp_path):
    data, _ = folders
    archive = tmp_path / "portal.tar"
    shutil.copy(__file__, archive)

    refused = run("restore", archive, "--data", data)

    assert refused.returncode == 1
    assert refused.stderr.endswith("If you are sure, add --yes.\n")
