import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.states import MovesThroughStates
from training.models.courses import moment_words


class PutToManager(MovesThroughStates, models.Model):
    """What a person puts to their manager: who asks, until when it is to be answered, whether it is late.

    A form's one-time key makes one row, however often the form is sent.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)s_asked"
    )
    answer_by = models.DateTimeField(null=True, blank=True, editable=False)
    escalated_at = models.DateTimeField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    one_time_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    @property
    def answer_by_words(self):
        """Until when it waits for an answer, in words; nothing where no time is set."""
        return moment_words(self.answer_by)

    @property
    def is_late(self):
        return self.escalated_at is not None
