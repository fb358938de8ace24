"""What would find something when a search finds nothing, each with the number it would find."""

from dataclasses import dataclass

from vacancies.queries import find_each, shorter_words, single_words

MOST = 6


@dataclass(frozen=True)
class Suggestion:
    text: str
    address: str
    count: int


def wider_places(form, search):
    """Return the wider radii that add something."""
    return [
        Suggestion(f"within {miles} miles of {form.place.name}", form.address(radius=miles), count)
        for miles, count in search.wider()
    ]


def without_one(form, search):
    """Return the search without each one of its filters in turn, those that find most first."""
    found = []
    for name in search.chosen:
        if name == "words" or (count := search.without(name).bit_count()) == 0:
            continue
        goes = {name: None} | ({"radius": None} if name == "place" else {})
        found.append(Suggestion(_said(form, name), form.address(**goes), count))
    return sorted(found, key=lambda suggestion: -suggestion.count)[:MOST]


def without_words(form, search):
    """Return the search without one of its words, or for one of them, or without all of them."""
    if search.words is None:
        return []
    others = search.without("words")
    shorter, single = shorter_words(form.words), single_words(form.words)
    keys = find_each(dict.fromkeys([*shorter, *single]), form.catalogue.synonyms)
    counts = {words: (others & search.board.of_ids(ids)).bit_count() for words, ids in keys.items()}
    found = _for_words(form, shorter, counts) or _for_words(form, single, counts)
    if not found and (count := others.bit_count()) and len(search.chosen) > 1:
        found.append(Suggestion(f"without “{form.words}”", form.address(q=None), count))
    return found


def _for_words(form, searches, counts):
    return [
        Suggestion(f"for “{words}”", form.address(q=words), counts[words])
        for words in searches
        if counts[words]
    ]


def _said(form, name):
    return "in the whole county" if name == "place" else f"without “{form.in_words(name)}”"
