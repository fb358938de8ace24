"""The states of sessions, bookings and nominations, and which may follow which."""

from enum import StrEnum

from django.db import models


class SessionState(models.TextChoices):
    PLANNED = "planned", "Planned"
    CANCELLED = "cancelled", "Cancelled"


SESSION_TRANSITIONS = {
    SessionState.PLANNED: {SessionState.CANCELLED},
    SessionState.CANCELLED: set(),
}


class BookingState(models.TextChoices):
    REQUESTED = "requested", "Asked for"
    HELD = "held", "Held for approval"
    WAITING = "waiting", "Waiting for a place"
    OFFERED = "offered", "Offered"
    BOOKED = "booked", "Booked"
    ATTENDED = "attended", "Attended"
    PARTLY_ATTENDED = "partly_attended", "Partly attended"
    NO_SHOW = "no_show", "Did not come"
    CANCELLED_BY_PERSON = "cancelled_by_person", "Cancelled"
    CANCELLED_BY_SERVICE = "cancelled_by_service", "Cancelled by us"
    DECLINED = "declined", "Declined"
    LAPSED = "lapsed", "Lapsed"


CANCELLED_STATES = {BookingState.CANCELLED_BY_PERSON, BookingState.CANCELLED_BY_SERVICE}
_REFUSED = {BookingState.DECLINED, BookingState.LAPSED}
# What a trainer marks. A slip is put right by marking again.
ATTENDANCE_STATES = {
    BookingState.ATTENDED,
    BookingState.PARTLY_ATTENDED,
    BookingState.NO_SHOW,
}

# Those who came, for all of it or for some.
WAS_THERE = {BookingState.ATTENDED, BookingState.PARTLY_ATTENDED}

BOOKING_TRANSITIONS = {
    BookingState.REQUESTED: {
        BookingState.HELD,
        BookingState.WAITING,
        BookingState.BOOKED,
        *CANCELLED_STATES,
        *_REFUSED,
    },
    BookingState.HELD: {
        BookingState.WAITING,
        BookingState.BOOKED,
        *CANCELLED_STATES,
        *_REFUSED,
    },
    # Who waits and is given a colleague's place may need the manager's yes for it.
    BookingState.WAITING: {
        BookingState.OFFERED,
        BookingState.HELD,
        BookingState.BOOKED,
        BookingState.LAPSED,
        *CANCELLED_STATES,
    },
    BookingState.OFFERED: {
        BookingState.BOOKED,
        BookingState.HELD,
        *CANCELLED_STATES,
        *_REFUSED,
    },
    # A manager who objects in time declines what was booked.
    BookingState.BOOKED: {*ATTENDANCE_STATES, *CANCELLED_STATES, BookingState.DECLINED},
    BookingState.ATTENDED: ATTENDANCE_STATES - {BookingState.ATTENDED},
    BookingState.PARTLY_ATTENDED: ATTENDANCE_STATES,
    # Who was called away by work and could not say so in time never counts as not having come.
    BookingState.NO_SHOW: {
        *ATTENDANCE_STATES - {BookingState.NO_SHOW},
        BookingState.CANCELLED_BY_SERVICE,
    },
    BookingState.CANCELLED_BY_PERSON: set(),
    BookingState.CANCELLED_BY_SERVICE: set(),
    BookingState.DECLINED: set(),
    BookingState.LAPSED: set(),
}

# Over without having taken place: the person may book the same session again.
ENDED_BOOKING_STATES = {state for state, allowed in BOOKING_TRANSITIONS.items() if not allowed}
CURRENT_BOOKING_STATES = set(BookingState) - ENDED_BOOKING_STATES
# These take one of the session's numbered places, and the person's time.
PLACE_HOLDING_STATES = CURRENT_BOOKING_STATES - {
    BookingState.REQUESTED,
    BookingState.WAITING,
}
# Places that somebody still means to take.
COMING_STATES = PLACE_HOLDING_STATES - ATTENDANCE_STATES


class EndReason(models.TextChoices):
    """Why a booking ended, where its state does not tell."""

    CHANGED_PLANS = "changed_plans", "The person changed their plans"
    WORK_EMERGENCY = "work_emergency", "Court, duty or another emergency at work"
    SWAPPED = "swapped", "Swapped with a colleague"
    SESSION_CANCELLED = "session_cancelled", "The session was cancelled"
    SAFE_COVER = "safe_cover", "The team would have had too few people"
    NOT_APPROVED = "not_approved", "The manager did not approve"
    OFFER_DECLINED = "offer_declined", "The person did not want the place"
    NO_ANSWER = "no_answer", "Nobody answered in time"
    LEFT = "left", "The person no longer works here"
    NO_PLACE = "no_place", "No place came free before the session began"
    NOT_DRAWN = "not_drawn", "The fair round had fewer places than requests"
    NOMINATION_ENDED = "nomination_ended", "The nomination was taken back"


# What the council did, not the person: it moves them up the order of the waiting list.
ENDED_BY_SERVICE = {
    EndReason.WORK_EMERGENCY,
    EndReason.SESSION_CANCELLED,
    EndReason.SAFE_COVER,
}


class SkipReason(models.TextChoices):
    """Why somebody who waits is not offered a free place."""

    CLASH = "clash", "They have something else at that time"
    AWAY = "away", "They are away at that time"
    NO_TIME = "no_time", "They have no working hour left to answer in"
    NOT_OPEN = "not_open", "The session is no longer open to them"
    SWAPPED = "swapped", "A colleague gave their own place to somebody they chose"


class OverrideKind(models.TextChoices):
    ORDER = "order", "Past the waiting list"
    COVER = "cover", "Below safe cover"


class SwapState(models.TextChoices):
    PROPOSED = "proposed", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Taken back"
    LAPSED = "lapsed", "Overtaken"


SWAP_TRANSITIONS = {
    SwapState.PROPOSED: {
        SwapState.ACCEPTED,
        SwapState.DECLINED,
        SwapState.WITHDRAWN,
        SwapState.LAPSED,
    },
    SwapState.ACCEPTED: set(),
    SwapState.DECLINED: set(),
    SwapState.WITHDRAWN: set(),
    SwapState.LAPSED: set(),
}


class RoundState(models.TextChoices):
    """A fair round: announced until its places are given, or until it is called off."""

    ANNOUNCED = "announced", "Announced"
    SETTLED = "settled", "Places given"
    CALLED_OFF = "called_off", "Called off"


ROUND_TRANSITIONS = {
    RoundState.ANNOUNCED: {RoundState.SETTLED, RoundState.CALLED_OFF},
    RoundState.SETTLED: set(),
    RoundState.CALLED_OFF: set(),
}


class RoundOutcome(models.TextChoices):
    """What a request in a fair round came to on the day the places were given."""

    PLACE = "place", "A place"
    WAITING = "waiting", "On the waiting list"
    PASSED_OVER = "passed_over", "Passed over"


class NominationState(models.TextChoices):
    AWAITING_DECISION = "awaiting_decision", "Waiting for a decision"
    WAITING = "waiting", "Waiting for a place"
    ENROLLED = "enrolled", "Enrolled"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


NOMINATION_TRANSITIONS = {
    NominationState.AWAITING_DECISION: {
        NominationState.ENROLLED,
        NominationState.WAITING,
        NominationState.DECLINED,
        NominationState.WITHDRAWN,
    },
    # An officer has said yes, and there was no place: one that comes free enrols them.
    NominationState.WAITING: {
        NominationState.ENROLLED,
        NominationState.DECLINED,
        NominationState.WITHDRAWN,
    },
    NominationState.ENROLLED: {NominationState.WITHDRAWN},
    NominationState.DECLINED: set(),
    NominationState.WITHDRAWN: set(),
}

CURRENT_NOMINATION_STATES = {
    NominationState.AWAITING_DECISION,
    NominationState.WAITING,
    NominationState.ENROLLED,
}


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


# --- Outside courses, and what was attended elsewhere ---------------------------------------------


class OutsideState(models.TextChoices):
    ASKED = "asked", "Waiting for the manager"
    WITH_WORKFORCE = "with_workforce", "Waiting for workforce development"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Taken back"
    LAPSED = "lapsed", "Lapsed"
    ATTENDED = "attended", "Attended"
    NOT_ATTENDED = "not_attended", "Did not take place"


_ANSWERED = {OutsideState.DECLINED, OutsideState.WITHDRAWN, OutsideState.LAPSED}
OUTSIDE_TRANSITIONS = {
    OutsideState.ASKED: {OutsideState.WITH_WORKFORCE, *_ANSWERED},
    OutsideState.WITH_WORKFORCE: {OutsideState.APPROVED, *_ANSWERED},
    OutsideState.APPROVED: {
        OutsideState.ATTENDED,
        OutsideState.NOT_ATTENDED,
        OutsideState.WITHDRAWN,
    },
    OutsideState.DECLINED: set(),
    OutsideState.WITHDRAWN: set(),
    OutsideState.LAPSED: set(),
    OutsideState.ATTENDED: set(),
    OutsideState.NOT_ATTENDED: set(),
}
# Somebody has to say yes or no.
OUTSIDE_UNDECIDED = {OutsideState.ASKED, OutsideState.WITH_WORKFORCE}
# These take the person's time, as a place on one of the council's sessions does.
OUTSIDE_TIME_TAKEN = {OutsideState.APPROVED, OutsideState.ATTENDED}


class AttendedState(models.TextChoices):
    ASKED = "asked", "Waiting for the manager"
    QUESTIONED = "questioned", "Waiting for your answer"
    CONFIRMED = "confirmed", "Confirmed"
    DECLINED = "declined", "Not confirmed"
    WITHDRAWN = "withdrawn", "Taken back"


ATTENDED_TRANSITIONS = {
    AttendedState.ASKED: {
        AttendedState.QUESTIONED,
        AttendedState.CONFIRMED,
        AttendedState.DECLINED,
        AttendedState.WITHDRAWN,
    },
    AttendedState.QUESTIONED: {AttendedState.ASKED, AttendedState.WITHDRAWN},
    AttendedState.CONFIRMED: set(),
    AttendedState.DECLINED: set(),
    AttendedState.WITHDRAWN: set(),
}


class ReviewState(models.TextChoices):
    SHOWN = "shown", "Shown"
    HIDDEN = "hidden", "Hidden"


REVIEW_TRANSITIONS = {
    ReviewState.SHOWN: {ReviewState.HIDDEN},
    ReviewState.HIDDEN: {ReviewState.SHOWN},
}


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
