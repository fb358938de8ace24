from itertools import pairwise, product

import pytest

from accounts.states import InvalidTransition
from applications.models import Application, Declaration, Offer, OnlineSearch, RiskAssessment
from applications.progress import PROGRESS, states_ahead
from applications.registration import tidy_registration_number
from applications.states import (
    APPLICATION_TRANSITIONS,
    ASSESSMENT_TRANSITIONS,
    DECLARATION_TRANSITIONS,
    DOCUMENT_TRANSITIONS,
    FINAL_STATES,
    HAPPY_PATH,
    SEARCH_TRANSITIONS,
    ApplicationState,
    AssessmentState,
    DeclarationState,
    DocumentState,
    OfferState,
    SearchState,
)

S = ApplicationState
ALLOWED = {
    (S.DRAFT, S.SUBMITTED),
    (S.SUBMITTED, S.SHORTLISTING),
    (S.SUBMITTED, S.UNSUCCESSFUL),
    (S.SUBMITTED, S.WITHDRAWN),
    (S.SHORTLISTING, S.INTERVIEW),
    (S.SHORTLISTING, S.UNSUCCESSFUL),
    (S.SHORTLISTING, S.WITHDRAWN),
    (S.INTERVIEW, S.OFFERED),
    (S.INTERVIEW, S.UNSUCCESSFUL),
    (S.INTERVIEW, S.WITHDRAWN),
    (S.OFFERED, S.CHECKS),
    (S.OFFERED, S.UNSUCCESSFUL),
    (S.OFFERED, S.WITHDRAWN),
    (S.CHECKS, S.HIRED),
    (S.CHECKS, S.UNSUCCESSFUL),
    (S.CHECKS, S.WITHDRAWN),
    # A firm offer that is cancelled before the first day.
    (S.HIRED, S.UNSUCCESSFUL),
    # A withdrawal that is taken back.
    (S.WITHDRAWN, S.SUBMITTED),
    (S.WITHDRAWN, S.SHORTLISTING),
    (S.WITHDRAWN, S.INTERVIEW),
    (S.WITHDRAWN, S.OFFERED),
    (S.WITHDRAWN, S.CHECKS),
    # A decision of the shortlisting, or a refusal by hand, that is undone.
    (S.INTERVIEW, S.SHORTLISTING),
    (S.UNSUCCESSFUL, S.SUBMITTED),
    (S.UNSUCCESSFUL, S.SHORTLISTING),
    (S.UNSUCCESSFUL, S.INTERVIEW),
}


OF = OfferState
OFFER_WAYS = {
    (OF.MADE, OF.ACCEPTED),
    (OF.MADE, OF.DECLINED),
    (OF.MADE, OF.WITHDRAWN),
    (OF.MADE, OF.LAPSED),
    (OF.ACCEPTED, OF.FIRM),
    (OF.ACCEPTED, OF.DECLINED),
    (OF.ACCEPTED, OF.WITHDRAWN),
    (OF.FIRM, OF.STARTED),
    (OF.FIRM, OF.DECLINED),
    (OF.FIRM, OF.WITHDRAWN),
    # A withdrawal that is taken back.
    (OF.DECLINED, OF.MADE),
    (OF.DECLINED, OF.ACCEPTED),
}


@pytest.mark.parametrize(("before", "after"), list(product(OfferState, repeat=2)))
def test_an_offer_moves_only_along_its_table(before, after):
    assert Offer(state=before).can_become(after) == ((before, after) in OFFER_WAYS)


@pytest.mark.parametrize(("before", "after"), list(product(ApplicationState, repeat=2)))
def test_application_moves_only_along_the_table(before, after):
    application = Application(state=before)

    if (before, after) in ALLOWED:
        application.move_to(after)
        assert application.state == after
    else:
        with pytest.raises(InvalidTransition):
            application.move_to(after)
        assert application.state == before


DECLARED = {("asked", "sent"), ("asked", "ended"), ("sent", "read"), ("sent", "ended")} | {
    ("ended", "asked"),
    ("ended", "sent"),
}
ASSESSED = {
    ("begun", "shared"),
    ("begun", "ended"),
    ("shared", "proposed"),
    ("shared", "ended"),
    ("proposed", "shared"),
    ("proposed", "decided"),
    ("proposed", "ended"),
    ("ended", "begun"),
    ("ended", "shared"),
}
SEARCHED = {("due", "recorded"), ("due", "ended"), ("ended", "due")}


@pytest.mark.parametrize(
    ("model", "states", "allowed"),
    [
        (Declaration, DeclarationState, DECLARED),
        (RiskAssessment, AssessmentState, ASSESSED),
        (OnlineSearch, SearchState, SEARCHED),
    ],
)
def test_what_is_told_assessed_and_searched_moves_only_along_its_table(model, states, allowed):
    found = {
        (before, after)
        for before, after in product(states, repeat=2)
        if model(state=before).can_become(after)
    }

    assert found == allowed


def test_every_state_has_its_row_and_its_words():
    assert list(APPLICATION_TRANSITIONS) == list(ApplicationState)
    assert list(PROGRESS) == list(ApplicationState)
    assert list(DOCUMENT_TRANSITIONS) == list(DocumentState)
    assert list(DECLARATION_TRANSITIONS) == list(DeclarationState)
    assert list(ASSESSMENT_TRANSITIONS) == list(AssessmentState)
    assert list(SEARCH_TRANSITIONS) == list(SearchState)


def test_from_final_states_nothing_leads_on_but_undoing_cancelling_and_taking_a_withdrawal_back():
    ways = {state: APPLICATION_TRANSITIONS[state] for state in FINAL_STATES}

    assert ways == {
        S.HIRED: {S.UNSUCCESSFUL},
        S.UNSUCCESSFUL: {S.SUBMITTED, S.SHORTLISTING, S.INTERVIEW},
        S.WITHDRAWN: set(HAPPY_PATH) - {S.HIRED},
    }


def test_the_happy_path_is_a_way_through_the_table():
    steps = pairwise(HAPPY_PATH)

    assert [after in APPLICATION_TRANSITIONS[before] for before, after in steps] == [True] * 5


def test_nothing_is_ahead_of_an_application_that_left_the_path():
    assert states_ahead(S.UNSUCCESSFUL) == []
    assert states_ahead(S.OFFERED) == [S.CHECKS, S.HIRED]


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("SW12345", "SW12345"),
        ("sw 00 12345", "SW12345"),
        ("12345", "SW12345"),
        ("SW000999001", "SW999001"),
        ("SW1234567", None),
        ("SW", None),
        ("SW0", None),
        ("HCPC123", None),
        ("ＳＷ１２３", None),
        ("", None),
    ],
)
def test_tidy_registration_number_gives_one_form(typed, tidy):
    assert tidy_registration_number(typed) == tidy
