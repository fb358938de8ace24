import pytest


@pytest.fixture(autouse=True)
def _files_of_this_test(settings, tmp_path):
    """Keep uploads in a folder of the test's own, and count nobody's earlier submissions."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.RATE_LIMITS = {"application_submit": "", "typed_words": ""}
