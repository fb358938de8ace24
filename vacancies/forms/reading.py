"""Words that are really filters: "part time fareham" asks for a working pattern and a place."""

import re
from dataclasses import dataclass

from vacancies.models import Contract, Pattern
from vacancies.models.words import read_terms
from vacancies.queries import ON

MEANT = {
    "full time": ("pattern", Pattern.FULL_TIME),
    "part time": ("pattern", Pattern.PART_TIME),
    "job share": ("pattern", Pattern.JOB_SHARE),
    "job sharing": ("pattern", Pattern.JOB_SHARE),
    "term time": ("pattern", Pattern.TERM_TIME),
    "term time only": ("pattern", Pattern.TERM_TIME),
    "nine day fortnight": ("pattern", Pattern.NINE_DAY_FORTNIGHT),
    "9 day fortnight": ("pattern", Pattern.NINE_DAY_FORTNIGHT),
    "hybrid": ("pattern", Pattern.HYBRID),
    "hybrid working": ("pattern", Pattern.HYBRID),
    "home working": ("pattern", Pattern.HYBRID),
    "work from home": ("pattern", Pattern.HYBRID),
    "working from home": ("pattern", Pattern.HYBRID),
    "permanent": ("contract", Contract.PERMANENT),
    "fixed term": ("contract", Contract.FIXED_TERM),
    "temporary": ("contract", Contract.FIXED_TERM),
    "secondment": ("contract", Contract.SECONDMENT),
    "secondments": ("contract", Contract.SECONDMENT),
    "newly qualified": ("newly_qualified", ON),
    "visa sponsorship": ("sponsorship", ON),
    "sponsorship": ("sponsorship", ON),
    "closing soon": ("closing_soon", ON),
    "no driving": ("driving", "not_essential"),
    "non driver": ("driving", "not_essential"),
    "without driving": ("driving", "not_essential"),
    "no registration": ("registration", "not_needed"),
}
BEFORE_A_PLACE = {"near", "in", "around", "at", "by"}
# Words of a search that say nothing of the job: everything here is one, in this county.
EMPTY_WORDS = {"job", "jobs", "vacancy", "vacancies", "hampshire", "hants"}
# Words that Postgres leaves out of a search, so that they alone would find nothing.
SMALL_WORDS = {
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "me", "my", "of", "on", "the", "to",
    "with",
}  # fmt: skip
LONGEST = 5
MONEY = re.compile(r"(?:£ ?([0-9]{1,3}(?:,[0-9]{3})|[0-9]{4,6})|(?:£ ?|\b)([0-9]{2,3})k)\b", re.I)


@dataclass(frozen=True)
class ReadFilter:
    """A filter read from words: its name and value in the address, and what was `typed`."""

    name: str
    value: str
    typed: str


@dataclass(frozen=True)
class Reading:
    """What is left of the words as words, and the filters that the rest became."""

    words: str
    filters: tuple


def read_filters(typed, catalogue, *, place_given):
    """Read what was typed. Quotes and `or` mean that somebody knows what they want: all stay words.

    `place_given` says that there is a place already: then names of places stay words, too.
    """
    alternatives = read_terms(typed)
    if '"' in typed or len(alternatives) != 1:
        return Reading(typed if alternatives else "", ())
    filters, wanted = _money(typed)
    terms = [term for alternative in read_terms(wanted) for term in alternative]
    kept = []
    while terms:
        taken, read = _first_filter(terms, catalogue, place_given)
        if read:
            filters.append(read)
            place_given = place_given or read.name == "place"
        elif " ".join(terms[0].words) not in EMPTY_WORDS:
            kept.append(terms[0].text)
        terms = terms[taken:]
    says_nothing = all(text.lower() in SMALL_WORDS for text in kept)
    return Reading("" if says_nothing else " ".join(kept), tuple(filters))


def _money(typed):
    amount = MONEY.search(typed)
    if not amount:
        return [], typed
    pounds = int(amount[1].replace(",", "")) if amount[1] else int(amount[2]) * 1000
    return [ReadFilter("salary_min", str(pounds), amount[0])], MONEY.sub(" ", typed, count=1)


def _first_filter(terms, catalogue, place_given):
    """How many of the first terms make a filter, and the filter; 1 and None where they make none."""
    for count in range(min(LONGEST, len(terms)), 0, -1):
        if all(term.is_plain for term in terms[:count]):
            words = [word for term in terms[:count] for word in term.words]
            if read := _filter(words, catalogue, place_given):
                return count, read
    return 1, None


def _filter(words, catalogue, place_given):
    text = " ".join(words)
    if text in MEANT:
        name, value = MEANT[text]
        return ReadFilter(name, str(value), text)
    behind = " ".join(_without_first(words))
    for slug, name in catalogue.districts.items():
        if behind == name.lower() and not catalogue.gazetteer.find(behind):
            return ReadFilter("district", slug, text)
    place = None if place_given else catalogue.gazetteer.find(behind)
    return place and ReadFilter("place", place.name, text)


def _without_first(words):
    """What is left of "in the new forest" is the name."""
    for before in (BEFORE_A_PLACE, {"the"}):
        words = words[1:] if words[0] in before and len(words) > 1 else words
    return words
