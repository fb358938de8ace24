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
from training.actions.evaluations import (
    ask_for_evaluations,
    delete_evaluations_kept_long_enough,
    give_evaluation,
)
from training.actions.forecasting import delete_forecasts_kept_long_enough, forecast_the_year
from training.actions.interest import register_interest, tell_of_dates, withdraw_interest
from training.actions.leaving import end_booking_of_leaver, end_bookings_of_leavers
from training.actions.ledger import (
    delete_ledger_entries_kept_long_enough,
    import_ledger_entries,
    make_ledger_entry,
)
from training.actions.managers_mail import tell_managers_what_waits
from training.actions.nominations import (
    decline_nomination,
    enrol_nomination,
    nominate,
    put_self_forward,
    withdraw_nomination,
)
from training.actions.offers import accept_offer, decline_offer, fill_free_places, lapse_offer
from training.actions.sessions import cancel_session, change_session, plan_session
from training.actions.swap import accept_swap, decline_swap, propose_swap, withdraw_swap

__all__ = [
    "accept_offer",
    "accept_swap",
    "approve_booking",
    "ask_for_evaluations",
    "book_past_the_order",
    "book_place",
    "cancel_booking",
    "cancel_session",
    "change_cpd_piece",
    "change_session",
    "decline_booking",
    "decline_nomination",
    "decline_offer",
    "decline_swap",
    "delete_cpd_piece",
    "delete_cpd_pieces_kept_long_enough",
    "delete_evaluations_kept_long_enough",
    "delete_forecasts_kept_long_enough",
    "delete_ledger_entries_kept_long_enough",
    "delete_presences_kept_long_enough",
    "end_booking_of_leaver",
    "end_bookings_of_leavers",
    "end_calendar_address",
    "enrol_nomination",
    "escalate_booking",
    "fill_free_places",
    "forecast_the_year",
    "give_evaluation",
    "import_ledger_entries",
    "join_waiting_list",
    "lapse_booking",
    "lapse_offer",
    "make_calendar_address",
    "make_ledger_entry",
    "mark_attendance",
    "mark_half_days",
    "nominate",
    "offer_dates",
    "plan_session",
    "propose_swap",
    "put_self_forward",
    "register_interest",
    "say_called_away",
    "say_cpd_entered",
    "settle_attendance",
    "sign_in",
    "take_silence_as_approval",
    "tell_managers_what_waits",
    "tell_of_dates",
    "withdraw_interest",
    "withdraw_nomination",
    "withdraw_swap",
    "write_cpd_piece",
]
