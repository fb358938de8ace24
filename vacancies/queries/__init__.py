from vacancies.queries.adverts import (
    adverts_to_read,
    closing_soon,
    criteria_by_kind,
    next_sift,
    places_of,
    similar_vacancies,
    team_facts,
)
from vacancies.queries.board import ON, Board, live_board
from vacancies.queries.campaigns import campaign_jobs, campaigns_on
from vacancies.queries.cards import START, STOP, found_cards
from vacancies.queries.catalogue import Catalogue, catalogue
from vacancies.queries.chats import (
    chat_booking,
    chats_of,
    chats_with_bookings,
    free_chats,
    offers_chats,
    slot_of,
)
from vacancies.queries.duplicates import likely_duplicates
from vacancies.queries.kept import Kept
from vacancies.queries.saved import (
    has_saved,
    saved_by,
    savers_to_tell,
    vacancies_by_reference,
)
from vacancies.queries.search import (
    FACETS,
    Search,
    VacancyFilters,
    find,
    search_vacancies,
)
from vacancies.queries.words import corrected, find_each, shorter_words, single_words

__all__ = [
    "FACETS",
    "ON",
    "START",
    "STOP",
    "Board",
    "Catalogue",
    "Kept",
    "Search",
    "VacancyFilters",
    "adverts_to_read",
    "campaign_jobs",
    "campaigns_on",
    "catalogue",
    "chat_booking",
    "chats_of",
    "chats_with_bookings",
    "closing_soon",
    "corrected",
    "criteria_by_kind",
    "find",
    "find_each",
    "found_cards",
    "free_chats",
    "has_saved",
    "likely_duplicates",
    "live_board",
    "next_sift",
    "offers_chats",
    "places_of",
    "saved_by",
    "savers_to_tell",
    "search_vacancies",
    "shorter_words",
    "similar_vacancies",
    "single_words",
    "slot_of",
    "team_facts",
    "vacancies_by_reference",
]
