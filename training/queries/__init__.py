from training.queries.courses import (
    courses_on_offer,
    mandatory_training,
    my_bookings_by_session,
    sessions_that_need_a_look,
    sessions_to_book,
    sessions_with_a_place,
)
from training.queries.five_days import FiveDays, five_days, five_days_of
from training.queries.people import (
    intakes_to_join,
    line_manager_of,
    people_managed_by,
    places_enrolled,
)

__all__ = [
    "FiveDays",
    "courses_on_offer",
    "five_days",
    "five_days_of",
    "intakes_to_join",
    "line_manager_of",
    "mandatory_training",
    "my_bookings_by_session",
    "people_managed_by",
    "places_enrolled",
    "sessions_that_need_a_look",
    "sessions_to_book",
    "sessions_with_a_place",
]
