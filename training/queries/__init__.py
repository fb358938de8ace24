from training.queries.calendar import bookings_for_calendar
from training.queries.courses import (
    mandatory_training,
    my_bookings_by_session,
    other_dates,
    sessions_that_need_a_look,
    sessions_to_book,
    sessions_with_a_place,
)
from training.queries.find import find_courses
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
from training.queries.recommended import mandatory_with_expiry, suggestions_for
from training.queries.standing import Standing, latest_forecasts, standing_of
from training.queries.waiting import named_waiting, passed_over, waits_of
from training.queries.where_bookings_stand import tell_where_they_stand

__all__ = [
    "FiveDays",
    "Standing",
    "approver_of",
    "approvers_of",
    "bookings_for_calendar",
    "bookings_to_decide",
    "find_courses",
    "five_days",
    "five_days_of",
    "intakes_to_join",
    "latest_forecasts",
    "line_manager_of",
    "mandatory_training",
    "mandatory_with_expiry",
    "my_bookings_by_session",
    "named_waiting",
    "other_dates",
    "passed_over",
    "people_managed_by",
    "places_enrolled",
    "sessions_that_need_a_look",
    "sessions_to_book",
    "sessions_with_a_place",
    "standing_of",
    "suggestions_for",
    "suitable_sessions",
    "suitable_sessions_of",
    "tell_where_they_stand",
    "waiting_in_published_order",
    "waits_of",
]
