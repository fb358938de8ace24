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
    BookingState.WAITING: {
        BookingState.OFFERED,
        BookingState.BOOKED,
        BookingState.LAPSED,
        *CANCELLED_STATES,
    },
    BookingState.OFFERED: {BookingState.BOOKED, *CANCELLED_STATES, *_REFUSED},
    BookingState.BOOKED: ATTENDANCE_STATES | CANCELLED_STATES,
    BookingState.ATTENDED: ATTENDANCE_STATES - {BookingState.ATTENDED},
    BookingState.PARTLY_ATTENDED: ATTENDANCE_STATES,
    BookingState.NO_SHOW: ATTENDANCE_STATES - {BookingState.NO_SHOW},
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


class NominationState(models.TextChoices):
    AWAITING_DECISION = "awaiting_decision", "Waiting for a decision"
    ENROLLED = "enrolled", "Enrolled"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


NOMINATION_TRANSITIONS = {
    NominationState.AWAITING_DECISION: {
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
    NominationState.ENROLLED,
}


class SessionEvent(StrEnum):
    SESSION_PLANNED = "session_planned"
    SESSION_CHANGED = "session_changed"
    SESSION_CANCELLED = "session_cancelled"


class BookingEvent(StrEnum):
    PLACE_BOOKED = "place_booked"
    WAITING_LIST_JOINED = "waiting_list_joined"
    BOOKING_CANCELLED = "booking_cancelled"
    ATTENDANCE_MARKED = "attendance_marked"


class NominationEvent(StrEnum):
    NOMINATION_MADE = "nomination_made"
    NOMINATION_ENROLLED = "nomination_enrolled"
    NOMINATION_DECLINED = "nomination_declined"
    NOMINATION_WITHDRAWN = "nomination_withdrawn"
