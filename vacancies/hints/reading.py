"""How hard a text is to read, by the Flesch-Kincaid formula (Kincaid and others, 1975).

The syllables are counted by groups of vowels, which is right for about nine words in ten: near enough
for a hint, and no dictionary has to be kept.
"""

import re

MARKS = re.compile(r"^\s*(?:#+|[-*+]|\d+\.)\s+", re.MULTILINE)
EMPHASIS = re.compile(r"[*_`>]|\[([^\]]*)\]\([^)]*\)")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
END = re.compile(r"[.!?:;]+(?=\s|$)|\n+")
VOWELS = re.compile(r"[aeiouy]+")
SCHOOL_STARTS_AT = 5  # the age at which grade 0 of the formula begins
FEWEST_WORDS = 30  # below this the formula says nothing


def plain(text):
    """Return Markdown without its marks; each line of a list is a sentence of its own."""
    return EMPHASIS.sub(lambda mark: mark[1] or "", MARKS.sub("", text))


def sentences(text):
    """Return the sentences of Markdown `text` that have a word in them."""
    parts = (part.strip() for part in END.split(plain(text)))
    return [part for part in parts if WORD.search(part)]


def syllables(word):
    """Return how many syllables an English word has, by its groups of vowels."""
    word = word.lower().strip("'’-")
    groups = len(VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ye"))
    silent = silent or (word.endswith("ed") and not word.endswith(("ted", "ded", "eed")))
    return max(1, groups - silent)


def reading_age(text):
    """Return the age in years at which most people read the text with ease, or None for a short one."""
    words = WORD.findall(plain(text))
    if len(words) < FEWEST_WORDS:
        return None
    a_sentence = len(words) / len(sentences(text))
    a_word = sum(map(syllables, words)) / len(words)
    grade = 0.39 * a_sentence + 11.8 * a_word - 15.59
    return max(SCHOOL_STARTS_AT, round(grade + SCHOOL_STARTS_AT))
