"""Applications that have been kept as long as we say, and whose writers are warned before they go."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Least

from accounts.models import User
from accounts.retention import kept_since, start_of
from applications.states import ApplicationState


def _warned_by(on):
    """The first day on which a warning comes too late for a deletion on the day `on`."""
    return on - timedelta(days=settings.DELETION_WARNED_DAYS - 1)


class KeptQuerySet(models.QuerySet):
    def drafts_at_their_end(self, on):
        """Drafts that were last changed, or whose vacancy closed, longer ago than we keep them.

        `period_began_at` is the moment their period began.
        """
        began_at = Least("changed_at", "vacancy__closed_at")
        return (
            self.filter(state=ApplicationState.DRAFT)
            .annotate(period_began_at=began_at)
            .filter(period_began_at__lt=kept_since("draft_application", on=on))
        )

    def words_at_their_end(self, on):
        """Applications that did not end in a job, decided or withdrawn longer ago than we keep them.

        `period_began_at` is the moment their period began.
        """
        began_at = Case(
            When(state=ApplicationState.UNSUCCESSFUL, then="decided_at"),
            When(state=ApplicationState.WITHDRAWN, then="withdrawn_at"),
        )
        return (
            self.filter(blanked_at__isnull=True)
            .annotate(period_began_at=began_at)
            .filter(period_began_at__lt=kept_since("unsuccessful_application", on=on))
        )

    def drafts_past_their_time(self, on):
        """Drafts to delete on the day `on`: at their end, and their writer has been warned long enough."""
        return self.drafts_at_their_end(on).warned(on)

    def to_blank(self, on):
        """Applications to blank on the day `on`: at their end, and the person has been warned long enough."""
        return self.words_at_their_end(on).warned(on)

    def warned(self, on):
        """Those at their end whose writer was warned settings.DELETION_WARNED_DAYS ago, or cannot be."""
        warned = self._warnings().filter(warned_at__lt=start_of(_warned_by(on)))
        return self.filter(Exists(warned) | Q(applicant__in=User.objects.not_to_be_written_to()))

    def not_warned(self):
        """Those at their end whose writer can be warned and has not been, in this period."""
        return self.exclude(Exists(self._warnings())).exclude(
            applicant__in=User.objects.not_to_be_written_to()
        )

    def _warnings(self):
        model = self.model._meta.get_field("deletion_warnings").related_model
        return model.objects.filter(
            application=OuterRef("pk"), began_at=OuterRef("period_began_at")
        )
