"""What we give people who ask what we hold about them (UK GDPR, article 15)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.states import PACK_TRANSITIONS, MovesThroughStates, PackState

PACK_FOLDER = "packs"


def random_place(pack, filename):
    """Return where a pack is stored: a random name that says nothing of the person."""
    name = uuid.uuid4().hex
    return f"{PACK_FOLDER}/{name[:2]}/{name}"


class AccessPack(MovesThroughStates, models.Model):
    """One request for everything about a person and the file that answers it.

    `is_own` when the person asked on their own page; otherwise HR asked for them. `done` of `total` parts
    are gathered. The answer is due on `due_on`; the row goes with its file after the
    period of "access_pack".
    `left_out` is how many texts of other people are not in it, since HR has not let them in.
    """

    TRANSITIONS = PACK_TRANSITIONS

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_packs"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    is_own = models.BooleanField("asked for by the person")
    due_on = models.DateField("to be answered by")
    state = models.CharField(max_length=10, choices=PackState.choices, default=PackState.ASKED_FOR)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=random_place, blank=True)
    left_out = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        permissions = [("make_accesspack", "Can make a pack of what is held about a person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "is_own"],
                condition=Q(state__in=[PackState.ASKED_FOR, PackState.GATHERED]),
                name="one_access_pack_at_a_time",
                violation_error_message="A pack is being made already.",
            ),
        ]

    def __str__(self):
        return f"Pack asked for on {self.asked_at:%d %B %Y}"

    @property
    def is_ready(self):
        return self.state == PackState.READY


class ThirdPartyChoice(models.Model):
    """Whether a text that somebody else wrote about a person goes into their packs, who says so and why.

    `part` names the text, such as "applications.Score:12".
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="third_party_choices"
    )
    part = models.CharField(max_length=100)
    is_included = models.BooleanField("goes into the pack")
    reason = models.CharField(max_length=300)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["part"]
        constraints = [
            models.UniqueConstraint(fields=["person", "part"], name="one_choice_a_part"),
        ]

    def __str__(self):
        return self.part
