from django.core.validators import MinValueValidator
from django.db import models


class Room(models.Model):
    """A room that sessions are held in. `places` is how many people it holds."""

    name = models.CharField(max_length=120, unique=True)
    places = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Series(models.Model):
    """Sessions of a course that were planned together and can be moved or cancelled together."""

    course = models.ForeignKey("training.Course", on_delete=models.PROTECT, related_name="series")
    name = models.CharField(max_length=120)

    class Meta:
        verbose_name_plural = "series"
        ordering = ["-pk"]

    def __str__(self):
        return self.name
