"""Cards of found vacancies, of which all but what a search changes is rendered once and kept."""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from vacancies.templatetags.vacancy_tags import (
    card_place,
    card_query,
    vacancy_card,
    with_matches,
)

register = template.Library()

# Holes in a kept card: characters that mean nothing in any writing.
TITLE, WORDS, PLACE, QUERY = "\ue002", "\ue003", "\ue004", "\ue005"
HOLES = re.compile(f"([{TITLE}{WORDS}{PLACE}{QUERY}])")


@register.filter
def found_card(vacancy):
    """The card of one of `found_cards`: `vacancy_card`, with its distance and what was found marked."""
    keep = vacancy.kept_card
    if "parts" not in keep:
        keep["parts"] = HOLES.split(_with_holes(vacancy))
    fillings = {
        TITLE: conditional_escape(with_matches(vacancy, "title")),
        WORDS: conditional_escape(with_matches(vacancy, "summary")),
        PLACE: conditional_escape(card_place(vacancy)),
        QUERY: conditional_escape(card_query(vacancy)),
    }
    return mark_safe("".join([fillings.get(part, part) for part in keep["parts"]]))


def _with_holes(vacancy):
    url = f"{vacancy.get_absolute_url()}{QUERY}"
    card = vacancy_card(vacancy) | {"title": TITLE, "words": WORDS, "url": url}
    for fact in card["facts"]:
        if fact["key"] == "Place":
            fact["value"] = PLACE
    return render_to_string("vacancies/_vacancy_card.html", card)
