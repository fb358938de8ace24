"""Boxes for words in which everything can be seen: what was copied along unseen is taken out."""

import re
import unicodedata

from django import forms
from django.utils.text import normalize_newlines

from design_system.fields import LongTextField

# A null stays, so that it is refused in words.
KEPT = "\0\n\t"
# Joiners, which Persian, the languages of India and many emoji are not right without.
JOINERS = "\u200c\u200d"
STRAY_JOINERS = re.compile(rf"(?<!\S)[{JOINERS}]+|[{JOINERS}]+(?!\S)|(?<=[{JOINERS}])[{JOINERS}]+")


def seen(text):
    """Return the text without what cannot be seen, such as marks that turn it around.

    A control character becomes a space; what only formats, such as a soft hyphen, goes. A joiner stays
    where it joins: one, between two characters that can be seen.
    """
    return STRAY_JOINERS.sub("", "".join(_seen(c) for c in normalize_newlines(text)))


def _seen(character):
    if character.isprintable() or character in KEPT or character in JOINERS:
        return character
    return "" if unicodedata.category(character) == "Cf" else " "


class NeverCutOff:
    """For a field of one line: what is too long is not cut as it is typed; the answer says so in words."""

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"maxlength": False}


class LinkField(NeverCutOff, forms.URLField):
    """The address of a page, with https:// put before it where it was left out."""

    def __init__(self, **kwargs):
        super().__init__(assume_scheme="https", **kwargs)


class OneLineField(NeverCutOff, forms.CharField):
    """A line of text, with one space where there were several or the lines broke."""

    def to_python(self, value):
        return " ".join(seen(super().to_python(value)).split())


class LinesField(forms.CharField):
    """Text of several lines."""

    def to_python(self, value):
        return seen(super().to_python(value)).strip()


class ParagraphsField(LongTextField):
    """Text of several lines with a counter under it."""

    def to_python(self, value):
        return seen(super().to_python(value)).strip()
