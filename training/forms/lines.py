"""Boxes for words in the admin: what was copied along unseen is taken out."""

from django import forms

from organisation.sheets.cells import UNSEEN


class OneLineField(forms.CharField):
    """A line of text, with one space where there were several or the lines broke."""

    def to_python(self, value):
        return " ".join(UNSEEN.sub("", super().to_python(value)).split())
