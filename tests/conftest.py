"""What all tests share."""

import os

import pytest
from django.conf import settings


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Copy the test database from the migrated one that bin/test keeps: seconds become milliseconds."""
    template = os.environ.get("TEST_DATABASE_TEMPLATE")
    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = template


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    """Hash passwords in a way that is quick instead of safe."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
