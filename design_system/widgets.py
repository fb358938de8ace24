"""Widgets that Django does not have: a date in three parts, a month in two."""

import datetime

from django import forms


class DatePartsWidget(forms.MultiWidget):
    """Day, month and year as three short text boxes, named <field>_day, <field>_month and <field>_year.

    `birthday` adds the autocomplete words that let a browser fill in the person's own date of birth.
    """

    PARTS = ("day", "month", "year")
    WIDTHS = {"day": 2, "month": 2, "year": 4}  # in characters

    def __init__(self, attrs=None, *, birthday=False):
        # A month may be typed as a word, so its box does not ask for a keyboard of numbers.
        boxes = {
            part: forms.TextInput(attrs=self._attributes_of(part, birthday)) for part in self.PARTS
        }
        super().__init__(boxes, attrs)

    @staticmethod
    def _attributes_of(part, birthday):
        attributes = {} if part == "month" else {"inputmode": "numeric"}
        if birthday:
            attributes["autocomplete"] = f"bday-{part}"
        return attributes

    def decompress(self, value):
        if isinstance(value, datetime.datetime | datetime.date):
            return [value.day, value.month, value.year]
        return ["", "", ""]


class MonthWidget(DatePartsWidget):
    """Month and year as two short text boxes, named <field>_month and <field>_year."""

    PARTS = ("month", "year")
    WIDTHS = {"month": 5, "year": 4}  # room for the name of a month

    def decompress(self, value):
        return super().decompress(value)[1:]
