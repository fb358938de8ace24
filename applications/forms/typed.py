"""What the script that keeps typed words sends: taken apart with care, since anybody can send anything."""

import json
import re

from django import forms
from django.conf import settings

PAGE = re.compile(r"[a-z0-9]+(?:[/-][a-z0-9]+)*")
MOST_BOXES = 200
LONGEST_NAME = 80


class PageField(forms.RegexField):
    """The page of an application that words belong to: the end of its address, such as "statement"."""

    def __init__(self, **kwargs):
        super().__init__(rf"\A{PAGE.pattern}\Z", max_length=80, **kwargs)


class DropForm(forms.Form):
    page = PageField()


class TypedForm(forms.Form):
    page = PageField()
    tab = forms.UUIDField()
    words = forms.CharField(strip=False)
    instead_of = forms.UUIDField(required=False)
    seen_at = forms.DateTimeField(required=False)

    def clean_words(self):
        try:
            found = json.loads(self.cleaned_data["words"])
        except (ValueError, RecursionError) as problem:
            raise forms.ValidationError("This is no JSON.") from problem
        if not isinstance(found, dict) or len(found) > MOST_BOXES:
            raise forms.ValidationError("These are not the words of a page.")
        words = {_clean(name): _texts(said) for name, said in found.items()}
        if any(len(name) > LONGEST_NAME for name in words):
            raise forms.ValidationError("No box is named so.")
        if _size(words) > settings.WORDS_KEPT_LARGEST_BYTES:
            raise forms.ValidationError("This is too much.", code="too_much")
        return words

    def is_too_much(self):
        return self.has_error("words", "too_much")


def _texts(said):
    if isinstance(said, str):
        return _clean(said)
    if isinstance(said, list) and all(isinstance(text, str) for text in said):
        return [_clean(text) for text in said]
    raise forms.ValidationError("A box holds text.")


def _clean(text):
    """Return the text without what the database cannot keep: nulls, and halves of a character."""
    return text.replace("\0", "").encode(errors="replace").decode()


def _size(words):
    texts = [
        text for said in words.values() for text in ([said] if isinstance(said, str) else said)
    ]
    return sum(len(text.encode()) for text in [*words, *texts])
