"""What a job seeker searches for, and what is found: adverts in order, counts, and what would find more."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, OuterRef, Subquery, Value
from django.db.models.functions import Least

from organisation.queries import FoundPlace, with_distance
from vacancies.models import OtherPlace, Vacancy
from vacancies.queries.board import ON, live_board, numbers_of
from vacancies.queries.words import find_words

# The filters that have counts, by the name they have in the address of a search.
FACETS = [
    "role", "family", "district", "contract", "pattern", "salary_min", "newly_qualified",
    "registration", "driving", "sponsorship", "closing_soon", "posted",
]  # fmt: skip


@dataclass(frozen=True)
class VacancyFilters:
    """What a person searches for. What is left empty does not narrow the search.

    `radius` is in miles, `salary_min` in pounds a year, `posted_since` in days. `families`,
    `districts`, `contracts` and `patterns` hold several values that mean either; families are those
    of `RoleFamily`, role and districts are slugs. `registration` is "needed" or "not_needed",
    `driving` is "essential" or "not_essential". `place_unknown` says that a place was asked for which
    we do not know: nothing can be near it. `in_text` finds words that stand only in the text of an
    advert even when enough adverts have them in the title, role or summary. `for_staff` finds what
    only staff may see, too.
    """

    words: str = ""
    in_text: bool = False
    near: FoundPlace | None = None
    place_unknown: bool = False
    radius: int = 0
    families: tuple = ()
    role: str = ""
    districts: tuple = ()
    contracts: tuple = ()
    patterns: tuple = ()
    salary_min: int | None = None
    newly_qualified: bool = False
    registration: str = ""
    driving: str = ""
    sponsorship: bool = False
    closing_soon: bool = False
    posted_since: int | None = None
    sort: str = ""
    for_staff: bool = False

    def values(self, name):
        """The values asked for of one of `FACETS`."""
        attribute = {
            "family": "families",
            "district": "districts",
            "contract": "contracts",
            "pattern": "patterns",
            "posted": "posted_since",
        }.get(name, name)
        value = getattr(self, attribute)
        if isinstance(value, bool):
            return (ON,) if value else ()
        return value if isinstance(value, tuple) else ((value,) if value else ())


class Search:
    """The adverts of a board that fit the filters: their keys in order, and counts of all kinds."""

    def __init__(self, board, filters, words=None):
        """`words` is the `FoundWords` of the filters, or None when no words were asked for."""
        self.board = board
        self.filters = filters
        self.words = words
        self.visible = board.everyone if filters.for_staff else board.public
        self.chosen = {name: self._fitting(name) for name in FACETS if filters.values(name)}
        if words is not None:
            self.chosen["words"] = self._in_text if self.shows_text else self._in_heads
        if filters.place_unknown:
            self.chosen["place"] = 0
        elif filters.near:
            self.chosen["place"] = self._within(filters.radius)

    def _fitting(self, name):
        values = self.filters.values(name)
        if name == "salary_min":
            return self.board.with_salary(values[0])
        return self.board.with_any(name, values)

    @cached_property
    def _in_heads(self):
        return self.board.of_ids(self.words.in_heads)

    @cached_property
    def _in_text(self):
        return self.board.of_ids(self.words.everywhere)

    @cached_property
    def shows_text(self):
        """Whether adverts are shown that have the words only in their text.

        They are when few adverts have them in the title, role, summary, place or team: otherwise a
        search for "social worker" would find every advert that mentions one.
        """
        enough = (self._in_heads & self.visible).bit_count() >= settings.ENOUGH_MATCHES
        return self.filters.in_text or not enough

    @cached_property
    def only_in_text(self):
        """How many more adverts that fit mention the words in their text, when those are not shown."""
        if self.words is None or self.shows_text:
            return 0
        return (self.without("words") & self._in_text & ~self._in_heads).bit_count()

    @cached_property
    def words_unknown(self):
        """No open advert has the words, whatever else was chosen."""
        return self.words is not None and not self._in_text & self.visible

    @cached_property
    def distances(self):
        return self.board.by_distance(self.filters.near.point)

    def _within(self, miles):
        found = 0
        for distance, mask in self.distances:
            if distance > miles:
                break
            found |= mask
        return found

    @cached_property
    def found(self):
        return self.without(None)

    @property
    def count(self):
        return self.found.bit_count()

    def without(self, name):
        """The adverts that fit everything but one filter."""
        found = self.visible
        for other, mask in self.chosen.items():
            if other != name:
                found &= mask
        return found

    def counts(self, name):
        """Return {value: number of adverts} of one of `FACETS`: what choosing it would find."""
        others = self.without(name)
        return {
            value: (others & mask).bit_count()
            for value, mask in self.board.masks.get(name, {}).items()
        }

    @property
    def orders(self):
        """The orders that make sense for the search, the best one first."""
        orders = ["newest", "closing", "salary"]
        if self.filters.near:
            orders.insert(0, "distance")
        if self.words is not None:
            orders.insert(0, "relevance")
        return orders

    @property
    def order(self):
        """The order asked for where it makes sense, else the best one."""
        return self.filters.sort if self.filters.sort in self.orders else self.orders[0]

    def ids(self):
        """Return the keys of what was found, in order."""
        ids = self.board.ids
        is_found = f"{self.found:b}"[::-1].ljust(len(ids), "0")
        return [ids[number] for number in self._numbers() if is_found[number] == "1"]

    def _numbers(self):
        if self.order == "relevance":
            position = self.board.position
            return [position[pk] for pk in self.words.everywhere if pk in position]
        if self.order == "distance":
            return self._by_distance()
        return self.board.orders[self.order]

    def _by_distance(self):
        seen = 0
        for _, mask in self.distances:
            yield from numbers_of(mask & self.found & ~seen)
            seen |= mask

    def wider(self):
        """Return [(miles, number of adverts)] for each wider radius that finds more than the last."""
        if not self.filters.near:
            return []
        others, last, found = self.without("place"), self.count, []
        for miles in settings.SEARCH_RADII:
            if miles > self.filters.radius:
                number = (others & self._within(miles)).bit_count()
                if number > last:
                    found.append((miles, number))
                    last = number
        return found


def find(filters, on, synonyms=None, board=None, words=None):
    """Return the `Search` for the adverts open on the date `on` that fit `filters`.

    `synonyms`, `board` and the `FoundWords` are asked for when they are not given.
    """
    if filters.words and words is None:
        words = find_words(filters.words, synonyms)
    return Search(board or live_board(on), filters, words)


def search_vacancies(filters, on):
    """Return the vacancies open on the date `on` that fit `filters`, ready for cards, in their order.

    With a place each row has `distance_miles`, to the nearest of its places.
    """
    ids = find(filters, on).ids()
    found = Vacancy.objects.filter(pk__in=ids).for_cards()
    if filters.near:
        found = _with_nearest_place(found, filters.near)
    in_order = Value(ids, output_field=ArrayField(BigIntegerField()))
    return found.order_by(Func(in_order, F("pk"), function="array_position"))


def _with_nearest_place(found, near):
    """Annotate `distance_miles` from the nearest of the places of each vacancy."""
    others = with_distance(OtherPlace.objects.filter(vacancy=OuterRef("pk")), *near.point)
    nearest = others.order_by("distance_miles").values("distance_miles")[:1]
    found = with_distance(found.alias(other_miles=Subquery(nearest)), *near.point, name="own_miles")
    return found.annotate(distance_miles=Least("own_miles", "other_miles"))
