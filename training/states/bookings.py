"""Sessions, bookings and swaps."""

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
# What somebody else, work or the clock brings a booking to.
ENDED_WITHOUT_THE_PERSON = {BookingState.CANCELLED_BY_SERVICE, *_REFUSED}
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
    # Marked by mistake while the session runs, the place is booked again.
    BookingState.ATTENDED: {*ATTENDANCE_STATES - {BookingState.ATTENDED}, BookingState.BOOKED},
    BookingState.PARTLY_ATTENDED: {*ATTENDANCE_STATES, BookingState.BOOKED},
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


# What the manager said no to. They are asked first when the person wants that very session again.
ENDED_BY_MANAGER = [EndReason.SAFE_COVER, EndReason.NOT_APPROVED]


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
