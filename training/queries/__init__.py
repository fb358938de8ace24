from training.queries.approvers import (
    Approvers,
    approver_of,
    approvers_of,
    bookings_to_decide,
)
from training.queries.courses import (
    courses_on_offer,
    mandatory_training,
    my_bookings_by_session,
    other_dates,
    sessions_that_need_a_look,
    sessions_to_book,
    sessions_with_a_place,
)
from training.queries.cover import cover_for, cover_of, half_days_short_without
from training.queries.five_days import FiveDays, five_days, five_days_of
from training.queries.managing import bookings_near, waiting_for, waiting_for_each
from training.queries.order import waiting_in_published_order
from training.queries.people import (
    intakes_to_join,
    line_manager_of,
    people_managed_by,
    places_enrolled,
)
from training.queries.suitable_dates import dates_to_suggest, suitable_dates
from training.queries.team import cover_of_teams_led, dates_offered_lately, team_standing

__all__ = [
    "Approvers",
    "FiveDays",
    "approver_of",
    "approvers_of",
    "bookings_near",
    "bookings_to_decide",
    "courses_on_offer",
    "cover_for",
    "cover_of",
    "cover_of_teams_led",
    "dates_offered_lately",
    "dates_to_suggest",
    "five_days",
    "five_days_of",
    "half_days_short_without",
    "intakes_to_join",
    "line_manager_of",
    "mandatory_training",
    "my_bookings_by_session",
    "other_dates",
    "people_managed_by",
    "places_enrolled",
    "sessions_that_need_a_look",
    "sessions_to_book",
    "sessions_with_a_place",
    "suitable_dates",
    "team_standing",
    "waiting_for",
    "waiting_for_each",
    "waiting_in_published_order",
]
