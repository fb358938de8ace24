import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.fields import EncryptedTextField
from training.models.bookings import Booking


class CPDKind(models.TextChoices):
    TRAINING = "training", "Training or a course"
    CONFERENCE = "conference", "A conference or an event"
    READING = "reading", "Reading or research"
    SUPERVISION = "supervision", "Supervision"
    SHADOWING = "shadowing", "Shadowing a colleague"
    MENTORING = "mentoring", "Mentoring or coaching"
    OTHER = "other", "Something else"


class PeerRole(models.TextChoices):
    """With whom somebody discussed a piece: what they are, never who."""

    SUPERVISOR = "supervisor", "My supervisor"
    MANAGER = "manager", "My manager"
    COLLEAGUE = "colleague", "A colleague in my team"
    EDUCATOR = "educator", "A practice educator"
    OTHER_SOCIAL_WORKER = "other_social_worker", "A social worker elsewhere"
    OTHER_PROFESSION = "other_profession", "A colleague of another profession"


class CPDPiece(models.Model):
    """One piece of somebody's CPD, as the regulator asks for it. Nobody but the person ever reads it.

    The words are encrypted in the database; the admin does not show the model and nothing about it is
    written in the audit. Every box but the title may wait: a piece is a draft until it is complete.
    `booking` is the attended session it is about, if it is about one. `entered_on` is when the person
    said that they had entered it with the regulator. Write through training.actions only.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cpd_pieces"
    )
    booking = models.ForeignKey(
        Booking, null=True, blank=True, on_delete=models.SET_NULL, related_name="cpd_pieces"
    )
    kind = models.CharField("type", max_length=20, choices=CPDKind.choices)
    done_on = models.DateField("day")
    title = EncryptedTextField("what it was")
    about = EncryptedTextField("short description, and why it is relevant", blank=True)
    learned = EncryptedTextField("what I learned", blank=True)
    impact = EncryptedTextField("what difference it makes", blank=True)
    peer_role = models.CharField(
        "discussed with", max_length=20, choices=PeerRole.choices, blank=True
    )
    peer_on = models.DateField("discussed on", null=True, blank=True)
    peer_learned = EncryptedTextField("what I learned from discussing it", blank=True)
    entered_on = models.DateField("entered with the regulator on", null=True, blank=True)
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "piece of CPD"
        verbose_name_plural = "pieces of CPD"
        ordering = ["-done_on", "-pk"]
        indexes = [models.Index(fields=["person", "done_on"], name="cpd_by_person_and_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "booking"],
                condition=Q(booking__isnull=False),
                name="one_piece_for_a_session",
                violation_error_message="You have a piece about this session already.",
            )
        ]

    def __str__(self):
        return f"A piece of CPD of {self.done_on:%-d %B %Y}"

    @property
    def missing(self):
        """The boxes that the regulator asks for and that are still empty, in words."""
        asked = {
            "what it was and why it is relevant": self.about,
            "what you learned": self.learned,
            "what difference it makes": self.impact,
        }
        return [words for words, said in asked.items() if not said]

    @property
    def is_complete(self):
        return not self.missing

    @property
    def has_peer_reflection(self):
        return bool(self.peer_role and self.peer_on and self.peer_learned)
