import hashlib

from django.conf import settings
from django.db import models
from django.utils import timezone


def hash_of(secret):
    """Return what is kept of the secret in a calendar's address. It is long and random: no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


class CalendarFeed(models.Model):
    """A person's secret address for their calendar programme. Only a hash of the secret is kept."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self):
        return f"The calendar of {self.person}"
