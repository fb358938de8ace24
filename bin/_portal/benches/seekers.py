"""People with job alerts in number, and what each of them should be told, worked out plainly."""

import math
import random
from datetime import timedelta
from urllib.parse import urlencode

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import import_string

from benches.search import WORDS

BATCH = 5_000
EARTH_RADIUS_MILES = 3958.8


class Seekers:
    """The same people and alerts every time: words, places and filters as people combine them."""

    def __init__(self):
        self.chance = random.Random(23)  # noqa: S311 (the same dice each time)
        self.places = list(apps.get_model("organisation", "Place").objects.order_by("name"))
        self.roles, self.districts = (
            sorted(apps.get_model("organisation", name).objects.values_list("slug", flat=True))
            for name in ("Role", "District")
        )
        self.alerts = []

    def write(self, count):
        """Write alerts until there are `count`, on and due: ten for every nine people."""
        people = apps.get_model("vacancies", "Subscriber")
        alert = apps.get_model("vacancies", "Alert")
        numbers = range(people.objects.count(), count * 9 // 10)
        people.objects.bulk_create(
            (people(email=f"seeker{number}@example.org") for number in numbers), batch_size=BATCH
        )
        keys = list(people.objects.order_by("pk").values_list("pk", flat=True))
        new = [
            (keys[number % len(keys)], self._filters()) for number in range(len(self.alerts), count)
        ]
        self.alerts += new
        columns = _columns()
        alert.objects.bulk_create(
            (alert(subscriber_id=key, **columns(filters)) for key, filters in new),
            batch_size=BATCH,
            ignore_conflicts=True,  # The few who draw the same search twice have it once.
        )

    def _filters(self):
        chance = self.chance
        given = {}
        if chance.random() < 0.7:
            given["in_text"] = chance.random() < 0.2
            given["words"] = " ".join(chance.sample(WORDS, chance.choice([1, 1, 2])))
        if chance.random() < 0.7 or not given:
            place = chance.choice(self.places)
            found = import_string("organisation.queries.FoundPlace")
            given["near"] = found(place.name, place.latitude, place.longitude, False)
            given["radius"] = chance.choice([5, 10, 10, 15, 20, 30])
        possible = {
            "families": ("social_work",),
            "role": chance.choice(self.roles),
            "districts": tuple(chance.sample(self.districts, 2)),
            "contracts": ("permanent",),
            "patterns": tuple(chance.sample(["full_time", "part_time", "hybrid"], 2)),
            "salary_min": chance.choice([25_000, 30_000, 38_000]),
            "newly_qualified": True,
            "registration": "not_needed",
            "driving": "not_essential",
        }
        for name in chance.sample(sorted(possible), chance.choice([0, 1, 1, 2])):
            given[name] = possible[name]
        return import_string("vacancies.queries.VacancyFilters")(**given)

    def wanted_by(self, new):
        """Yield (subscriber's key, keys of those of the vacancies `new` that fit) for each alert."""
        adverts = _Adverts(new)
        for key, filters in self.alerts:
            yield key, adverts.that_fit(filters)


def _columns():
    """Return a function from filters to the columns of an alert that is on and due today."""
    criteria = import_string("vacancies.queries.alerts.criteria_columns")
    synonyms = apps.get_model("vacancies", "SearchSynonym").objects.meanings()
    on = {
        "state": "active",
        "frequency": "daily",
        "weekday": 1,
        "confirmed_at": timezone.now() - timedelta(days=200),
        "next_on": timezone.localdate(),
        "matched_run": apps.get_model("vacancies", "AlertRun").objects.first().pk,
    }

    def columns(filters):
        search = _address(filters)
        return {
            **on,
            "search": search,
            "in_words": search,
            "in_text": filters.in_text,
            **criteria(filters, synonyms),
        }

    return columns


def _address(filters):
    """What tells this search from others."""
    given = {name: value for name, value in vars(filters).items() if value and name != "near"}
    return urlencode(given | {"place": filters.near.name if filters.near else ""})


class _Adverts:
    """New adverts as sets of keys: what fits a filter is a set, what fits them all what these share."""

    def __init__(self, new):
        self.new = new
        rows = new.select_related("role", "district").prefetch_related("other_places__district")
        self.adverts = list(rows)
        self.known = {}

    def that_fit(self, filters):
        fitting = {advert.pk for advert in self.adverts}
        for name in vars(filters):
            value = getattr(filters, name)
            if not value or name in ("radius", "in_text"):
                continue
            how = {"near": filters.radius, "words": filters.in_text}.get(name)
            asked = (name, value, how)
            if asked not in self.known:
                self.known[asked] = self._fitting(*asked)
            fitting = fitting & self.known[asked]
        return fitting

    def _fitting(self, name, value, how):
        if name == "words":
            found = self.new.matching(value)
            return set((found if how else found.filter(in_heads=True)).values_list("pk", flat=True))
        fits = {
            "near": lambda advert: min(_miles(value, spot) for spot in _spots(advert)) <= how,
            "families": lambda advert: advert.role.family in value,
            "role": lambda advert: advert.role.slug == value,
            "districts": lambda advert: {s.district.slug for s in _spots(advert)} & set(value),
            "contracts": lambda advert: advert.contract in value,
            "patterns": lambda advert: set(advert.patterns) & set(value),
            "salary_min": lambda advert: advert.salary_to >= value,
            "newly_qualified": lambda advert: advert.newly_qualified_welcome,
            "registration": lambda advert: not advert.role.needs_registration,
            "driving": lambda advert: advert.driving != "essential" or advert.driving_alternatives,
        }[name]
        return {advert.pk for advert in self.adverts if fits(advert)}


def _spots(advert):
    return [advert, *advert.other_places.all()]


def _miles(here, there):
    """The distance by the haversine formula, another than the site's."""
    lat, lon, other_lat, other_lon = map(
        math.radians, (here.latitude, here.longitude, there.latitude, there.longitude)
    )
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(half))
