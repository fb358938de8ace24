import re
from dataclasses import dataclass

from django.db.models import F, FloatField, Value
from django.db.models.functions import ACos, Cos, Greatest, Least, Radians, Sin
from rapidfuzz import process

from organisation.models import District, Outcode, Place

EARTH_RADIUS_MILES = 3958.8
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})?")
COUNTY_BEHIND_A_NAME = re.compile(r",? *(hampshire|hants)$", re.IGNORECASE)


@dataclass(frozen=True)
class FoundPlace:
    """Where a person searches from. A postcode is placed at the middle of its `outcode`."""

    name: str
    latitude: float
    longitude: float
    is_postcode: bool
    outcode: str = ""

    @property
    def point(self):
        return self.latitude, self.longitude

    @property
    def is_rough(self):
        """It is a full postcode, of which we know only the outcode: distances are about right."""
        return self.is_postcode and self.name != self.outcode


class Gazetteer:
    """Places and outcodes by name, for those who look up several without asking for each."""

    def __init__(self, places, outcodes):
        """`places` and `outcodes` are rows of name, latitude and longitude."""
        self.places = {
            _key(name): FoundPlace(name, latitude, longitude, False)
            for name, latitude, longitude in places
        }
        self.outcodes = {code: (latitude, longitude) for code, latitude, longitude in outcodes}

    def find(self, text):
        """Return the town, village, outcode or full postcode that was typed, or None."""
        typed = " ".join(text.split())
        postcode = POSTCODE.fullmatch(typed.upper())
        if postcode:
            point = self.outcodes.get(postcode[1])
            return point and _found_postcode(postcode, *point)
        return self.places.get(_key(typed)) or self.places.get(
            _key(COUNTY_BEHIND_A_NAME.sub("", typed))
        )

    def nearest_spellings(self, text, limit=3):
        """Return up to `limit` names of places that look like what was typed, the likest first."""
        return _likest(text, [place.name for place in self.places.values()], limit)


def find_place(text):
    """Return the place a person typed (town, village, outcode or full postcode), or None."""
    typed = " ".join(text.split())
    postcode = POSTCODE.fullmatch(typed.upper())
    if postcode:
        outcode = Outcode.objects.filter(code=postcode[1]).first()
        return outcode and _found_postcode(postcode, outcode.latitude, outcode.longitude)
    place = Place.objects.filter(name__iexact=typed).first()
    return place and FoundPlace(place.name, place.latitude, place.longitude, False)


def nearest_spellings(text, limit=3):
    """Return up to `limit` names of places that look like what was typed, the likest first."""
    return _likest(text, Place.objects.values_list("name", flat=True), limit)


def _found_postcode(postcode, latitude, longitude):
    name = " ".join(part for part in postcode.groups() if part)
    return FoundPlace(name, latitude, longitude, True, postcode[1])


def _likest(text, names, limit):
    found = process.extract(text.strip().title(), names, limit=limit, score_cutoff=70)
    return [name for name, _, _ in found]


def _key(name):
    """ "Lee-on-the-Solent" and "lee on the solent" are one place; so are "Chandlers Ford"s."""
    return " ".join(re.findall(r"\w+", name.lower().replace("'", "").replace("’", "")))


def with_distance(queryset, latitude, longitude, name="distance_miles"):
    """Annotate rows that have a latitude and longitude with their miles from a point, as `name`."""
    here_lat, here_lon = (Radians(Value(value, FloatField())) for value in (latitude, longitude))
    lat, lon = Radians(F("latitude")), Radians(F("longitude"))
    cosine = Sin(here_lat) * Sin(lat) + Cos(here_lat) * Cos(lat) * Cos(lon - here_lon)
    # Rounding can push the cosine of a distance of nothing a hair above 1.
    within = Greatest(Least(cosine, Value(1.0)), Value(-1.0))
    return queryset.annotate(**{name: ACos(within) * EARTH_RADIUS_MILES})


def district_near(latitude, longitude):
    """Return the district of the place in the county that is nearest to a point, or None."""
    inside = Place.objects.filter(district__in=District.objects.values("name"))
    nearest = with_distance(inside, latitude, longitude).order_by("distance_miles").first()
    return nearest and District.objects.get(name=nearest.district)
