"""What a person typed, read as words to find, and written as a query for Postgres."""

import re
from dataclasses import dataclass

# Postgres leaves "out" and "of" out of a search, so that nothing but "hours" would be left of it. Where
# it stands in adverts and in searches it is one word; the database does the same to adverts.
OUT_OF_HOURS = r"out[\s-]+of[\s-]+hours?"
AS_ONE_WORD = "outofhours"
PHRASE = re.compile(rf"\b{OUT_OF_HOURS}\b", re.IGNORECASE)
PART = re.compile(rf'(-?)(?:"([^"]*)"?|({OUT_OF_HOURS}\b|[^\s"]+))', re.IGNORECASE)
WORD = re.compile(r"[^\W_]+")
SHORTEST_BEGINNING = 3
# As people type it: HCC-1042, hcc1042, "HCC 1042".
REFERENCE = re.compile(r"\s*HCC\s*[-–]?\s*([0-9]{1,9})\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """Something to find: one word, or several that stand together. `excluded` ones must be absent.

    `text` is how it was typed.
    """

    words: tuple
    text: str
    excluded: bool = False
    quoted: bool = False

    @property
    def is_plain(self):
        return not (self.excluded or self.quoted)


def words_of(text):
    return tuple(WORD.findall(PHRASE.sub(AS_ONE_WORD, text).lower()))


def read_terms(typed):
    """Return the alternatives between the `or`s of what was typed, each a list of terms."""
    alternatives = [[]]
    for part in PART.finditer(typed):
        minus, quoted, bare = part.groups()
        if bare and bare.lower() == "or" and not minus:
            alternatives.append([])
        elif words := words_of(quoted or bare or ""):
            alternatives[-1].append(Term(words, part[0], bool(minus), bool(quoted)))
    return [terms for terms in alternatives if terms]


def tsquery(typed, synonyms):
    """Return what was typed as text for `to_tsquery`.

    `synonyms` gives the meanings of a term, both in small letters. All words must be there; words in
    quotes stand together; a word after a minus is absent; `or` stands between alternatives. The last
    word may be unfinished, so "social work" finds "social worker".
    """
    alternatives = read_terms(typed)
    texts = []
    for terms in alternatives:
        unfinished = terms is alternatives[-1] and terms[-1].is_plain
        texts.append(" & ".join(_parts(terms, synonyms, unfinished)))
    return " | ".join(f"({text})" for text in texts)


def _parts(terms, synonyms, unfinished):
    """The texts of terms that must all hold, a synonym of several words taken as one."""
    parts = []
    while terms:
        count, meanings = _longest_synonym(terms, synonyms)
        if meanings:
            own = " & ".join(_together(term.words) for term in terms[:count])
            either = [f"({own})", *(_together(words_of(meaning)) for meaning in meanings)]
            parts.append(f"({' | '.join(either)})")
        else:
            parts.append(_part(terms[0], unfinished and len(terms) == 1))
        terms = terms[count:]
    return parts


def _longest_synonym(terms, synonyms):
    """How many of the first terms make up a synonym, and its meanings; 1 and none where none do."""
    plain = 0
    while plain < len(terms) and terms[plain].is_plain:
        plain += 1
    for count in range(plain, 0, -1):
        words = [word for term in terms[:count] for word in term.words]
        if meanings := synonyms.get(" ".join(words)):
            return count, meanings
    return 1, []


def _part(term, unfinished):
    text = _together(term.words)
    if term.excluded:
        return f"!{text}"
    last = term.words[-1]
    if unfinished and len(term.words) == 1 and len(last) >= SHORTEST_BEGINNING:
        return f"({text} | '{last}':*)"
    return text


def _together(words):
    """Words that stand together, in this order. Only letters and digits reach this text."""
    text = " <-> ".join(f"'{word}'" for word in words)
    return f"({text})" if len(words) > 1 else text
