import pytest

from tests.factories.organisation import TeamFactory
from tests.factories.vacancies import VacancyFactory, vacancy_in
from vacancies.queries import likely_duplicates
from vacancies.states import OVER, VacancyState

pytestmark = pytest.mark.django_db


@pytest.fixture
def advert():
    return VacancyFactory(title="Social worker, family help", place_name="Alton")


@pytest.mark.parametrize("state", sorted(set(VacancyState) - OVER))
def test_the_same_role_team_and_place_is_a_duplicate(advert, state):
    same = {"role": advert.role, "team": advert.team, "place_name": "alton"}
    other = vacancy_in(state, title="Quite another title", **same)

    assert likely_duplicates(advert) == [other]


@pytest.mark.parametrize("state", sorted(OVER))
def test_what_is_over_is_no_duplicate(advert, state):
    vacancy_in(state, title=advert.title, team=advert.team, role=advert.role, place_name="Alton")

    assert likely_duplicates(advert) == []


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Family help social worker", True),
        ("Social workers: family help", True),
        ("Social worker, fostering", False),
    ],
)
def test_nearly_the_same_title_in_the_team_is_a_duplicate(advert, title, found):
    other = VacancyFactory(title=title, team=advert.team, place_name="Fleet")

    assert likely_duplicates(advert) == ([other] if found else [])


def test_the_same_title_elsewhere_in_the_county_is_another_job(advert):
    VacancyFactory(title=advert.title, team=TeamFactory(), place_name="Fleet")

    assert likely_duplicates(advert) == []
