from vacancies.queries.adverts import (
    adverts_to_read,
    closing_soon,
    criteria_by_kind,
    next_sift,
    places_of,
    similar_vacancies,
    team_facts,
)
from vacancies.queries.search import VacancyFilters, search_vacancies, wider_radius

__all__ = [
    "VacancyFilters",
    "adverts_to_read",
    "closing_soon",
    "criteria_by_kind",
    "next_sift",
    "places_of",
    "search_vacancies",
    "similar_vacancies",
    "team_facts",
    "wider_radius",
]
