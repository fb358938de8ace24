"""Boxes for words in which everything can be seen: what was copied along unseen is taken out."""

import unicodedata

from django import forms

from design_system.fields import LongTextField

# A null stays, so that it is refused in words.
KEPT = "\0\n\t"


def _seen(text):
    return "".join(_seen_character(c) for c in text)


def _seen_character(character):
    if character.isprintable() or character in KEPT:
        return character
    return "" if unicodedata.category(character) == "Cf" else " "


class OneLineField(forms.CharField):
    """A line of text, with one space where there were several or the lines broke."""

    def to_python(self, value):
        return " ".join(_seen(super().to_python(value)).split())


class WordsField(LongTextField):
    """Text of several lines with a counter under it."""

    def to_python(self, value):
        return _seen(super().to_python(value)).strip()
