from training.actions.approvals import (
    approve_booking,
    decline_booking,
    escalate_booking,
    lapse_booking,
    take_silence_as_approval,
)
from training.actions.attendance import mark_attendance
from training.actions.bookings import (
    book_past_the_order,
    book_place,
    cancel_booking,
    join_waiting_list,
    say_called_away,
)
from training.actions.leaving import end_booking_of_leaver, end_bookings_of_leavers
from training.actions.managers_mail import offer_suitable_dates, tell_managers_what_waits
from training.actions.nominations import (
    decline_nomination,
    enrol_nomination,
    nominate,
    put_self_forward,
    withdraw_nomination,
)
from training.actions.offers import accept_offer, decline_offer, fill_free_places, lapse_offer
from training.actions.sessions import cancel_session, change_session, plan_session

__all__ = [
    "accept_offer",
    "approve_booking",
    "book_past_the_order",
    "book_place",
    "cancel_booking",
    "cancel_session",
    "change_session",
    "decline_booking",
    "decline_nomination",
    "decline_offer",
    "end_booking_of_leaver",
    "end_bookings_of_leavers",
    "enrol_nomination",
    "escalate_booking",
    "fill_free_places",
    "join_waiting_list",
    "lapse_booking",
    "lapse_offer",
    "mark_attendance",
    "nominate",
    "offer_suitable_dates",
    "plan_session",
    "put_self_forward",
    "say_called_away",
    "take_silence_as_approval",
    "tell_managers_what_waits",
    "withdraw_nomination",
]
