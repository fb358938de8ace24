"""Amounts of money as people type them, kept as whole pence."""

import re
from decimal import Decimal

from django import forms

AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)


class PoundsField(forms.CharField):
    """An amount in pounds, such as 1,200 or £12.50, as whole pence. `most` is in pounds."""

    def __init__(self, *, most, **kwargs):
        self.most = most
        super().__init__(**kwargs)

    def to_python(self, value):
        typed = super().to_python(value).replace(" ", "").removeprefix("£")
        if not typed:
            return None
        amount = AMOUNT.fullmatch(typed)
        if amount is None:
            raise forms.ValidationError("Enter an amount in pounds, like 120 or 12.50")
        pounds = Decimal(amount[1].replace(",", ""))
        if pounds > self.most:
            raise forms.ValidationError(f"Enter an amount up to £{self.most:,}")
        return int(pounds) * 100 + int((amount[2] or "").ljust(2, "0"))

    def prepare_value(self, value):
        """Show pence as pounds, and what was typed as it was typed."""
        if not isinstance(value, int):
            return value
        return f"{value // 100}.{value % 100:02}" if value % 100 else str(value // 100)

    def validate(self, value):
        super().validate("" if value is None else value)

    def run_validators(self, value):
        """Nothing more: the amount is a number by now, and no text with a length."""
