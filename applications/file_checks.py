"""What a CV may be."""

from django.conf import settings

from accounts.file_checks import DOCUMENTS, check_file


def check_cv(file):
    """Return the content type of an uploaded CV. Raises UnfitFile with a sentence for the person."""
    return check_file(file, DOCUMENTS, settings.CV_LARGEST_BYTES)
