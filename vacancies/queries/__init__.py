from vacancies.queries.adverts import (
    adverts_to_read,
    closing_soon,
    criteria_by_kind,
    next_sift,
    places_of,
    similar_vacancies,
    team_facts,
)
from vacancies.queries.chats import (
    chat_booking,
    chats_of,
    chats_with_bookings,
    free_chats,
    offers_chats,
    slot_of,
)
from vacancies.queries.saved import has_saved, saved_by, savers_of, vacancies_by_reference
from vacancies.queries.search import VacancyFilters, search_vacancies, wider_radius

__all__ = [
    "VacancyFilters",
    "adverts_to_read",
    "chat_booking",
    "chats_of",
    "chats_with_bookings",
    "closing_soon",
    "criteria_by_kind",
    "free_chats",
    "has_saved",
    "next_sift",
    "offers_chats",
    "places_of",
    "saved_by",
    "savers_of",
    "search_vacancies",
    "similar_vacancies",
    "slot_of",
    "team_facts",
    "vacancies_by_reference",
    "wider_radius",
]
