"""What the regulator's register said of an applicant, looked up with the ledger."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.fields import EncryptedTextField
from applications.models.applications import Application


class RegistrationCheckQuerySet(models.QuerySet):
    def counting(self):
        """Those that are about the applicant: the name agreed, or a person said that it is them."""
        return self.filter(confirmed_at__isnull=False)

    def to_confirm(self):
        """Those whose number agrees and whose name is only near."""
        return self.filter(confirmed_at__isnull=True)


class RegistrationCheck(models.Model):
    """What the register said of one applicant on one day, and who looked.

    `status` is in the register's words; `is_registered` is how we read it. It counts from `confirmed_at`
    on: at once where number and name agree, else when a person says that it is the same one.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="registration_checks"
    )
    number = models.CharField(max_length=8)
    name = EncryptedTextField("name on the register")
    status = models.CharField(max_length=80)
    is_registered = models.BooleanField()
    conditions = EncryptedTextField(blank=True)
    town = models.CharField(max_length=80, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    looked_on = models.DateField()
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RegistrationCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-looked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number", "looked_on"],
                name="registration_check_once_a_day",
                violation_error_message="This number was looked up for this person that day.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="registration_check_confirmed_at_and_by_together",
            ),
        ]

    def __str__(self):
        return f"{self.application} on the register, {self.looked_on:%-d %B %Y}"
