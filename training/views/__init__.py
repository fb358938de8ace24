from training.views.bookings import (
    booking_calendar_file,
    booking_cancel,
    booking_list,
    session_book,
    session_wait,
)
from training.views.courses import course_detail, course_list, session_detail
from training.views.development import my_development
from training.views.managing import (
    booking_decide,
    team,
    team_offer_dates,
    waiting_for_me,
)
from training.views.nominations import (
    nomination_create,
    nomination_list,
    nomination_withdraw,
)

__all__ = [
    "booking_calendar_file",
    "booking_cancel",
    "booking_decide",
    "booking_list",
    "course_detail",
    "course_list",
    "my_development",
    "nomination_create",
    "nomination_list",
    "nomination_withdraw",
    "session_book",
    "session_detail",
    "session_wait",
    "team",
    "team_offer_dates",
    "waiting_for_me",
]
