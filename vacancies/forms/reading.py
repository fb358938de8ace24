"""Words that are really filters: "part time fareham" asks for a working pattern and a place."""

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from django.conf import settings

from vacancies.models import Contract, Pattern
from vacancies.models.words import REFERENCE, read_terms
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
BEFORE_A_PLACE = re.compile(r"(?:(?:near|near to|close to|nearby|in|around|at|by) )?(?:the )?")
NUMBERS = {"five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50}
DISTANCE = re.compile(
    rf"(?:within |in )?(?:an? )?([0-9]{{1,3}}|{'|'.join(NUMBERS)}) ?mi(?:les?)?(?: radius)?(?: away)?"
    r"(?: of| from| to| around)?"
)
MOST_WORDS_OF_DISTANCE = 7
DIGIT = re.compile("[0-9]")
# Words of a search that say nothing of the job: everything here is one, in this county.
EMPTY_WORDS = {"job", "jobs", "vacancy", "vacancies", "hampshire", "hants"}
# Words that Postgres leaves out of a search, so that they alone would find nothing.
SMALL_WORDS = {
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "me", "my", "of", "on", "the", "to",
    "with",
}  # fmt: skip
LONGEST = 5
# "£40,000", "£40k", "40k" and what is a yearly salary by its size, "40000" or "40,000"; of two amounts
# the first. What people write around it goes too: "over £40,000 a year".
AMOUNT = r"£ ?(?:[0-9]{1,3},[0-9]{3}|[0-9]{4,6})|£? ?[0-9]{2,3}k|(?:1[0-9]{2}|[1-9][0-9]),?[0-9]{3}"
MONEY = re.compile(
    r"(?:\b(?:over|above|from|at least|more than|minimum|paying|salary|of) )*"
    rf"(?<![\w,.-])({AMOUNT})\b(?![,.][0-9])(?: ?(?:-|–|to) ?(?:{AMOUNT})\b)?"
    r"(?:\+| ?(?:or more|plus|a year|per year|per annum|pa|p\.a\.|salary)(?!\w))*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ReadFilter:
    """A filter read from words: its name and value in the address, and what was `typed`.

    Words that became two filters, such as "within 5 miles of Fareham", are what was typed of both.
    """

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
    if reference := REFERENCE.fullmatch(typed):
        return Reading(f"HCC-{reference[1]}", ())
    alternatives = read_terms(typed)
    if '"' in typed or len(alternatives) != 1:
        return Reading(typed if alternatives else "", ())
    filters, wanted = _money(typed)
    terms = [term for alternative in read_terms(wanted) for term in alternative]
    kept = []
    while terms:
        taken, read = _first_filters(terms, catalogue, place_given)
        if read:
            filters += read
            place_given = place_given or read[0].name == "place"
        elif " ".join(terms[0].words) not in EMPTY_WORDS:
            kept.append(terms[0].text)
        terms = terms[taken:]
    says_nothing = all(text.lower() in SMALL_WORDS for text in kept)
    return Reading("" if says_nothing else " ".join(kept), tuple(filters))


def _money(typed):
    said = MONEY.search(typed) if DIGIT.search(typed) else None
    if not said:
        return [], typed
    amount = re.sub(r"[£, ]", "", said[1].lower())
    pounds = int(amount[:-1]) * 1000 if amount.endswith("k") else int(amount)
    words = said[0].strip()
    return [ReadFilter("salary_min", str(pounds), words)], MONEY.sub(" ", typed, count=1)


def _first_filters(terms, catalogue, place_given):
    """How many of the first terms make filters, and the filters; 1 and none where they make none."""
    plain = list(takewhile(lambda term: term.is_plain, terms))
    taken, read = _distance(plain, catalogue, place_given)
    if read:
        return taken, read
    for count in range(min(LONGEST, len(plain)), 0, -1):
        if read := _filter(_text(plain[:count]), catalogue, place_given):
            return count, [read]
    return 1, []


def _distance(terms, catalogue, place_given):
    """A distance counts with the place right behind it, or when there is a place already."""
    if not DISTANCE.match(_text(terms[:MOST_WORDS_OF_DISTANCE])):
        return 1, []
    for count in range(min(MOST_WORDS_OF_DISTANCE, len(terms)), 0, -1):
        if said := DISTANCE.fullmatch(_text(terms[:count])):
            miles = ReadFilter("radius", _radius(said[1]), said[0])
            if place_given:
                return count, [miles]
            return _place_behind(miles, count, terms, catalogue)
    return 1, []


def _place_behind(miles, start, terms, catalogue):
    for end in range(min(start + LONGEST, len(terms)), start, -1):
        read = _filter(_text(terms[start:end]), catalogue, place_given=False)
        if read and read.name in ("place", "district"):
            read = replace(read, typed=f"{miles.typed} {read.typed}")
            is_point = read.name == "place"  # A district is all of it, however far one goes.
            return end, [read, replace(miles, typed=read.typed)] if is_point else [read]
    return 1, []


def _radius(said):
    """The distance on the list that is as far as what was said, or the longest."""
    miles = NUMBERS[said] if said in NUMBERS else int(said)
    wide_enough = [radius for radius in settings.SEARCH_RADII if radius >= miles]
    return str(min(wide_enough, default=max(settings.SEARCH_RADII)))


def _text(terms):
    return " ".join(word for term in terms for word in term.words)


def _filter(text, catalogue, place_given):
    if text in MEANT:
        name, value = MEANT[text]
        return ReadFilter(name, str(value), text)
    behind = text[BEFORE_A_PLACE.match(text).end() :]
    for slug, name in catalogue.districts.items():
        if behind == name.lower() and not catalogue.gazetteer.find(behind):
            return ReadFilter("district", slug, text)
    place = None if place_given else catalogue.gazetteer.find(behind)
    return place and ReadFilter("place", place.name, text)
