from training.actions.approvals import (
    approve_booking,
    decline_booking,
    escalate_booking,
    lapse_booking,
    take_silence_as_approval,
)
from training.actions.attendance import (
    delete_presences_kept_long_enough,
    mark_attendance,
    mark_half_days,
    settle_attendance,
    sign_in,
)
from training.actions.attended import (
    answer_question,
    confirm_attended,
    decline_attended,
    delete_attended_kept_long_enough,
    delete_evidence,
    delete_evidence_without_a_row,
    let_time_answer_for_attended,
    log_attended,
    open_evidence,
    question_attended,
    withdraw_attended,
)
from training.actions.bookings import (
    book_past_the_order,
    book_place,
    cancel_booking,
    join_waiting_list,
    say_called_away,
)
from training.actions.calendar_feed import end_calendar_address, make_calendar_address
from training.actions.cpd import (
    change_cpd_piece,
    delete_cpd_piece,
    delete_cpd_pieces_kept_long_enough,
    say_cpd_entered,
    write_cpd_piece,
)
from training.actions.dates import offer_dates
from training.actions.deciding import (
    ask_about_session,
    ask_about_sessions_to_decide,
    put_off_decision,
    run_session_anyway,
)
from training.actions.drawing import settle_round
from training.actions.evaluations import (
    ask_for_evaluations,
    delete_evaluations_kept_long_enough,
    give_evaluation,
)
from training.actions.following import follow_nomination, follow_nominations
from training.actions.forecasting import delete_forecasts_kept_long_enough, forecast_the_year
from training.actions.from_lists import book_from_list, mark_from_list
from training.actions.interest import register_interest, tell_of_dates, withdraw_interest
from training.actions.leaving import (
    end_booking_of_leaver,
    end_bookings_of_leavers,
    tell_of_sessions_without_their_trainer,
)
from training.actions.ledger import (
    delete_ledger_entries_kept_long_enough,
    import_ledger_entries,
    make_ledger_entry,
)
from training.actions.managers_mail import tell_managers_what_waits
from training.actions.nominations import (
    Choice,
    decline_nomination,
    enrol_nomination,
    nominate,
    nominate_several,
    put_self_forward,
    withdraw_nomination,
)
from training.actions.offers import accept_offer, decline_offer, fill_free_places, lapse_offer
from training.actions.outside import (
    ask_for_outside_course,
    decline_outside_course,
    pass_on_outside_course,
    withdraw_outside_course,
)
from training.actions.outside_money import approve_outside_course, keep_budget_line
from training.actions.outside_outcomes import (
    ask_how_outside_courses_went,
    delete_outside_courses_kept_long_enough,
    end_outside_courses_of_leavers,
    hide_review,
    keep_review,
    let_time_answer_for_outside_courses,
    tell_outcome,
)
from training.actions.rounds import (
    announce_round,
    call_off_round,
    delete_round_lines_past_their_time,
    request_place,
)
from training.actions.sessions import cancel_session, change_session, plan_series, plan_session
from training.actions.swap import accept_swap, decline_swap, propose_swap, withdraw_swap

__all__ = [
    "Choice",
    "accept_offer",
    "accept_swap",
    "announce_round",
    "answer_question",
    "approve_booking",
    "approve_outside_course",
    "ask_about_session",
    "ask_about_sessions_to_decide",
    "ask_for_evaluations",
    "ask_for_outside_course",
    "ask_how_outside_courses_went",
    "book_from_list",
    "book_past_the_order",
    "book_place",
    "call_off_round",
    "cancel_booking",
    "cancel_session",
    "change_cpd_piece",
    "change_session",
    "confirm_attended",
    "decline_attended",
    "decline_booking",
    "decline_nomination",
    "decline_offer",
    "decline_outside_course",
    "decline_swap",
    "delete_attended_kept_long_enough",
    "delete_cpd_piece",
    "delete_cpd_pieces_kept_long_enough",
    "delete_evaluations_kept_long_enough",
    "delete_evidence",
    "delete_evidence_without_a_row",
    "delete_forecasts_kept_long_enough",
    "delete_ledger_entries_kept_long_enough",
    "delete_outside_courses_kept_long_enough",
    "delete_presences_kept_long_enough",
    "delete_round_lines_past_their_time",
    "end_booking_of_leaver",
    "end_bookings_of_leavers",
    "end_calendar_address",
    "end_outside_courses_of_leavers",
    "enrol_nomination",
    "escalate_booking",
    "fill_free_places",
    "follow_nomination",
    "follow_nominations",
    "forecast_the_year",
    "give_evaluation",
    "hide_review",
    "import_ledger_entries",
    "join_waiting_list",
    "keep_budget_line",
    "keep_review",
    "lapse_booking",
    "lapse_offer",
    "let_time_answer_for_attended",
    "let_time_answer_for_outside_courses",
    "log_attended",
    "make_calendar_address",
    "make_ledger_entry",
    "mark_attendance",
    "mark_from_list",
    "mark_half_days",
    "nominate",
    "nominate_several",
    "offer_dates",
    "open_evidence",
    "pass_on_outside_course",
    "plan_series",
    "plan_session",
    "propose_swap",
    "put_off_decision",
    "put_self_forward",
    "question_attended",
    "register_interest",
    "request_place",
    "run_session_anyway",
    "say_called_away",
    "say_cpd_entered",
    "settle_attendance",
    "settle_round",
    "sign_in",
    "take_silence_as_approval",
    "tell_managers_what_waits",
    "tell_of_dates",
    "tell_of_sessions_without_their_trainer",
    "tell_outcome",
    "withdraw_attended",
    "withdraw_interest",
    "withdraw_nomination",
    "withdraw_outside_course",
    "withdraw_swap",
    "write_cpd_piece",
]
