import pytest


@pytest.fixture(autouse=True)
def _same_scope(settings):
    """The matrix is of the demo's addresses, with the second step off, as the demo has it."""
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
