from vacancies.queries.adverts import closing_soon, criteria_by_kind, similar_vacancies
from vacancies.queries.duplicates import likely_duplicates
from vacancies.queries.search import VacancyFilters, search_vacancies, wider_radius

__all__ = [
    "VacancyFilters",
    "closing_soon",
    "criteria_by_kind",
    "likely_duplicates",
    "search_vacancies",
    "similar_vacancies",
    "wider_radius",
]
