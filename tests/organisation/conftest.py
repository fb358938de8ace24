import pytest

from tests.factories.accounts import HRAdminFactory
from tests.factories.organisation import RoleFactory, TeamFactory


@pytest.fixture
def _catalogue(db):
    """The role and the team that the rows of the tests name."""
    RoleFactory(name="Social worker", slug="social-worker")
    TeamFactory(name="Family Help Alton", slug="family-help-alton")


@pytest.fixture
def hr(db):
    return HRAdminFactory()
