"""The adverts open on one day, laid out so that filtering and counting ask the database nothing.

Each advert is one bit of a whole number. For each value of each filter there is a number whose bits are
the adverts that have it; "and" narrows, "or" widens, and counting the bits counts adverts.
"""

import math
from collections import defaultdict
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from organisation.queries import EARTH_RADIUS_MILES
from vacancies.models import Driving, OtherPlace, Vacancy, Visibility

COLUMNS = [
    "pk", "title", "contract", "patterns", "salary_from", "salary_to", "newly_qualified_welcome",
    "driving", "driving_alternatives", "sponsorship_possible", "opens_on", "closes_on", "rolling",
    "published_at", "visibility", "public_from", "place_name", "latitude", "longitude",
    "role_slug", "family", "needs_registration", "district_slug", "others",
]  # fmt: skip
ON = "on"  # The value of a filter that is a box to tick.


class Board:
    """The open adverts on the day `on`, newest first. `masks` holds, by filter and value, their bits.

    `public` are those that everybody may see, `everyone` those that staff may. Filters have the names
    they have in the address of a search.
    """

    def __init__(self, rows, on):
        self.ids = [row.pk for row in rows]
        self.position = {pk: number for number, pk in enumerate(self.ids)}
        self.everyone = (1 << len(rows)) - 1
        self.public = 0
        self.masks = defaultdict(lambda: defaultdict(int))
        self.at_point = defaultdict(int)
        self.by_distance = lru_cache(maxsize=200)(self._by_distance)
        self.places = [_places(row) for row in rows]
        self.titles = [row.title for row in rows]
        self.salaries = [row.salary_to for row in rows]
        for number, row in enumerate(rows):
            self._put(number, row, on)
        newest = range(len(rows))
        self.orders = {
            "newest": newest,
            "closing": sorted(newest, key=lambda n: (rows[n].closes_on, rows[n].pk)),
            "salary": sorted(
                newest, key=lambda n: (-rows[n].salary_to, -rows[n].salary_from, rows[n].pk)
            ),
        }

    def _put(self, number, row, on):
        bit = 1 << number
        if _is_public(row, on):
            self.public |= bit
        for name, value in _values(row, on):
            self.masks[name][value] |= bit
        for _, point in self.places[number]:
            self.at_point[point] |= bit

    def with_any(self, name, values):
        """The adverts that have any of the values of one filter."""
        masks = self.masks.get(name, {})
        found = 0
        for value in values:
            found |= masks.get(value, 0)
        return found

    def with_salary(self, pounds):
        """The adverts whose salary reaches `pounds` a year."""
        bands = self.masks.get("salary_min", {})
        if pounds in bands:
            return bands[pounds]
        return sum(1 << number for number, salary in enumerate(self.salaries) if salary >= pounds)

    def of_ids(self, ids):
        """The adverts with the keys given, as far as they are on the board."""
        return sum(1 << self.position[pk] for pk in set(ids) if pk in self.position)

    def texts(self, adverts):
        """The titles and the places of adverts."""
        for number in numbers_of(adverts):
            yield self.titles[number]
            yield from (name for name, _ in self.places[number])

    def _by_distance(self, near):
        """Return [(miles, the adverts at one point)], the nearest first: `by_distance`, which is kept."""
        return sorted((miles_between(near, point), mask) for point, mask in self.at_point.items())

    def nearest(self, pk, near):
        """Return the miles to the nearest of the places of an advert, and that place's name."""
        places = self.places[self.position[pk]]
        return min((miles_between(near, point), name) for name, point in places)


def numbers_of(adverts):
    """Yield the numbers of the bits that are set, the lowest first."""
    while adverts:
        lowest = adverts & -adverts
        yield lowest.bit_length() - 1
        adverts ^= lowest


def live_board(on):
    """Return the board of the adverts that staff, or everybody, can apply for on the date `on`."""
    others = OtherPlace.objects.filter(vacancy=OuterRef("pk")).values(
        place=JSONObject(
            name="place_name",
            latitude="latitude",
            longitude="longitude",
            district="district__slug",
        )
    )
    rows = Vacancy.objects.open_to_staff(on).order_by("-published_at", "-pk")
    rows = rows.annotate(
        role_slug=F("role__slug"),
        family=F("role__family"),
        needs_registration=F("role__needs_registration"),
        district_slug=F("district__slug"),
        others=ArraySubquery(others),
    )
    return Board(list(rows.values_list(*COLUMNS, named=True)), on)


def _is_public(row, on):
    if row.visibility == Visibility.STAFF_FIRST:
        return row.public_from <= on
    return row.visibility == Visibility.PUBLIC


def _places(row):
    """The name and the point of each place of an advert."""
    first = (row.place_name, (row.latitude, row.longitude))
    return [first, *((place["name"], _point(place)) for place in row.others)]


def _point(place):
    return place["latitude"], place["longitude"]


def _values(row, on):
    """Every value of every filter that finds an advert."""
    yield "role", row.role_slug
    yield "family", row.family
    yield "contract", row.contract
    yield "registration", "needed" if row.needs_registration else "not_needed"
    must_drive = row.driving == Driving.ESSENTIAL and not row.driving_alternatives
    yield "driving", "essential" if must_drive else "not_essential"
    for district in {row.district_slug, *(place["district"] for place in row.others)}:
        yield "district", district
    for pattern in set(row.patterns):
        yield "pattern", pattern
    for pounds in settings.SALARY_BANDS:
        if row.salary_to >= pounds:
            yield "salary_min", pounds
    yield from _yes_or_no(row, on)
    posted_on = max(row.opens_on, timezone.localdate(row.published_at))
    for days in settings.POSTED_SINCE_DAYS:
        if posted_on >= on - timedelta(days=days):
            yield "posted", days


def _yes_or_no(row, on):
    if row.newly_qualified_welcome:
        yield "newly_qualified", ON
    if row.sponsorship_possible:
        yield "sponsorship", ON
    # What is always open does not close: its date is when HR looks again.
    if not row.rolling and row.closes_on <= on + timedelta(days=settings.CLOSING_SOON_DAYS):
        yield "closing_soon", ON


def miles_between(here, there):
    """Return the miles between two points of (latitude, longitude), in a straight line."""
    (lat, lon), (other_lat, other_lon) = here, there
    lat, other_lat = math.radians(lat), math.radians(other_lat)
    cosine = math.sin(lat) * math.sin(other_lat) + math.cos(lat) * math.cos(other_lat) * math.cos(
        math.radians(other_lon - lon)
    )
    return math.acos(max(-1.0, min(1.0, cosine))) * EARTH_RADIUS_MILES
