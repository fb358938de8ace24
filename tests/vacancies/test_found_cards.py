"""A kept card says what a card made afresh says, whatever was searched for."""

import pytest
from django.template.loader import render_to_string

from tests.factories.vacancies import LiveVacancyFactory
from vacancies.models import Vacancy
from vacancies.queries import START, STOP
from vacancies.templatetags.kept_card_tags import found_card
from vacancies.templatetags.vacancy_tags import vacancy_card

pytestmark = pytest.mark.django_db

SEARCHES = {
    "nothing": {},
    "words": {"marked_title": f"{START}Social{STOP} worker", "marked_summary": "A < B"},
    "a place": {
        "distance_miles": 6.2,
        "nearest_place": "Bishop's Waltham",
        "distance_is_rough": True,
        "searched_from": "Alton & Co",
    },
}


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
def test_a_kept_card_is_the_card_that_would_be_made_afresh(search):
    stored = LiveVacancyFactory(title="Social worker <b>")
    vacancy = Vacancy.objects.for_cards().get(pk=stored.pk)
    vacancy.kept_card = {}
    found_card(vacancy)  # From now on its parts are kept.
    vacancy.__dict__ |= search

    afresh = render_to_string("vacancies/_vacancy_card.html", vacancy_card(vacancy))

    assert found_card(vacancy) == afresh
