import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.states import MovesThroughStates
from applications.models.applications import Application
from applications.states import DOCUMENT_TRANSITIONS, DocumentKind, DocumentState

DOCUMENT_FOLDER = "documents"


def random_place(document, filename):
    """Return where a file is stored: a random name that says nothing of the person or the file."""
    name = uuid.uuid4().hex
    return f"{DOCUMENT_FOLDER}/{name[:2]}/{name}"


class DocumentQuerySet(models.QuerySet):
    def unscanned(self):
        return self.filter(state=DocumentState.UNSCANNED)

    def to_scan(self, now):
        """Documents that wait for the scanner and whose time has come, the longest waiting first."""
        due = Q(scan_after__isnull=True) | Q(scan_after__lte=now)
        return self.unscanned().filter(due).order_by("uploaded_at", "pk")


class Document(MovesThroughStates, models.Model):
    """A file somebody sent with an application. It is only ever served by the guarded download view.

    `content_type` is what the content showed, never what the browser claimed; `size` is in bytes. One
    that the scanner refused has no file any more, and says why in `refused_because`. `scan_after` is
    when it is tried again, after `scans_failed` tries in which the scanner was away.
    """

    TRANSITIONS = DOCUMENT_TRANSITIONS

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10, choices=DocumentKind.choices, default=DocumentKind.CV)
    original_name = models.CharField("name of the file", max_length=150)
    file = models.FileField(upload_to=random_place, blank=True)
    size = models.PositiveIntegerField("size in bytes")
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        max_length=10, choices=DocumentState.choices, default=DocumentState.UNSCANNED
    )
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    scanned_at = models.DateTimeField(null=True, blank=True, editable=False)
    scan_after = models.DateTimeField(null=True, blank=True, editable=False)
    scans_failed = models.PositiveSmallIntegerField(default=0, editable=False)
    refused_because = models.CharField("what the scan found", max_length=100, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                condition=Q(state=DocumentState.UNSCANNED),
                name="document_unscanned",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DocumentState.REFUSED, file="") & ~Q(refused_because="")
                | ~Q(state=DocumentState.REFUSED) & ~Q(file="") & Q(refused_because=""),
                name="document_refused_without_file",
                violation_error_message="A refused document has a reason and no file, any other a file.",
            ),
            models.UniqueConstraint(
                fields=["application", "kind"],
                name="one_document_of_each_kind",
                violation_error_message="There is already a file of this kind.",
            ),
        ]

    def __str__(self):
        return self.original_name

    @property
    def is_refused(self):
        return self.state == DocumentState.REFUSED
