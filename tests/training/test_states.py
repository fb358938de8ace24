"""Each state table over its whole grid: what it allows can be done, and nothing else."""

import itertools

import pytest

from accounts.states import InvalidTransition
from tests.factories.accounts import UserFactory
from tests.factories.training import SessionFactory
from training.models import (
    AttendedElsewhere,
    Booking,
    FairRound,
    Nomination,
    OutsideCourse,
    OutsideReview,
    Session,
    SwapProposal,
)
from training.states import (
    CURRENT_BOOKING_STATES,
    ENDED_BOOKING_STATES,
    PLACE_HOLDING_STATES,
    AttendedState,
    BookingState,
    NominationState,
    OutsideState,
    ReviewState,
    RoundState,
    SessionState,
    SwapState,
)

B, N, S, W = BookingState, NominationState, SessionState, SwapState
E, A, R, F = OutsideState, AttendedState, ReviewState, RoundState

CANCELLED = {B.CANCELLED_BY_PERSON, B.CANCELLED_BY_SERVICE}
ALLOWED = {
    Booking: {
        B.REQUESTED: {B.HELD, B.WAITING, B.BOOKED, B.DECLINED, B.LAPSED, *CANCELLED},
        B.HELD: {B.WAITING, B.BOOKED, B.DECLINED, B.LAPSED, *CANCELLED},
        B.WAITING: {B.OFFERED, B.HELD, B.BOOKED, B.LAPSED, *CANCELLED},
        B.OFFERED: {B.BOOKED, B.HELD, B.DECLINED, B.LAPSED, *CANCELLED},
        B.BOOKED: {B.ATTENDED, B.PARTLY_ATTENDED, B.NO_SHOW, B.DECLINED, *CANCELLED},
        B.ATTENDED: {B.PARTLY_ATTENDED, B.NO_SHOW, B.BOOKED},
        B.PARTLY_ATTENDED: {B.ATTENDED, B.PARTLY_ATTENDED, B.NO_SHOW, B.BOOKED},
        B.NO_SHOW: {B.ATTENDED, B.PARTLY_ATTENDED, B.CANCELLED_BY_SERVICE},
    },
    Nomination: {
        N.AWAITING_DECISION: {N.ENROLLED, N.WAITING, N.DECLINED, N.WITHDRAWN},
        N.WAITING: {N.ENROLLED, N.DECLINED, N.WITHDRAWN},
        N.ENROLLED: {N.WITHDRAWN},
    },
    Session: {S.PLANNED: {S.CANCELLED}},
    FairRound: {F.ANNOUNCED: {F.SETTLED, F.CALLED_OFF}},
    OutsideCourse: {
        E.ASKED: {E.WITH_WORKFORCE, E.DECLINED, E.WITHDRAWN, E.LAPSED},
        E.WITH_WORKFORCE: {E.APPROVED, E.DECLINED, E.WITHDRAWN, E.LAPSED},
        E.APPROVED: {E.ATTENDED, E.NOT_ATTENDED, E.WITHDRAWN},
    },
    AttendedElsewhere: {
        A.ASKED: {A.QUESTIONED, A.CONFIRMED, A.DECLINED, A.WITHDRAWN},
        A.QUESTIONED: {A.ASKED, A.WITHDRAWN},
    },
    OutsideReview: {R.SHOWN: {R.HIDDEN}, R.HIDDEN: {R.SHOWN}},
    SwapProposal: {W.PROPOSED: {W.ACCEPTED, W.DECLINED, W.WITHDRAWN, W.LAPSED}},
}
GRID = [
    (model, before, after)
    for model, states in (
        (Booking, B),
        (FairRound, F),
        (Nomination, N),
        (Session, S),
        (SwapProposal, W),
        (OutsideCourse, E),
        (AttendedElsewhere, A),
        (OutsideReview, R),
    )
    for before, after in itertools.product(states, states)
]


def unsaved(model, state):
    if model in (SwapProposal, OutsideCourse, AttendedElsewhere, OutsideReview, FairRound):
        return model(state=state)
    session = SessionFactory.build(state=state)
    if model is Session:
        return session
    if model is Booking:
        return Booking(state=state, session=session, person=UserFactory.build())
    return Nomination(state=state, session=session, nominee=UserFactory.build())


@pytest.mark.parametrize(("model", "before", "after"), GRID)
def test_a_state_follows_another_only_as_the_table_says(model, before, after):
    row = unsaved(model, before)

    if after in ALLOWED[model].get(before, set()):
        row.move_to(after)
        assert row.state == after
    else:
        with pytest.raises(InvalidTransition):
            row.move_to(after)
        assert row.state == before


def test_waiting_and_asking_hold_no_place_and_what_is_over_neither():
    assert set(B) - PLACE_HOLDING_STATES == {B.REQUESTED, B.WAITING, *ENDED_BOOKING_STATES}
    assert ENDED_BOOKING_STATES == {*CANCELLED, B.DECLINED, B.LAPSED}
    assert CURRENT_BOOKING_STATES == set(B) - ENDED_BOOKING_STATES
