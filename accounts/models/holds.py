"""What must be kept for now, whatever its period says: a claim, a complaint, an investigation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.fields import EncryptedTextField
from accounts.models.users import User


class LegalHoldQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(released_at__isnull=True)

    def of_everything(self):
        """Holds on all that is about a person."""
        return self.filter(thing_type="")

    def to_review(self, on):
        """Holds whose day of review has come by the day `on`."""
        return self.in_force().filter(review_on__lte=on)

    def people(self):
        """The ids of the people of whom everything is held."""
        return self.in_force().of_everything().values("person")

    def mailboxes(self):
        """The addresses of the people of whom everything is held."""
        return User.objects.filter(pk__in=self.people()).values("email")

    def things(self, label):
        """The ids of the held rows of one model, such as "applications.Application"."""
        keys = Cast("thing_id", models.BigIntegerField())
        return self.in_force().filter(thing_type=label).annotate(key=keys).values("key")


class LegalHold(models.Model):
    """That everything about a person, or one thing of theirs, is kept until somebody releases it.

    While it is in force no deletion, blanking, erasing or closing of the account touches what is held.
    `thing_type` and `thing_id` name one thing, such as an application; empty they mean everything.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="legal_holds"
    )
    thing_type = models.CharField(max_length=80, blank=True)
    thing_id = models.CharField(max_length=40, blank=True)
    reason = EncryptedTextField()
    held_at = models.DateTimeField(default=timezone.now)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    review_on = models.DateField("to be looked at again on")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    release_reason = EncryptedTextField(blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-held_at", "-pk"]
        permissions = [("place_legalhold", "Can hold and release what must be kept")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "thing_type", "thing_id"],
                condition=Q(released_at__isnull=True),
                name="one_legal_hold_on_a_thing",
                violation_error_message="There is a hold on this already.",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="legal_hold_released_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(thing_type="", thing_id="") | ~Q(thing_type="") & ~Q(thing_id=""),
                name="legal_hold_thing_whole_or_none",
            ),
        ]

    def __str__(self):
        return f"Legal hold {self.pk}"

    @property
    def is_in_force(self):
        return self.released_at is None
