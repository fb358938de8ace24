from vacancies.queries.adverts import (
    adverts_to_read,
    closing_soon,
    criteria_by_kind,
    next_sift,
    places_of,
    similar_vacancies,
    team_facts,
)
from vacancies.queries.saved import has_saved, saved_by, savers_of, vacancies_by_reference
from vacancies.queries.search import VacancyFilters, search_vacancies, wider_radius

__all__ = [
    "VacancyFilters",
    "adverts_to_read",
    "closing_soon",
    "criteria_by_kind",
    "has_saved",
    "next_sift",
    "places_of",
    "saved_by",
    "savers_of",
    "search_vacancies",
    "similar_vacancies",
    "team_facts",
    "vacancies_by_reference",
    "wider_radius",
]
