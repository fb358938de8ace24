from training.queries.courses import (
    courses_on_offer,
    mandatory_training,
    my_bookings_by_session,
    other_dates,
    sessions_that_need_a_look,
    sessions_to_book,
    sessions_with_a_place,
)
from training.queries.five_days import FiveDays, five_days, five_days_of
from training.queries.order import waiting_in_published_order
from training.queries.people import (
    approver_of,
    approvers_of,
    bookings_to_decide,
    intakes_to_join,
    line_manager_of,
    people_managed_by,
    places_enrolled,
)
from training.queries.reach import suitable_sessions, suitable_sessions_of
from training.queries.standing import Standing, latest_forecasts, standing_of

__all__ = [
    "FiveDays",
    "Standing",
    "approver_of",
    "approvers_of",
    "bookings_to_decide",
    "courses_on_offer",
    "five_days",
    "five_days_of",
    "intakes_to_join",
    "latest_forecasts",
    "line_manager_of",
    "mandatory_training",
    "my_bookings_by_session",
    "other_dates",
    "people_managed_by",
    "places_enrolled",
    "sessions_that_need_a_look",
    "sessions_to_book",
    "sessions_with_a_place",
    "standing_of",
    "suitable_sessions",
    "suitable_sessions_of",
    "waiting_in_published_order",
]
