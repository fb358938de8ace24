"""Looking for viruses in uploaded files, when settings.CLAMD_URL names a scanner."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import emails
from applications.exceptions import ScannerAway
from applications.models import Document
from applications.scanner import scan
from applications.states import ApplicationEvent, DocumentState

logger = logging.getLogger(__name__)


def scan_documents(*, now):
    """Scan every document that waits for it at the moment `now`. Returns how many have an answer.

    A clean one can be opened from then on; one in which something is found is deleted at once, its row
    stays with the reason, and the applicant is told. When the scanner is away the run ends, and the
    document is tried again after one of settings.SCAN_RETRY_PAUSES. Two runs never scan one document.
    """
    if not settings.CLAMD_URL:
        return 0
    answered = 0
    for pk in list(Document.objects.to_scan(now).values_list("pk", flat=True)):
        document = _claim(pk, now)
        if document is None:
            continue
        try:
            found = _look_into(document)
        except (ScannerAway, FileNotFoundError) as problem:
            logger.warning("Document %s could not be scanned: %s", pk, problem)
            _try_later(document)
            if isinstance(problem, ScannerAway):
                break
        else:
            _decide(document, found)
            answered += 1
    return answered


@transaction.atomic
def _claim(pk, now):
    """Take a document for this run, so that no other scans it meanwhile; None when it is taken."""
    due = Document.objects.to_scan(now).select_for_update(skip_locked=True, of=["self"])
    document = due.filter(pk=pk).first()
    if document is None:
        return None
    # A worker that dies now leaves it to be taken again a little after the scan would have ended.
    document.scan_after = timezone.now() + 2 * timedelta(seconds=settings.CLAMD_SECONDS)
    document.save(update_fields=["scan_after"])
    return document


def _look_into(document):
    with document.file.open("rb") as file:
        return scan(file, address=settings.CLAMD_URL, seconds=settings.CLAMD_SECONDS)


@transaction.atomic
def _try_later(document):
    document = _locked(document)
    if document is None:
        return
    pauses = settings.SCAN_RETRY_PAUSES
    pause = pauses[min(document.scans_failed, len(pauses) - 1)]
    document.scans_failed += 1
    document.scan_after = timezone.now() + timedelta(minutes=pause)
    document.save(update_fields=["scans_failed", "scan_after"])


@transaction.atomic
def _decide(document, found):
    document = _locked(document)
    if document is None:
        return  # Its owner has removed it, or put another in its place.
    document.move_to(DocumentState.REFUSED if found else DocumentState.CLEAN)
    document.scanned_at = timezone.now()
    document.scan_after = None
    document.refused_because = found[:100]
    if found:
        _delete_file(document)
        audit.record(ApplicationEvent.DOCUMENT_REFUSED, document.application, by=None, found=found)
        emails.document_refused(document)
    document.save()


def _delete_file(document):
    name = document.file.name
    document.file = ""
    transaction.on_commit(lambda: default_storage.delete(name), robust=True)


def _locked(document):
    return (
        Document.objects.select_for_update(of=["self"])
        .select_related("application__vacancy", "application__applicant")
        .filter(pk=document.pk, state=DocumentState.UNSCANNED)
        .first()
    )
