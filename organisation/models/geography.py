from django.db import models


class Area(models.TextChoices):
    EAST = "east", "East"
    WEST = "west", "West"


def on_earth(thing):
    """Return the constraint that a point with a latitude and a longitude can be."""
    return models.CheckConstraint(
        condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
        name=f"{thing}_is_somewhere_on_earth",
        violation_error_message="The latitude must be between -90 and 90, and the longitude "
        "between -180 and 180.",
    )


class District(models.Model):
    """A district of the county, with its code of the Office for National Statistics.

    On the map of the county it is a tile in `map_column` (1 is the west) and `map_row` (1 is the north).
    """

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(max_length=9, unique=True)
    area = models.CharField(max_length=4, choices=Area.choices)
    map_column = models.PositiveSmallIntegerField(null=True, blank=True)
    map_row = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["map_column", "map_row"],
                name="one_district_a_tile_of_the_map",
                violation_error_message="Another district stands there on the map.",
            )
        ]

    def __str__(self):
        return self.name


class Place(models.Model):
    """A town or village people search from. Its district is a name: a few lie outside the county."""

    name = models.CharField(max_length=80, unique=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    district = models.CharField(max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [on_earth("place")]

    def __str__(self):
        return self.name


class Outcode(models.Model):
    """The first half of a postcode and the mean point of the postcodes in it."""

    code = models.CharField(max_length=4, unique=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["code"]
        constraints = [on_earth("outcode")]

    def __str__(self):
        return self.code
