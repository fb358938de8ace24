import re
from dataclasses import dataclass

from django.db.models import F, FloatField, Value
from django.db.models.functions import ACos, Cos, Greatest, Least, Radians, Sin
from rapidfuzz import process

from organisation.models import Outcode, Place

EARTH_RADIUS_MILES = 3958.8
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})?")


@dataclass(frozen=True)
class FoundPlace:
    """Where a person searches from. A postcode is placed at the middle of its outcode."""

    name: str
    latitude: float
    longitude: float
    is_postcode: bool

    @property
    def point(self):
        return self.latitude, self.longitude


def find_place(text):
    """Return the place a person typed (town, village, outcode or full postcode), or None."""
    typed = " ".join(text.split())
    postcode = POSTCODE.fullmatch(typed.upper())
    if postcode:
        outcode = Outcode.objects.filter(code=postcode[1]).first()
        return outcode and FoundPlace(typed.upper(), outcode.latitude, outcode.longitude, True)
    place = Place.objects.filter(name__iexact=typed).first()
    return place and FoundPlace(place.name, place.latitude, place.longitude, False)


def nearest_spellings(text, limit=3):
    """Return up to `limit` names of places that look like what was typed, the likest first."""
    names = Place.objects.values_list("name", flat=True)
    found = process.extract(text.strip().title(), names, limit=limit, score_cutoff=70)
    return [name for name, _, _ in found]


def with_distance(queryset, latitude, longitude, name="distance_miles"):
    """Annotate rows that have a latitude and longitude with their miles from a point, as `name`."""
    here_lat, here_lon = (Radians(Value(value, FloatField())) for value in (latitude, longitude))
    lat, lon = Radians(F("latitude")), Radians(F("longitude"))
    cosine = Sin(here_lat) * Sin(lat) + Cos(here_lat) * Cos(lat) * Cos(lon - here_lon)
    # Rounding can push the cosine of a distance of nothing a hair above 1.
    within = Greatest(Least(cosine, Value(1.0)), Value(-1.0))
    return queryset.annotate(**{name: ACos(within) * EARTH_RADIUS_MILES})
