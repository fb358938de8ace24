from training.queries.approvers import Approvers, approver_of, approvers_of, bookings_to_decide
from training.queries.attending import (
    attendance_list,
    bookings_to_evaluate,
    bookings_to_sign_in_to,
    certificate_for,
    certificate_reference,
    half_days_there,
    has_signed_in,
    keys_of_signed_in,
    part_open_at,
    results_of,
    sessions_run_by,
    sessions_to_sign_in_to,
    tell_who_has_signed_in,
)
from training.queries.calendar import bookings_for_calendar, outside_courses_for_calendar
from training.queries.completed import Completed, completed_training
from training.queries.courses import (
    mandatory_training,
    my_bookings_by_session,
    next_dates_of,
    other_dates,
    sessions_that_need_a_look,
    sessions_to_book,
    sessions_with_a_place,
)
from training.queries.cover import cover_for, cover_of, half_days_short_without
from training.queries.cpd import CPDYear, cpd_year, registration_year, sessions_without_a_piece
from training.queries.fair_round import (
    counts_for,
    cut_of,
    differences_when_repeated,
    drawn_lines,
    hash_of,
    points_of,
    points_table,
    rounds_to_see,
)
from training.queries.find import find_courses
from training.queries.five_days import FiveDays, five_days, five_days_of
from training.queries.in_the_way import plans_in_the_way
from training.queries.managing import waiting_for, waiting_for_each
from training.queries.near import bookings_near
from training.queries.order import waiting_in_published_order
from training.queries.outside import (
    asked_for_already,
    attended_near,
    author_of,
    booking_in_the_way,
    elsewhere_of,
    outside_in_the_way,
    outside_near,
    outside_requests_by_provider,
    outside_requests_by_topic,
    own_courses_like,
    reviews_of_outside_courses,
    time_taken_outside,
)
from training.queries.people import (
    intakes_to_join,
    line_manager_of,
    nominations_by_target,
    people_managed_by,
    places_enrolled,
)
from training.queries.reach import suitable_sessions, suitable_sessions_of
from training.queries.recommended import mandatory_with_expiry, suggestions_for
from training.queries.recorded import recorded_between, too_much_on
from training.queries.standing import Standing, latest_forecasts, standing_of
from training.queries.suitable_dates import (
    dates_to_offer,
    dates_to_suggest,
    number_of_dates_to_offer,
)
from training.queries.team import cover_of_teams_led, dates_offered_lately, team_standing
from training.queries.waiting import named_waiting, passed_over, waits_of
from training.queries.where_bookings_stand import tell_where_they_stand

__all__ = [
    "Approvers",
    "CPDYear",
    "Completed",
    "FiveDays",
    "Standing",
    "approver_of",
    "approvers_of",
    "asked_for_already",
    "attendance_list",
    "attended_near",
    "author_of",
    "booking_in_the_way",
    "bookings_for_calendar",
    "bookings_near",
    "bookings_to_decide",
    "bookings_to_evaluate",
    "bookings_to_sign_in_to",
    "certificate_for",
    "certificate_reference",
    "completed_training",
    "counts_for",
    "cover_for",
    "cover_of",
    "cover_of_teams_led",
    "cpd_year",
    "cut_of",
    "dates_offered_lately",
    "dates_to_offer",
    "dates_to_suggest",
    "differences_when_repeated",
    "drawn_lines",
    "elsewhere_of",
    "find_courses",
    "five_days",
    "five_days_of",
    "half_days_short_without",
    "half_days_there",
    "has_signed_in",
    "hash_of",
    "intakes_to_join",
    "keys_of_signed_in",
    "latest_forecasts",
    "line_manager_of",
    "mandatory_training",
    "mandatory_with_expiry",
    "my_bookings_by_session",
    "named_waiting",
    "next_dates_of",
    "nominations_by_target",
    "number_of_dates_to_offer",
    "other_dates",
    "outside_courses_for_calendar",
    "outside_in_the_way",
    "outside_near",
    "outside_requests_by_provider",
    "outside_requests_by_topic",
    "own_courses_like",
    "part_open_at",
    "passed_over",
    "people_managed_by",
    "places_enrolled",
    "plans_in_the_way",
    "points_of",
    "points_table",
    "recorded_between",
    "registration_year",
    "results_of",
    "reviews_of_outside_courses",
    "rounds_to_see",
    "sessions_run_by",
    "sessions_that_need_a_look",
    "sessions_to_book",
    "sessions_to_sign_in_to",
    "sessions_with_a_place",
    "sessions_without_a_piece",
    "standing_of",
    "suggestions_for",
    "suitable_sessions",
    "suitable_sessions_of",
    "team_standing",
    "tell_where_they_stand",
    "tell_who_has_signed_in",
    "time_taken_outside",
    "too_much_on",
    "waiting_for",
    "waiting_for_each",
    "waiting_in_published_order",
    "waits_of",
]
