"""What happened, as the audit log has it."""

from enum import StrEnum


class SessionEvent(StrEnum):
    SESSION_PLANNED = "session_planned"
    SESSION_CHANGED = "session_changed"
    SESSION_CANCELLED = "session_cancelled"
    SERIES_PLANNED = "series_planned"
    SESSION_GOES_AHEAD = "session_goes_ahead"
    DECISION_PUT_OFF = "decision_put_off"
    SESSION_FILE_APPLIED = "session_file_applied"


class BookingEvent(StrEnum):
    PLACE_BOOKED = "place_booked"
    WAITING_LIST_JOINED = "waiting_list_joined"
    PLACE_HELD = "place_held"
    BOOKING_APPROVED = "booking_approved"
    BOOKING_OBJECTED_TO = "booking_objected_to"
    BOOKING_DECLINED = "booking_declined"
    BOOKING_ESCALATED = "booking_escalated"
    PLACE_OFFERED = "place_offered"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_DECLINED = "offer_declined"
    OFFER_LAPSED = "offer_lapsed"
    BOOKING_LAPSED = "booking_lapsed"
    CALLED_AWAY = "called_away"
    BOOKING_CANCELLED = "booking_cancelled"
    BOOKING_SWAPPED = "booking_swapped"
    ATTENDANCE_MARKED = "attendance_marked"
    SIGNED_IN = "signed_in"
    EVALUATION_GIVEN = "evaluation_given"


class SwapEvent(StrEnum):
    SWAP_PROPOSED = "swap_proposed"
    SWAP_ACCEPTED = "swap_accepted"
    SWAP_DECLINED = "swap_declined"
    SWAP_WITHDRAWN = "swap_withdrawn"


class InterestEvent(StrEnum):
    INTEREST_REGISTERED = "interest_registered"
    INTEREST_WITHDRAWN = "interest_withdrawn"


class CalendarEvent(StrEnum):
    CALENDAR_ADDRESS_MADE = "calendar_address_made"
    CALENDAR_ADDRESS_ENDED = "calendar_address_ended"


class NominationEvent(StrEnum):
    NOMINATION_MADE = "nomination_made"
    NOMINATION_PUT_ON_LIST = "nomination_put_on_list"
    NOMINATION_ENROLLED = "nomination_enrolled"
    NOMINATION_DECLINED = "nomination_declined"
    NOMINATION_WITHDRAWN = "nomination_withdrawn"


class PromiseEvent(StrEnum):
    LEDGER_ENTRY_MADE = "ledger_entry_made"
    LEDGER_IMPORTED = "ledger_imported"
    DATES_OFFERED = "dates_offered"


class RoundEvent(StrEnum):
    ROUND_ANNOUNCED = "round_announced"
    ROUND_SETTLED = "round_settled"
    ROUND_CALLED_OFF = "round_called_off"
    PLACE_REQUESTED = "place_requested"


class OutsideEvent(StrEnum):
    OUTSIDE_COURSE_ASKED_FOR = "outside_course_asked_for"
    OUTSIDE_COURSE_PASSED_ON = "outside_course_passed_on"
    OUTSIDE_COURSE_ESCALATED = "outside_course_escalated"
    OUTSIDE_COURSE_APPROVED = "outside_course_approved"
    OUTSIDE_COURSE_DECLINED = "outside_course_declined"
    OUTSIDE_COURSE_WITHDRAWN = "outside_course_withdrawn"
    OUTSIDE_COURSE_LAPSED = "outside_course_lapsed"
    OUTSIDE_OUTCOME_TOLD = "outside_outcome_told"
    OUTSIDE_REVIEW_WRITTEN = "outside_review_written"
    OUTSIDE_REVIEW_HIDDEN = "outside_review_hidden"
    OUTSIDE_REVIEW_SHOWN = "outside_review_shown"
    BUDGET_LINE_KEPT = "budget_line_kept"


class AttendedEvent(StrEnum):
    ATTENDED_ELSEWHERE_LOGGED = "attended_elsewhere_logged"
    ATTENDED_ELSEWHERE_QUESTIONED = "attended_elsewhere_questioned"
    ATTENDED_ELSEWHERE_ANSWERED = "attended_elsewhere_answered"
    ATTENDED_ELSEWHERE_ESCALATED = "attended_elsewhere_escalated"
    ATTENDED_ELSEWHERE_CONFIRMED = "attended_elsewhere_confirmed"
    ATTENDED_ELSEWHERE_DECLINED = "attended_elsewhere_declined"
    ATTENDED_ELSEWHERE_WITHDRAWN = "attended_elsewhere_withdrawn"
    EVIDENCE_OPENED = "evidence_opened"
