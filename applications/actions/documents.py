from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction

from accounts import audit
from accounts.file_checks import plain_name, sum_of
from applications import file_checks, queries, rules
from applications.actions.answering import lock_draft, locked
from applications.exceptions import NotAsked
from applications.models import Document
from applications.models.documents import DOCUMENT_FOLDER
from applications.states import ApplicationEvent, DocumentKind
from notifications.waking import tell_a_worker

SCAN_TASK = "applications.tasks.scan_documents_that_wait"
# A file without a row may belong to an upload that is still under way.
ORPHAN_AFTER = timedelta(hours=24)


@transaction.atomic
def attach_cv(*, application, file, by):
    """Keep an uploaded file as the CV of a draft, in place of the one before.

    Raises UnfitFile with words for the person, AlreadySent, VacancyClosed, NotAsked when the job takes
    none, and PermissionDenied for anyone but its writers. Nothing is stored when it raises.
    """
    application = lock_draft(application, by)
    if not application.vacancy.takes_cv:
        raise NotAsked("cv")
    return _put_cv(application, file, by)


@transaction.atomic
def send_cv_again(*, application, file, by):
    """Keep another CV for an application that was sent, in place of one that the scan refused.

    Raises UnfitFile with words for the person, and PermissionDenied for anyone but the applicant, or
    when no CV was refused. Nothing is stored when it raises.
    """
    application = locked(application)
    if not rules.can_send_cv_again(by, application):
        raise PermissionDenied("No CV of this application was refused.")
    return _put_cv(application, file, by)


def _put_cv(application, file, by):
    content_type = file_checks.check_cv(file)
    delete_documents(application.documents.filter(kind=DocumentKind.CV))
    document = Document(
        application=application,
        kind=DocumentKind.CV,
        original_name=plain_name(file.name),
        size=file.size,
        content_type=content_type,
        sha256=sum_of(file),
    )
    document.file.save(file.name, file, save=False)
    document.save()
    application.save(update_fields=["changed_at"])
    audit.record(ApplicationEvent.CV_ATTACHED, application, by=by, sha256=document.sha256)
    if settings.CLAMD_URL:
        transaction.on_commit(lambda: tell_a_worker(SCAN_TASK), robust=True)
    return document


@transaction.atomic
def remove_cv(*, application, by):
    """Take the CV off a draft, file and all. Exceptions are those of `attach_cv`."""
    application = lock_draft(application, by)
    if delete_documents(application.documents.filter(kind=DocumentKind.CV)):
        application.save(update_fields=["changed_at"])
        audit.record(ApplicationEvent.CV_REMOVED, application, by=by)
    return application


@transaction.atomic
def open_document(*, document, by):
    """Open a document for reading and record who opened somebody else's. Returns the open file.

    Raises PermissionDenied when `by` may not see the application or a scan refused the file.
    """
    if not rules.can_open_document(by, document):
        raise PermissionDenied("You cannot open this file.")
    if by != document.application.applicant:
        audit.record(ApplicationEvent.CV_OPENED, document.application, by=by)
    return document.file.open("rb")


def delete_orphan_files(*, now):
    """Delete stored files that no document has and that are a day old. Returns how many went."""
    in_use = queries.files_in_use()
    deleted = 0
    for name in _stored_files():
        old = default_storage.get_modified_time(name) <= now - ORPHAN_AFTER
        if old and name not in in_use:
            default_storage.delete(name)
            deleted += 1
    return deleted


def _stored_files():
    if not default_storage.exists(DOCUMENT_FOLDER):
        return
    folders, _ = default_storage.listdir(DOCUMENT_FOLDER)
    for folder in folders:
        _, names = default_storage.listdir(f"{DOCUMENT_FOLDER}/{folder}")
        yield from (f"{DOCUMENT_FOLDER}/{folder}/{name}" for name in names)


def delete_documents(documents):
    """Delete rows now and their files once that is certain. Returns how many there were."""
    documents = list(documents)
    names = [document.file.name for document in documents if document.file]
    Document.objects.filter(pk__in=[document.pk for document in documents]).delete()
    for name in names:
        transaction.on_commit(lambda name=name: default_storage.delete(name), robust=True)
    return len(documents)
