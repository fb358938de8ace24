"""What an advert has several of, one on each line of a cell: places, payments, sift dates."""

import re

from organisation.sheets.dates import parse_date
from organisation.sheets.problems import Unreadable
from vacancies.models import PaymentKind
from vacancies.sheets.columns import place_in_words
from vacancies.sheets.salaries import shortened
from vacancies.sheets.texts import markdown, plain_line

MOST_LINES = 20
LONGEST_PLACE = 80
LONGEST_NAME = 80
LONGEST_CONDITION = 200
# "Market supplement: £3,000 each year. Part-time posts have their share of it."
PAYMENT = re.compile(
    r"(?P<name>.+?):(?: £?|£)(?P<amount>\d[\d,]{0,9})"
    r"(?: (?P<how>each year|a year|per year|yearly|once|one-off))?\.?(?:(?<=\.) (?P<condition>.+))?",
    re.IGNORECASE,
)
ONCE = {"once", "one-off"}
ADVICE = "Write it like “Market supplement: £3,000 each year” or “Golden hello: £2,000 once”."


def _lines(row, key):
    """Return the lines of a cell that say something, each once; too many are told."""
    lines = [plain_line(line).lstrip("-*• ") for line in markdown(row.text(key)).split("\n")]
    lines = list(dict.fromkeys(filter(None, lines)))
    if len(lines) > MOST_LINES:
        row.wrong(key, f"There are {len(lines)} lines. {MOST_LINES} is the most.")
    return lines


def _rows(row, key, parse):
    """Return what `parse` makes of each line, and tell of those that it cannot read."""
    read = []
    for line in _lines(row, key):
        try:
            read.append(parse(line))
        except Unreadable as problem:
            row.wrong(key, str(problem))
    return read


def read_other_places(row):
    there = row.existing.other_places.all() if row.existing else []
    known = {place_in_words(place): _columns(place) for place in there}
    places = _rows(row, "other_places", lambda line: known.get(line) or _located(row.lookups, line))
    names = [place["place_name"].casefold() for place in places]
    for name in sorted({name for name in names if names.count(name) > 1}):
        row.wrong("other_places", f"“{name.capitalize()}” is there twice.")
    row.advert.parts["other_places"] = places


def _columns(place):
    names = ("place_name", "postcode", "latitude", "longitude", "district_id")
    return {name: getattr(place, name) for name in names}


def _located(lookups, line):
    spot = lookups.spot(line, "")
    if spot.district is None:
        raise Unreadable(f"“{shortened(line)}” lies outside our districts.")
    if len(spot.place_name) > LONGEST_PLACE:
        raise Unreadable(f"A place has {LONGEST_PLACE} characters at most.")
    return {
        "place_name": spot.place_name,
        "postcode": spot.postcode,
        "latitude": spot.latitude,
        "longitude": spot.longitude,
        "district_id": spot.district.pk,
    }


def read_payments(row):
    row.advert.parts["payments"] = _rows(row, "payments", parse_payment)


def parse_payment(line):
    """Return the columns of a payment from its words, each year unless they say once."""
    found = PAYMENT.fullmatch(line)
    amount = int(found["amount"].replace(",", "")) if found else 0
    if not 0 < amount < 10_000_000:
        raise Unreadable(f"We could not read “{shortened(line)}” as a payment. {ADVICE}")
    name, condition = found["name"].strip(), (found["condition"] or "").strip()
    if len(name) > LONGEST_NAME or len(condition) > LONGEST_CONDITION:
        raise Unreadable(
            f"A payment has a name of {LONGEST_NAME} characters and a condition of "
            f"{LONGEST_CONDITION} at most."
        )
    once = (found["how"] or "").lower() in ONCE
    kind = PaymentKind.ONE_OFF if once else PaymentKind.SUPPLEMENT
    return {"kind": kind.value, "name": name, "amount": amount, "condition": condition}


def read_sift_dates(row):
    days = sorted(set(_rows(row, "sift_dates", parse_date)))
    if days and not row.now("rolling"):
        row.note("sift_dates", "Only adverts that are always open have sift dates.")
        return
    opens_on, closes_on = row.now("opens_on"), row.now("closes_on")
    for day in days:
        if opens_on and closes_on and not opens_on <= day <= closes_on:
            words = f"{day:%-d %B %Y} is not between the opening and the closing date."
            row.wrong("sift_dates", words)
    row.advert.parts["sift_dates"] = [{"sift_on": day} for day in days]
