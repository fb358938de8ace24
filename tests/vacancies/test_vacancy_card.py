"""The card of a vacancy, as it stands in lists."""

import re
from html import unescape

import pytest
from django.template import engines

from tests.factories.vacancies import LiveVacancyFactory
from tests.factories.vacancy_parts import (
    OtherPlaceFactory,
    StaffFirstVacancyFactory,
    StaffOnlyVacancyFactory,
)
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
CARD = engines["django"].from_string("{% load vacancy_tags %}{% vacancy_card vacancy %}")


def card_of(vacancy, **annotations):
    """Return the facts of the card as {key: value}, and its tags."""
    shown = Vacancy.objects.for_cards().get(pk=vacancy.pk)
    for name, value in annotations.items():
        setattr(shown, name, value)
    html = unescape(CARD.render({"vacancy": shown}))
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html))
    return facts, re.findall(r'govuk-tag[^"]*">(.*?)</span>', html)


def test_the_card_shows_the_actual_pay_beside_the_full_time_one():
    facts, _ = card_of(LiveVacancyFactory(weekly_hours="18.5"))

    assert facts["Salary"] == "£18,600 to £20,900 (full time £37,200 to £41,800)"


@pytest.mark.parametrize(
    ("others", "miles", "words"),
    [
        (0, None, "Basingstoke"),
        (1, None, "Basingstoke and 1 other place"),
        (2, None, "Basingstoke and 2 other places"),
        (0, 3.2, "Basingstoke, 3 miles away"),
        (2, 3.2, "Basingstoke, 3 miles away, and 2 more"),
    ],
)
def test_the_card_counts_the_places(others, miles, words):
    vacancy = LiveVacancyFactory()
    for name in ["Alton", "Fleet"][:others]:
        OtherPlaceFactory(vacancy=vacancy, place_name=name)

    facts, _ = card_of(vacancy, **({"distance_miles": miles} if miles else {}))

    assert facts["Place"] == words


def test_staff_are_told_what_is_for_staff():
    assert card_of(StaffOnlyVacancyFactory())[1] == ["Staff only", "Permanent"]
    assert card_of(StaffFirstVacancyFactory())[1] == ["Staff first", "Permanent"]


def test_what_staff_saw_first_has_no_tag_once_everyone_sees_it(time_machine):
    vacancy = StaffFirstVacancyFactory()
    time_machine.move_to(f"{vacancy.public_from}T12:00Z", tick=False)

    assert card_of(vacancy)[1] == ["Closes soon", "Permanent"]


def test_what_is_always_open_does_not_close_soon(today):
    facts, tags = card_of(LiveVacancyFactory(rolling=True, closes_on=today))

    assert facts["Closes"] == "Always open"
    assert tags == ["Permanent"]


def test_the_card_asks_the_database_nothing(django_assert_num_queries):
    OtherPlaceFactory(vacancy=LiveVacancyFactory(weekly_hours="18.5"))
    [shown] = Vacancy.objects.for_cards()

    with django_assert_num_queries(0):
        CARD.render({"vacancy": shown})


def test_the_card_leads_to_the_advert_with_where_one_searched_from():
    vacancy = LiveVacancyFactory()
    shown = Vacancy.objects.for_cards().get()
    shown.searched_from = "Bishop's Waltham"

    html = CARD.render({"vacancy": shown})

    assert f'href="/vacancies/{vacancy.reference}/?place=Bishop%27s+Waltham"' in html
