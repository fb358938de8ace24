from django.db import models
from django.db.models import F, Q


class Scheme(models.TextChoices):
    GETS = "gets", "Graduate scheme (GETS)"
    ASYE = "asye", "Assessed and supported year in employment (ASYE)"
    APPRENTICESHIP = "apprenticeship", "Social work degree apprenticeship"


class ProgrammeVersionQuerySet(models.QuerySet):
    def in_force(self, on):
        """Versions that people may begin on the date `on`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


class ProgrammeVersion(models.Model):
    """A scheme as it was offered between two dates: its name, length and phases, and who says so.

    The articles of 2018 and 2022 describe the graduate scheme differently; each is a version, and a
    person keeps the version they began under. `open_to` are the roles whose holders may put
    themselves forward.
    """

    scheme = models.CharField(max_length=20, choices=Scheme.choices)
    name = models.CharField(max_length=120)
    length_months = models.PositiveSmallIntegerField()
    starts_on = models.DateField("offered from")
    ends_on = models.DateField("offered until", null=True, blank=True)
    summary = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    open_to = models.ManyToManyField(
        "organisation.Role",
        blank=True,
        related_name="programmes",
        help_text="Roles whose holders may put themselves forward.",
    )

    objects = ProgrammeVersionQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme"],
                condition=Q(ends_on__isnull=True),
                name="one_open_version_of_a_scheme",
                violation_error_message="End the version offered now first.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="version_ends_after_it_starts",
                violation_error_message="The version must not end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(length_months__gte=1, length_months__lte=72),
                name="version_length_is_possible",
                violation_error_message="A programme lasts from 1 to 72 months.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.starts_on.year})"

    @property
    def in_words(self):
        """What it is called within a sentence: "the graduate scheme (GETS)"."""
        scheme = self.get_scheme_display()
        return f"the {scheme[0].lower()}{scheme[1:]}"


class ProgrammePhase(models.Model):
    """A part of a programme, in whole months from its beginning: month 1 is the first."""

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="phases")
    name = models.CharField(max_length=80)
    first_month = models.PositiveSmallIntegerField()
    last_month = models.PositiveSmallIntegerField()
    what_happens = models.CharField(max_length=300)

    class Meta:
        ordering = ["version", "first_month"]
        constraints = [
            models.UniqueConstraint(fields=["version", "first_month"], name="phases_begin_apart"),
            models.CheckConstraint(
                condition=Q(first_month__gte=1, last_month__gte=F("first_month")),
                name="phase_ends_after_it_begins",
                violation_error_message="A phase must not end before it begins.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, months {self.first_month} to {self.last_month}"


class IntakeQuerySet(models.QuerySet):
    def open_on(self, on):
        """Intakes that still take nominations on the date `on`, the soonest first."""
        return self.filter(closes_on__gte=on).order_by("starts_on", "pk")

    def of(self, scheme):
        return self.filter(version__scheme=scheme)


class Intake(models.Model):
    """A date on which people begin a programme together, with its places.

    `closes_on` is the last day for nominations. The graduate scheme has four a year (article of 2018).
    """

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="intakes")
    starts_on = models.DateField()
    closes_on = models.DateField("nominations close on")
    places = models.PositiveSmallIntegerField()

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "starts_on"],
                name="one_intake_of_a_version_a_day",
                violation_error_message="This programme has an intake on that day.",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__lte=F("starts_on")),
                name="nominations_close_before_the_intake_starts",
                violation_error_message="Nominations must close by the day it starts.",
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1),
                name="intake_has_a_place",
                violation_error_message="An intake needs at least one place.",
            ),
        ]

    def __str__(self):
        return f"{self.version.get_scheme_display()}, {self.starts_on:%B %Y}"
