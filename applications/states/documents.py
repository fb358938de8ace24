"""What files there are, and how the scan of one goes."""

from django.db import models


class DocumentKind(models.TextChoices):
    CV = "cv", "CV"


class DocumentState(models.TextChoices):
    UNSCANNED = "unscanned", "Not scanned for viruses"
    CLEAN = "clean", "Scanned and clean"
    REFUSED = "refused", "Refused by the scan"


DOCUMENT_TRANSITIONS = {
    DocumentState.UNSCANNED: {DocumentState.CLEAN, DocumentState.REFUSED},
    DocumentState.CLEAN:     set(),
    DocumentState.REFUSED:   set(),
}  # fmt: skip
