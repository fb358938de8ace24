from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from organisation.models.geography import District, on_earth
from organisation.models.roles import Role


class TeamKind(models.TextChoices):
    RECEPTION = "reception", "Children's reception"
    MASH = "mash", "Multi-agency safeguarding hub"
    FAMILY_HELP = "family_help", "Family help"
    CHILDREN_IN_CARE = "children_in_care", "Children in care"
    CARE_LEAVERS = "care_leavers", "Care leavers"
    FOSTERING = "fostering", "Fostering"
    ADOPTION = "adoption", "Adoption"
    DISABLED_CHILDREN = "disabled_children", "Disabled children"
    MISSING_AND_EXPLOITATION = "missing_and_exploitation", "Missing and exploitation"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    INTENSIVE = "intensive", "Intensive and specialist hub"
    EARLY_HELP = "early_help", "Early help"
    OUT_OF_HOURS = "out_of_hours", "Out of hours"
    REVIEWING = "reviewing", "Quality and reviewing"
    WORKFORCE = "workforce", "Workforce development"
    LEADERSHIP = "leadership", "Leadership"


class Team(models.Model):
    """A team: who manages it, where it sits, and which team covers for it."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=30, choices=TeamKind.choices)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="teams")
    manager = models.ForeignKey(
        "organisation.StaffMember",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="manages",
    )
    covering_team = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="covers"
    )
    place_name = models.CharField("where it sits", max_length=80)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        ordering = ["name"]
        constraints = [on_earth("team")]

    def __str__(self):
        return self.name

    @property
    def covering_manager(self):
        """Who manages the team that covers for this one, or None."""
        return self.covering_team and self.covering_team.manager


class TeamFacts(models.Model):
    """What working in a team is like, in figures, with the day they were true and who vouches for them.

    Caseloads are numbers of children. They are shown for `settings.TEAM_FACTS_SHOWN_DAYS` days.
    """

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="facts")
    caseload_from = models.PositiveSmallIntegerField(null=True, blank=True)
    caseload_to = models.PositiveSmallIntegerField(null=True, blank=True)
    supervision_every_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    people = models.PositiveSmallIntegerField("people in the team")
    as_at = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "team facts"
        ordering = ["team__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(caseload_from__isnull=True, caseload_to__isnull=True)
                | Q(caseload_to__gte=F("caseload_from")),
                name="team_facts_caseload_is_in_order",
                violation_error_message="Give both ends of the caseload, the lower one first.",
            )
        ]

    def __str__(self):
        return f"{self.team}, as at {self.as_at:%-d %B %Y}"

    def is_stale(self, on):
        """Say whether the figures are too old to be shown on the date `on`."""
        return self.as_at + timedelta(days=settings.TEAM_FACTS_SHOWN_DAYS) < on


class StaffMemberQuerySet(models.QuerySet):
    def working(self, on):
        """People who work here on the date `on`."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=on), started_on__lte=on)

    def who_left(self, on):
        """People whose last day was before the date `on`."""
        return self.filter(left_on__lt=on)


@pghistory.track()
class StaffMember(models.Model):
    """Somebody who works here: their role, team, manager, hours and dates."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="staff_member"
    )
    employee_number = models.CharField(max_length=20, unique=True)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="staff")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    line_manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=2, default=37)
    started_on = models.DateField()
    left_on = models.DateField("last day", null=True, blank=True)
    registration_number = models.CharField("Social Work England number", max_length=8, blank=True)
    # When what a leaver held here was taken and handed on; see organisation.actions.leaving.
    let_go_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = StaffMemberQuerySet.as_manager()

    class Meta:
        ordering = ["user__full_name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(line_manager=F("id")),
                name="nobody_manages_themselves",
                violation_error_message="Nobody can be their own line manager.",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("started_on")),
                name="nobody_leaves_before_they_start",
                violation_error_message="The last day must not be before the first.",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__gt=0, weekly_hours__lte=48),
                name="weekly_hours_are_possible",
                violation_error_message="Weekly hours must be above 0 and at most 48.",
            ),
            models.CheckConstraint(
                condition=Q(registration_number="")
                | Q(registration_number__regex=r"^SW[0-9]{1,6}$"),
                name="registration_number_has_its_form",
                violation_error_message="A registration number is SW and up to 6 digits.",
            ),
        ]

    def __str__(self):
        return self.user.full_name

    def works_here(self, on=None):
        """Say whether the person works here on the date `on` (today by default)."""
        on = on or timezone.localdate()
        return self.started_on <= on and not self.has_left(on)

    def has_left(self, on=None):
        """Say whether the person's last day was before the date `on` (today by default)."""
        return self.left_on is not None and self.left_on < (on or timezone.localdate())


class Post(models.Model):
    """A post in the establishment: a role in a team, who holds it, and how it is paid for."""

    number = models.CharField(max_length=20, unique=True)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="posts")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="posts")
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=2, default=37)
    holder = models.ForeignKey(
        StaffMember,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="posts",
    )
    hub = models.ForeignKey(
        Team,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="hub_posts",
        help_text="The multi-disciplinary hub it works in, where that is not its team.",
    )
    funding_ends_on = models.DateField(null=True, blank=True)
    made_permanent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}: {self.role}, {self.team}"
