from training.views.answering import (
    booking_called_away,
    booking_other_dates,
    offer_accept,
    offer_decline,
)
from training.views.attended import (
    attended_create,
    attended_detail,
    attended_evidence,
    attended_withdraw,
)
from training.views.attending import (
    booking_certificate,
    booking_evaluate,
    certificate_check,
    session_sign_in,
    sign_in_list,
)
from training.views.bookings import (
    booking_calendar_file,
    booking_cancel,
    booking_list,
    session_book,
    session_wait,
)
from training.views.calendars import calendar, calendar_end, calendar_feed
from training.views.courses import course_detail, course_list, session_detail
from training.views.cpd import (
    cpd_export,
    cpd_export_csv,
    cpd_export_text,
    cpd_piece_change,
    cpd_piece_create,
    cpd_piece_delete,
    cpd_piece_entered,
    cpd_record,
)
from training.views.development import my_development
from training.views.interest import course_interest, course_interest_withdraw
from training.views.managing import booking_decide, team, team_offer_dates, waiting_for_me
from training.views.nominations import nomination_create, nomination_list, nomination_withdraw
from training.views.outside import (
    outside_create,
    outside_detail,
    outside_list,
    outside_outcome,
    outside_reviews,
    outside_withdraw,
)
from training.views.outside_deciding import attended_decide, outside_decide
from training.views.rounds import round_detail, round_draw, round_list, round_request
from training.views.running import (
    session_attendance,
    session_code,
    session_evaluations,
    session_run_list,
    session_sheet,
)
from training.views.swaps import booking_swap, swap_accept, swap_decline, swap_withdraw
from training.views.waiting_lists import waiting_order

__all__ = [
    "attended_create",
    "attended_decide",
    "attended_detail",
    "attended_evidence",
    "attended_withdraw",
    "booking_calendar_file",
    "booking_called_away",
    "booking_cancel",
    "booking_certificate",
    "booking_decide",
    "booking_evaluate",
    "booking_list",
    "booking_other_dates",
    "booking_swap",
    "calendar",
    "calendar_end",
    "calendar_feed",
    "certificate_check",
    "course_detail",
    "course_interest",
    "course_interest_withdraw",
    "course_list",
    "cpd_export",
    "cpd_export_csv",
    "cpd_export_text",
    "cpd_piece_change",
    "cpd_piece_create",
    "cpd_piece_delete",
    "cpd_piece_entered",
    "cpd_record",
    "my_development",
    "nomination_create",
    "nomination_list",
    "nomination_withdraw",
    "offer_accept",
    "offer_decline",
    "outside_create",
    "outside_decide",
    "outside_detail",
    "outside_list",
    "outside_outcome",
    "outside_reviews",
    "outside_withdraw",
    "round_detail",
    "round_draw",
    "round_list",
    "round_request",
    "session_attendance",
    "session_book",
    "session_code",
    "session_detail",
    "session_evaluations",
    "session_run_list",
    "session_sheet",
    "session_sign_in",
    "session_wait",
    "sign_in_list",
    "swap_accept",
    "swap_decline",
    "swap_withdraw",
    "team",
    "team_offer_dates",
    "waiting_for_me",
    "waiting_order",
]
