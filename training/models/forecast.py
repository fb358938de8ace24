from django.conf import settings
from django.db import models


class Colour(models.TextChoices):
    RED = "red", "Will miss"
    AMBER = "amber", "At risk"
    GREEN = "green", "On track"


# The colours that the design gives them: a tag always says the word too.
TAGS = {Colour.RED: "rose", Colour.AMBER: "gold", Colour.GREEN: "green"}


class Reason(models.TextChoices):
    """Why somebody has their colour. The first that is true is the one given."""

    LONG_ABSENCE = "long_absence", "Long absence"
    REFUSED = "refused", "Refused or cancelled by the service"
    NOTHING_REACHABLE = "nothing_reachable", "Too few dates they can go to"
    NOTHING_BOOKED = "nothing_booked", "Nothing booked"
    SHORT_NOTICE = "short_notice", "Only dates at short notice are left"
    ONE_REFUSAL_AWAY = "one_refusal_away", "Every date that is left is needed"
    ON_TRACK = "on_track", "On track"


class Forecast(models.Model):
    """Whether somebody's five days can still be kept, as it stood in a week (its Monday).

    Amounts are half days. `reachable` is how many of those neither attended nor booked can still be
    had: never more than are missing. `refusals` counts bookings of the year that the service ended or
    a manager declined. Written by training.actions.forecast_the_year only.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="forecasts"
    )
    week = models.DateField()
    colour = models.CharField(max_length=5, choices=Colour.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    entitlement = models.PositiveSmallIntegerField()
    attended = models.PositiveSmallIntegerField()
    booked = models.PositiveSmallIntegerField()
    reachable = models.PositiveSmallIntegerField()
    refusals = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-week", "person"]
        indexes = [models.Index(fields=["week", "colour"], name="forecast_by_week_and_colour")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "week"],
                name="one_forecast_of_a_person_a_week",
                violation_error_message="This person has a forecast for that week.",
            )
        ]

    def __str__(self):
        return f"{self.person}, week of {self.week:%-d %B %Y}: {self.get_colour_display()}"

    @property
    def tag(self):
        """The colour of its tag in the design."""
        return TAGS[self.colour]

    @property
    def is_on_track(self):
        return self.colour == Colour.GREEN

    @property
    def missing(self):
        """Half days that are neither attended nor booked."""
        return max(self.entitlement - self.attended - self.booked, 0)

    @property
    def reason_words(self):
        """The reason, with how often where it counts: "Refused or cancelled by the service (2)"."""
        words = self.get_reason_display()
        return f"{words} ({self.refusals})" if self.reason == Reason.REFUSED else words
