from vacancies.queries.adverts import closing_soon, criteria_by_kind, similar_vacancies
from vacancies.queries.board import ON, Board, live_board
from vacancies.queries.cards import START, STOP, found_cards
from vacancies.queries.catalogue import Catalogue, catalogue
from vacancies.queries.kept import Kept
from vacancies.queries.search import FACETS, Search, VacancyFilters, find, search_vacancies
from vacancies.queries.words import corrected, find_each, shorter_words

__all__ = [
    "FACETS",
    "Kept",
    "ON",
    "START",
    "STOP",
    "Board",
    "Catalogue",
    "Search",
    "VacancyFilters",
    "catalogue",
    "closing_soon",
    "corrected",
    "criteria_by_kind",
    "find",
    "find_each",
    "found_cards",
    "live_board",
    "search_vacancies",
    "shorter_words",
    "similar_vacancies",
]
