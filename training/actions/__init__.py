from training.actions.attendance import mark_attendance
from training.actions.bookings import book_place, cancel_booking, join_waiting_list
from training.actions.nominations import (
    decline_nomination,
    enrol_nomination,
    nominate,
    put_self_forward,
    withdraw_nomination,
)
from training.actions.sessions import cancel_session, change_session, plan_session

__all__ = [
    "book_place",
    "cancel_booking",
    "cancel_session",
    "change_session",
    "decline_nomination",
    "enrol_nomination",
    "join_waiting_list",
    "mark_attendance",
    "nominate",
    "plan_session",
    "put_self_forward",
    "withdraw_nomination",
]
