"""Hints for the writer of an advert: kinder and plainer words, and what people miss. They never block."""

from vacancies.hints.advert import Hint, advert_hints

__all__ = ["Hint", "advert_hints"]
