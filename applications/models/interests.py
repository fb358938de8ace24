from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from applications.states import Registration
from organisation.models import District, RoleFamily
from vacancies.models import Vacancy


class HoursWanted(models.TextChoices):
    ANY = "any", "Full time or part time"
    FULL_TIME = "full_time", "Full time"
    PART_TIME = "part_time", "Part time"


class JobInterestQuerySet(models.QuerySet):
    def current(self, on):
        """Those who are on the register on the day `on`."""
        return self.filter(ends_on__gte=on)

    def past(self, on):
        return self.filter(ends_on__lt=on)

    def to_ask(self, on, until):
        """Those who end by the day `until` and have not been asked whether they would like to stay."""
        return self.current(on).filter(ends_on__lte=until, asked_at__isnull=True)


class JobInterest(models.Model):
    """Somebody would like to hear from the recruitment team when a job comes that fits: the register.

    Only that team sees it. It ends on `ends_on` unless the person renews it: `asked_at` is when they were
    asked. `consent_version` names the words they agreed to, at `consented_at`; see applications.consent.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="job_interests"
    )
    families = ArrayField(
        models.CharField(max_length=20, choices=RoleFamily.choices), verbose_name="kinds of work"
    )
    districts = models.ManyToManyField(District, related_name="+", verbose_name="areas")
    hours = models.CharField(max_length=10, choices=HoursWanted.choices)
    registration = models.CharField(
        "registration with Social Work England",
        max_length=10,
        choices=Registration.choices,
        blank=True,
    )
    phone = models.CharField("phone number", max_length=30, blank=True)
    note = models.TextField(max_length=500, blank=True)
    consent_version = models.CharField("words agreed to", max_length=10)
    consented_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    ends_on = models.DateField("on the register until")
    asked_at = models.DateTimeField("asked whether to stay", null=True, blank=True)

    objects = JobInterestQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "entry of the register of interest"
        verbose_name_plural = "register of interest"
        permissions = [("invite_jobinterest", "Can invite somebody on the register to apply")]
        constraints = [
            models.UniqueConstraint(fields=["person"], name="one_job_interest_a_person"),
            models.CheckConstraint(
                condition=Q(families__len__gt=0), name="job_interest_names_some_work"
            ),
        ]

    def __str__(self):
        return self.person.full_name

    @property
    def families_in_words(self):
        return ", ".join(RoleFamily(family).label for family in self.families)

    @property
    def districts_in_words(self):
        return ", ".join(district.name for district in self.districts.all())


class JobInvitation(models.Model):
    """That somebody on the register was invited to apply for a vacancy: once, and never again."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="job_invitations"
    )
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="invitations")
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "vacancy"], name="invited_once_a_person_a_vacancy"
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.vacancy}"
