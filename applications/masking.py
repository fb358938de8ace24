"""Hiding in free text who wrote it: the person's own name, address and number, however they are spelt."""

import re
import unicodedata

HIDDEN = "[hidden]"
# Letters that are no letter with a mark on it, and how people write them without.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
# Bounded, so that a page of letters without a space is still gone through quickly.
OF_AN_ADDRESS = r"[^\s@<>()\[\],;:\"]"
ADDRESS = rf"{OF_AN_ADDRESS}{{1,64}}@{OF_AN_ADDRESS}{{1,255}}"
RUN_OF_LETTERS = re.compile(r"[^\W\d_]+")
HYPHEN = re.compile(r"[-\u2010-\u2015]")
NO_LETTER_BEFORE, NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
NO_SIGN_BEFORE, NO_SIGN_AFTER = r"(?<![^\W_])", r"(?![^\W_])"
ANYTHING_BETWEEN, SOMETHING_BETWEEN = r"[\W_]{0,3}", r"[\W_]{1,3}"
UNSEEN = ("Mn", "Cf")  # marks on a letter, and what only formats
SHORTEST_PART = 2  # letters
JOINED_FROM = 6  # letters: “Jo B” is not hidden in “job”
SHORTEST_NUMBER = 6  # digits of a phone number
SHORTEST_CODE = 4  # digits that are hidden without the letters before them
# Scripts that put no space between words: there a name has no end to look for.
WITHOUT_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")


class Mask:
    """Knows what to hide of one person, and hides it: `mask(text)` gives the text without it.

    `names` are the person's own, of which each part is hidden; `whole` are words that are hidden only
    together, such as the name of a referee. `phones` and `codes`, such as a postcode or a registration
    number, are found however they are spaced.
    """

    def __init__(self, *, names=(), emails=(), phones=(), codes=(), whole=()):
        patterns = [ADDRESS, *map(_literal, emails), *map(_phone, phones), *map(_code, codes)]
        patterns += [_together(words) for words in (*names, *whole)]
        patterns += [_word(part) for name in names for part in _parts(name)]
        # What is longer comes first, so that nothing of it is left over.
        found = sorted({pattern for pattern in patterns if pattern}, key=len, reverse=True)
        self._pattern = re.compile("|".join(found))

    def __call__(self, text):
        folded, places = _fold(text)
        parts, end = [], 0
        for match in self._pattern.finditer(folded):
            first, last = places[match.start()], places[match.end() - 1]
            if first < end:
                continue
            parts += [text[end:first], HIDDEN]
            end = last + 1
            while end < len(text) and unicodedata.category(text[end]) in UNSEEN:
                end += 1
        return "".join([*parts, text[end:]])


def _fold(text):
    """Return the text in small plain letters, and where each of them stands in the text.

    Accents and what cannot be seen are left out, so that nobody's name hides behind them.
    """
    letters, places = [], []
    for place, letter in enumerate(text):
        for plain in unicodedata.normalize("NFKD", letter.casefold()).translate(PLAIN).casefold():
            if unicodedata.category(plain) not in UNSEEN:
                letters.append(plain)
                places.append(place)
    return "".join(letters), places


def _plain(words):
    return _fold(words)[0]


def _literal(words):
    return re.escape(_plain(words.strip()))


def _parts(name):
    """Return what is hidden of a name by itself: its words, whole and broken at a hyphen or an apostrophe."""
    for word in _plain(name).split():
        pieces = [tuple(RUN_OF_LETTERS.findall(piece)) for piece in HYPHEN.split(word)]
        runs = [run for piece in pieces for run in piece]
        for part in {tuple(runs), *pieces, *((run,) for run in runs)}:
            if sum(map(len, part)) >= SHORTEST_PART:
                yield part


def _word(runs, between=ANYTHING_BETWEEN):
    """A part of a name as a word: also with an s behind it, or with digits around it."""
    joined = between.join(map(re.escape, runs))
    if any(unicodedata.name(letter, "").startswith(WITHOUT_SPACES) for letter in "".join(runs)):
        return joined
    return f"{NO_LETTER_BEFORE}{joined}s?{NO_LETTER_AFTER}"


def _together(words):
    """Several words one after the other, with anything between them, or nothing where they are long enough."""
    runs = RUN_OF_LETTERS.findall(_plain(words))
    letters = sum(map(len, runs))
    if letters < SHORTEST_PART:
        return ""
    return _word(runs, ANYTHING_BETWEEN if letters >= JOINED_FROM else SOMETHING_BETWEEN)


def _code(words):
    """Letters and digits, however they are spaced. What begins with letters and has many digits: also these alone."""
    signs = re.findall(r"[^\W_]", _plain(words))
    if not signs:
        return ""
    start, digits = re.match(r"(\D*)(.*)", "".join(signs)).groups()
    spaced = ANYTHING_BETWEEN.join(map(re.escape, signs))
    if len(digits) >= SHORTEST_CODE and digits.isdecimal():
        before = "".join(re.escape(letter) + ANYTHING_BETWEEN for letter in start)
        spaced = rf"(?:{before})?(?<!\d){ANYTHING_BETWEEN.join(digits)}"
        return rf"{spaced}(?!\d)"
    return rf"{NO_SIGN_BEFORE}{spaced}{NO_SIGN_AFTER}"


def _phone(number):
    """A phone number with or without the country's code, however it is spaced."""
    digits = re.sub(r"\D", "", _plain(number))
    national = re.sub(r"^(?:0044|44(?=\d{9,})|0)0?", "", digits)
    if len(national) < SHORTEST_NUMBER:
        return ""
    spaced = ANYTHING_BETWEEN.join(national)
    return rf"(?:\+?(?:00)?44{ANYTHING_BETWEEN})?(?:\(?0\)?{ANYTHING_BETWEEN})?{spaced}"
