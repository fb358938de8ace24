"""What all tests share."""

import os
import uuid

import pytest
from django.conf import settings
from django.core.cache import caches

RUN_ON_OUTSIDE_SERVERS_TOO = {"test_races.py", "test_last_place.py", "test_workers.py"}


def pytest_collection_modifyitems(items):
    """Races and killed workers depend on the database: .ci/run tries them on Debian's too."""
    for item in items:
        if item.path.name in RUN_ON_OUTSIDE_SERVERS_TOO:
            item.add_marker(pytest.mark.outside_servers)


def pytest_addoption(parser):
    parser.addoption(
        "--write-matrix",
        action="store_true",
        help="write who gets what into tests/access/matrix.csv",
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Copy the test database from the migrated one that bin/test keeps: seconds become milliseconds."""
    template = os.environ.get("TEST_DATABASE_TEMPLATE")
    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = template


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    """Hash passwords in a way that is quick instead of safe."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Show pages without collected static files; the journeys run with the hashed ones."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _cache_of_its_own(monkeypatch):
    """Give each test names of its own in the cache, so that nothing counted before limits it."""
    for name in ("default", "pages"):
        monkeypatch.setattr(caches[name], "key_prefix", uuid.uuid4().hex)


@pytest.fixture(autouse=True)
def _pages_made_afresh(settings):
    """Keep no pages for visitors: a test sees what its page was made of. Tests of keeping turn it on."""
    settings.PAGES_KEPT_SECONDS = 0


@pytest.fixture(autouse=True)
def _mail_through_the_outbox(settings):
    """Undo what Django's test runner does to mail: what libraries send goes to our outbox."""
    settings.EMAIL_BACKEND = "notifications.backends.OutboxBackend"
