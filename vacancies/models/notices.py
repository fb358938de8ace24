from datetime import timedelta

from django.conf import settings
from django.db import models

from vacancies.models.saved import SavedVacancy
from vacancies.models.vacancies import Vacancy


class NoticeKind(models.TextChoices):
    EXTENDED = "extended", "Open for longer"
    CLOSED_EARLY = "closed_early", "Closed early"
    WITHDRAWN = "withdrawn", "Withdrawn"


class NoticeQuerySet(models.QuerySet):
    def to_be_told(self, now):
        """Those that happened no longer than `settings.NOTICES_TOLD_DAYS` days before the moment `now`."""
        since = now - timedelta(days=settings.NOTICES_TOLD_DAYS)
        return self.filter(made_at__range=(since, now)).select_related("vacancy")


class Notice(models.Model):
    """News of an advert for those who saved it, are writing an application or have sent one.

    `reason` is in words for them. `closes_on` is the last day for applying as it is since. Each app
    that has somebody to tell finds the notices and keeps a row for each person told.
    """

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    reason = models.CharField(max_length=300)
    closes_on = models.DateField()
    made_at = models.DateTimeField(db_index=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.vacancy}"


class SaverTold(models.Model):
    """The person who saved the job in `saved` was told of a notice about it: once, and never again."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="savers_told")
    saved = models.ForeignKey(SavedVacancy, on_delete=models.CASCADE, related_name="notices_told")
    told_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "savers told"
        constraints = [
            models.UniqueConstraint(fields=["notice", "saved"], name="saver_told_once_of_a_notice")
        ]

    def __str__(self):
        return f"{self.saved}: {self.notice}"
