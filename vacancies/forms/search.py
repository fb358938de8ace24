"""The search of `/vacancies/` as its address says it. What cannot be used is told of and left out."""

import re
from functools import cached_property
from operator import itemgetter
from urllib.parse import urlencode

from django.conf import settings

from organisation.models import RoleFamily
from vacancies.forms.reading import read_filters
from vacancies.models import Contract, Pattern
from vacancies.models.words import read_terms
from vacancies.queries import FACETS, ON, VacancyFilters, catalogue

LONGEST_WORDS = 100
LONGEST_PLACE = 80
HIGHEST_SALARY = 500_000
SEVERAL = {"family", "district", "contract", "pattern"}
SORTS = {
    "relevance": "Best match",
    "distance": "Nearest",
    "newest": "Newest",
    "closing": "Closing first",
    "salary": "Highest salary",
}
REGISTRATION = {"needed": "Needed", "not_needed": "Not needed"}
DRIVING = {"not_essential": "You need not drive", "essential": "You need to drive"}
BOX = ("id_q", "id_place", "id_radius")
YES = {
    "newly_qualified": "Newly qualified welcome",
    "sponsorship": "Visa sponsorship possible",
    "closing_soon": "Closing soon",
}
NO = {"", "0", "no", "off", "false"}
CHIPS = {
    "driving": DRIVING,
    "registration": {"needed": "Registration needed", "not_needed": "No registration needed"},
    "text": {ON: "Also in the text of adverts"},
    **{name: {ON: words} for name, words in YES.items()},
}
CHOOSE_FROM_LIST = "Choose one from the list"
ENTER_SALARY = "Enter a yearly salary in pounds, like 35,000"
# The order in which things stand in an address that we write.
NAMES = [
    "q", "exact", "text", "place", "radius", "role", "family", "district", "contract", "pattern",
    "salary_min", "newly_qualified", "registration", "driving", "sponsorship", "closing_soon",
    "posted", "sort",
]  # fmt: skip
PLACES_IN_ADDRESS = {name: place for place, name in enumerate(NAMES)}


def posted_in_words(days):
    return "since yesterday" if days == 1 else f"in the past {days} days"


class SearchForm:
    """A search read from the query of an address.

    `given` holds what could be understood, by the name it has in the address; `errors` say what
    could not. Words that are really filters become filters, listed in `read`, unless the address
    says `exact`. `known` is the catalogue, which is asked for when it is not given.
    """

    def __init__(self, data, known=None):
        self.data = data
        self.catalogue = known or catalogue()
        self.errors = {}
        self.given = {}
        self.read = ()
        self.corrected_from = self.meant = ""
        self.typed = self._line("q", LONGEST_WORDS, "Search for 100 characters or fewer")
        self.exact = self._is_exact(self._last("exact").strip())
        self.place_text = self._line("place", LONGEST_PLACE, "Give a town or a postcode")
        self._read_choices()
        self._read_place(self.place_text)
        self._read_words(self.typed)

    def _last(self, name):
        return self.data.get(name) or ""

    def _line(self, name, longest, too_long):
        """One line of text. What cannot be printed, such as a control character, counts as a space."""
        value = "".join(c if c.isprintable() else " " for c in self._last(name))
        value = " ".join(value.split())
        if len(value) > longest:
            self.errors[name] = too_long
            return ""
        return value

    def _is_exact(self, said):
        """A link says so for its own words with "on"; a form repeats the words, which may be others now."""
        return said == ON or (bool(said) and said.lower() == self.typed.lower())

    def _read_choices(self):
        for name in [*FACETS, "sort"]:
            if name in YES or name == "salary_min":
                continue
            values = self.data.getlist(name) if name in SEVERAL else [self._last(name)]
            self._choose(name, [value.strip() for value in values if value.strip()])
        for name in [*YES, "text"]:
            if self._last(name).lower() not in NO:
                self.given[name] = [ON]
        self._read_salary(self._last("salary_min"))
        self.radius = self._radius(self._last("radius"))

    def _choose(self, name, values):
        """Take the values that are on the list of a filter, each once; say so if one is not."""
        labels = self.labels(name)
        known = [value for value in dict.fromkeys(values) if value in labels]
        if known:
            self.given[name] = known
        if len(known) < len(set(values)):
            self.errors[name] = CHOOSE_FROM_LIST

    def labels(self, name):
        """The words of each value of a filter, by the value as it stands in an address."""
        return {
            "role": self.catalogue.roles,
            "district": self.catalogue.districts,
            "family": dict(RoleFamily.choices),
            "contract": dict(Contract.choices),
            "pattern": dict(Pattern.choices),
            "registration": REGISTRATION,
            "driving": DRIVING,
            "posted": {str(days): posted_in_words(days) for days in settings.POSTED_SINCE_DAYS},
            "sort": SORTS,
        }[name]

    def _read_salary(self, typed):
        amount = re.sub(r"[£,\s]", "", typed)
        if amount.isascii() and amount.isdigit() and 0 < int(amount[:9]) <= HIGHEST_SALARY:
            self.given["salary_min"] = [str(int(amount[:9]))]
        elif amount:
            self.errors["salary_min"] = ENTER_SALARY

    def _radius(self, typed):
        if typed in {str(miles) for miles in settings.SEARCH_RADII}:
            self.given["radius"] = [typed]
            return int(typed)
        if typed:
            self.errors["radius"] = "Choose a distance from the list"
        return settings.DEFAULT_RADIUS

    def _read_place(self, text):
        self.place = self.catalogue.gazetteer.find(text) if text else None
        if text:
            self.given["place"] = [text]
        if text and not self.place:
            self.errors["place"] = f"We do not know a place called “{text}”"

    @property
    def place_unknown(self):
        return bool(self.place_text and not self.place)

    def _read_words(self, typed):
        """Take the filters out of the words, as they are typed or as they were meant."""
        self.words = typed if read_terms(typed) else ""
        if self.words and not self.exact:
            reading = read_filters(
                typed, self.catalogue, place_given=bool(self.place_text or self.place)
            )
            self.words, self.read = reading.words, reading.filters
        self.given.pop("q", None)
        if self.words:
            self.given["q"] = [self.words]
        if self.exact and self.words:
            self.given["exact"] = [ON]
        for read in self.read:
            self._take(read)

    def _take(self, read):
        if read.name == "place":
            self.place_text = read.value
            self._read_place(read.value)
        elif read.name == "salary_min":
            self._read_salary(read.value)
        elif read.name == "radius":
            self.errors.pop("radius", None)
            self.radius = self._radius(read.value)
        elif read.name in SEVERAL:
            chosen = self.given.setdefault(read.name, [])
            if read.value not in chosen:
                chosen.append(read.value)
        else:
            self.given[read.name] = [read.value]

    @property
    def words_that_are_filters(self):
        """What was typed that became filters, each bit of it once."""
        return list(dict.fromkeys(read.typed for read in self.read))

    def meaning(self, words):
        """Return this search for `words`, which were perhaps meant, instead of what was typed."""
        data = self.data.copy()
        data["q"] = words
        meant = SearchForm(data, self.catalogue)
        meant.typed, meant.corrected_from, meant.meant = self.typed, self.typed, words
        return meant

    def filters(self, *, for_staff=False):
        """What to search for: every part of the address that could be understood.

        `for_staff` finds what only staff may see, too.
        """
        one = {name: values[0] for name, values in self.given.items()}
        several = {name: tuple(self.given.get(name, ())) for name in SEVERAL}
        return VacancyFilters(
            words=self.words,
            in_text="text" in one,
            near=self.place,
            place_unknown=self.place_unknown,
            radius=self.radius,
            families=several["family"],
            role=one.get("role", ""),
            districts=several["district"],
            contracts=several["contract"],
            patterns=several["pattern"],
            salary_min=int(one["salary_min"]) if "salary_min" in one else None,
            newly_qualified="newly_qualified" in one,
            registration=one.get("registration", ""),
            driving=one.get("driving", ""),
            sponsorship="sponsorship" in one,
            closing_soon="closing_soon" in one,
            posted_since=int(one["posted"]) if "posted" in one else None,
            sort=one.get("sort", ""),
            for_staff=for_staff,
        )

    @cached_property
    def spellings(self):
        """Places like the one that was not found: the name, and the address of the search there."""
        if not self.place_unknown:
            return []
        names = self.catalogue.gazetteer.nearest_spellings(self.place_text)
        return [{"text": name, "address": self.address(place=name)} for name in names]

    @property
    def error_items(self):
        """What could not be understood, each with the id of the place to mend it."""
        return [
            {"text": text, "anchor": "results" if name == "sort" else f"id_{name}"}
            for name, text in self.errors.items()
        ]

    @property
    def box_errors(self):
        """Those of the words, the place and the distance, which stand in one box."""
        return [item for item in self.error_items if item["anchor"] in BOX]

    def pairs(self):
        """The search as names and values of an address, in their order."""
        for name in NAMES:
            if name == "radius" and not self.place_text:
                continue
            for value in self.given.get(name, ()):
                yield name, value

    def address(self, **changes):
        """The address of this search with some things changed: a value, or None to leave one out."""
        parts = [part for part in self._parts if part[1] not in changes]
        for name, value in changes.items():
            if value is not None:
                parts.append((PLACES_IN_ADDRESS[name], name, urlencode({name: value})))
        return f"?{'&'.join([text for _, _, text in sorted(parts, key=itemgetter(0))])}"

    @cached_property
    def _parts(self):
        """The pairs, each as its place in an address, its name and its text there."""
        return [
            (PLACES_IN_ADDRESS[name], name, urlencode({name: value}))
            for name, value in self.pairs()
        ]

    def address_without(self, name, value):
        """The address of this search without one value. Words take with them how they were meant."""
        goes_too = {"q": ("exact", "text"), "place": ("radius",)}.get(name, ())
        kept = [pair for pair in self.pairs() if pair != (name, value) and pair[0] not in goes_too]
        return f"?{urlencode(kept)}"

    def address_as_typed(self):
        """The address that searches for exactly what was typed."""
        own = {
            name: self.data.getlist(name)
            for name in NAMES
            if name not in ("q", "exact") and name in self.data
        }
        return f"?{urlencode({'q': self.typed, 'exact': ON} | own, doseq=True)}"

    @property
    def address_with_text(self):
        """The address that also finds words that stand only in the text of adverts."""
        return self.address(text=ON)

    def chips(self):
        """The filters in use, each with words for the person and the address without it."""
        return [
            {"text": text, "address": self.address_without(name, value)}
            for name, value in self.pairs()
            if (text := self._in_words(name, value))
        ]

    def in_words(self, name):
        """What was chosen of one filter, in words."""
        return " or ".join(self._in_words(name, value) for value in self.given.get(name, ()))

    def _in_words(self, name, value):
        if name in ("sort", "exact", "radius"):
            return ""
        if name == "q":
            return f"“{value}”"
        if name == "place":
            return f"Within {self.radius} miles of {self.place.name}" if self.place else ""
        if name == "salary_min":
            return f"From £{int(value):,}"
        if name == "posted":
            return f"Posted {posted_in_words(int(value))}"
        return CHIPS[name][value] if name in CHIPS else self.labels(name)[value]
