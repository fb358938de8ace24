"""Who shortlists for a vacancy, and whom among its applicants they know."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from applications.models.applications import Application
from vacancies.models import Vacancy


class PanelMemberQuerySet(models.QuerySet):
    def serving(self):
        """Those who have not been taken off the panel. Whether they may read is asked of their role too."""
        return self.filter(ended_at__isnull=True)


class PanelMember(models.Model):
    """Somebody who reads and scores the applications for a vacancy, without knowing whose they are.

    `is_lead` proposes what becomes of them. Nothing is read before `declared_at`: the person says that
    they will tell when they know an applicant. `ended_at` is set when they are taken off the panel; who is
    put on it again has the same row and declares once more.
    """

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="panel_members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panels"
    )
    is_lead = models.BooleanField("leads the panel", default=False)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        ordering = ["-is_lead", "added_at", "pk"]
        permissions = [("manage_panel", "Can say who is on a panel")]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "person"], name="panel_member_once_a_vacancy"
            ),
            models.UniqueConstraint(
                fields=["vacancy"],
                condition=Q(is_lead=True, ended_at__isnull=True),
                name="panel_has_one_lead",
            ),
        ]

    def __str__(self):
        return f"{self.person} on the panel of {self.vacancy.reference}"


class Conflict(models.Model):
    """That a panel member knows an applicant, and how. They never see that application again.

    What they scored before does not count. `words` go with the application.
    """

    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="panel_conflicts"
    )
    words = models.CharField("how they know the person", max_length=500)
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["declared_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "application"], name="conflict_once_an_application"
            ),
        ]

    def __str__(self):
        return f"{self.member.person} knows the applicant of {self.application.code}"
