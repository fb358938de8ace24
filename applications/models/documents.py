import uuid

from django.db import models
from django.utils import timezone

from accounts.states import MovesThroughStates
from applications.models.applications import Application
from applications.states import DOCUMENT_TRANSITIONS, DocumentKind, DocumentState

DOCUMENT_FOLDER = "documents"


def random_place(document, filename):
    """Return where a file is stored: a random name that says nothing of the person or the file."""
    name = uuid.uuid4().hex
    return f"{DOCUMENT_FOLDER}/{name[:2]}/{name}"


class Document(MovesThroughStates, models.Model):
    """A file somebody sent with an application. It is only ever served by the guarded download view.

    `content_type` is what the content showed, never what the browser claimed; `size` is in bytes.
    """

    TRANSITIONS = DOCUMENT_TRANSITIONS

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10, choices=DocumentKind.choices, default=DocumentKind.CV)
    original_name = models.CharField("name of the file", max_length=150)
    file = models.FileField(upload_to=random_place)
    size = models.PositiveIntegerField("size in bytes")
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        max_length=10, choices=DocumentState.choices, default=DocumentState.UNSCANNED
    )
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"],
                name="one_document_of_each_kind",
                violation_error_message="There is already a file of this kind.",
            ),
        ]

    def __str__(self):
        return self.original_name
