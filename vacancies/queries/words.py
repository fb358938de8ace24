"""Which open adverts have the words a person typed, what was perhaps meant, and which word is too many."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Value
from rapidfuzz import process
from rapidfuzz.distance import OSA

from vacancies.models import Vacancy, search_query
from vacancies.models.words import WORD, read_terms, words_of

SHORTEST_TO_CORRECT = 4
MOST_TERMS = 6


@dataclass(frozen=True)
class FoundWords:
    """Keys of published adverts with the words, the best first.

    `in_heads` have them in title, role, summary, place or team; `everywhere` adds those that have them
    only in their text. `marks` holds the marked texts of adverts shown before, by key.
    """

    in_heads: list
    everywhere: list
    marks: dict = field(default_factory=dict)


def find_words(words, synonyms=None):
    """Return the `FoundWords` among the published adverts; a board knows which of them are open.

    Without another condition Postgres asks the index of words alone, and reads no other advert.
    """
    found = Vacancy.objects.matching(words, synonyms)
    found = found.order_by("-in_heads", "-relevance", "-published_at", "-pk")
    rows = list(found.values_list("pk", "in_heads"))
    return FoundWords([pk for pk, in_heads in rows if in_heads], [pk for pk, _ in rows])


def corrected(words, known):
    """Return the words with those that no open advert knows put as they were perhaps meant.

    `known` is the vocabulary. Nothing like it known leaves a word as it is.
    """

    def better(match):
        word = match[0].lower()
        if len(word) < SHORTEST_TO_CORRECT or not word.isalpha() or _is_known(word, known):
            return match[0]
        return _likest(word, known) or _split(word, known) or match[0]

    return WORD.sub(better, words)


def vocabulary(texts, catalogue):
    """Return how often each word is used in texts of adverts, synonyms and names of roles and places."""
    known = Counter(word for text in texts for word in words_of(text))
    for text in [
        *catalogue.roles.values(),
        *catalogue.districts.values(),
        *(place.name for place in catalogue.gazetteer.places.values()),
        *catalogue.synonyms,
        *(meaning for meanings in catalogue.synonyms.values() for meaning in meanings),
    ]:
        known.update(words_of(text))
    return known


def _is_known(word, known):
    return word in known or f"{word}s" in known or word.removesuffix("s") in known


def _likest(word, known):
    """The known word that takes the fewest slips of the finger to become `word`."""
    slips = 1 if len(word) < 6 else 2
    candidates = [other for other in known if len(other) >= SHORTEST_TO_CORRECT]
    found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=slips, limit=None)
    if not found:
        return ""
    return min(found, key=lambda row: (row[1], row[0][0] != word[0], -known[row[0]]))[0]


def _split(word, known):
    """Two known words that were typed as one: "socialworker"."""
    for middle in range(3, len(word) - 2):
        if word[:middle] in known and word[middle:] in known:
            return f"{word[:middle]} {word[middle:]}"
    return ""


def shorter_words(words):
    """Return what is left of the words when each of them in turn is taken away, as people type it."""
    alternatives = read_terms(words)
    if len(alternatives) != 1 or not 1 < len(alternatives[0]) <= MOST_TERMS:
        return []
    typed = [term.text for term in alternatives[0]]
    return [" ".join([*typed[:n], *typed[n + 1 :]]) for n in range(len(typed))]


def single_words(words):
    """Return the longest of the words, which say most, when taking one away is not enough."""
    terms = {term.text: len(term.text) for part in read_terms(words) for term in part}
    kept = [text for text in terms if not text.startswith("-")]
    return sorted(kept, key=lambda text: -terms[text])[:MOST_TERMS] if len(kept) > 1 else []


def find_each(searches, synonyms):
    """Return {words: keys of the published adverts that have them} for several searches in one query."""
    found = {words: [] for words in searches}
    queries = [
        Vacancy.objects.filter(search_vector=search_query(words, synonyms))
        .order_by()
        .values_list(Value(words), "pk")
        for words in searches
    ]
    if queries:
        for words, pk in queries[0].union(*queries[1:], all=True):
            found[words].append(pk)
    return found
