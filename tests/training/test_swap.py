"""A place given to a named colleague who waits: proposed, answered, and fair to those who wait before."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from notifications.models import Message
from tests.factories.organisation import StaffMemberFactory
from tests.factories.training import (
    BookingFactory,
    SessionFactory,
    SwapProposalFactory,
    staff_user,
)
from training.actions import (
    accept_swap,
    cancel_booking,
    decline_swap,
    propose_swap,
    withdraw_swap,
)
from training.actions.timetable import let_time_answer
from training.exceptions import ClashesWith, SwapGone, SwapProposedAlready, SwapRefused
from training.models import Approval, Booking, SkippedOffer, SwapProposal
from training.states import BookingState, EndReason, SkipReason, SwapState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MONDAY = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def booking():
    """The only place on a session three weeks ahead."""
    start = MONDAY + timedelta(days=21)
    session = SessionFactory(starts_at=start, capacity=1)
    return BookingFactory(session=session)


def waiting(booking, days=0, **fields):
    fields = {"may_be_named": True, **fields}
    return BookingFactory(
        session=booking.session,
        state=BookingState.WAITING,
        waiting_since=MONDAY - timedelta(days=days),
        **fields,
    )


def state_of(row):
    return type(row).objects.get(pk=row.pk).state


def mails(template):
    return list(
        Message.objects.filter(template=f"training/emails/{template}").values_list("to", flat=True)
    )


def test_proposing_asks_the_colleague_and_changes_nothing(booking):
    wait = waiting(booking)

    proposal = propose_swap(booking=booking, waiting=wait, by=booking.person)

    assert [state_of(row) for row in (proposal, booking, wait)] == [
        SwapState.PROPOSED,
        BookingState.BOOKED,
        BookingState.WAITING,
    ]
    assert mails("swap_proposed") == [wait.person.email]


def test_asking_the_same_colleague_twice_asks_once(booking):
    wait = waiting(booking)

    made = [propose_swap(booking=booking, waiting=wait, by=booking.person) for _ in range(2)]

    assert made[0] == made[1]
    assert len(mails("swap_proposed")) == 1


def test_one_colleague_is_asked_at_a_time(booking):
    propose_swap(booking=booking, waiting=waiting(booking), by=booking.person)

    with pytest.raises(SwapProposedAlready):
        propose_swap(booking=booking, waiting=waiting(booking), by=booking.person)


def test_when_the_first_stops_waiting_another_can_be_asked(booking):
    first, second = waiting(booking), waiting(booking)
    propose_swap(booking=booking, waiting=first, by=booking.person)
    cancel_booking(booking=first, by=first.person)

    proposal = propose_swap(booking=booking, waiting=second, by=booking.person)

    assert proposal.waiting == second


def test_who_would_rather_not_be_named_cannot_be_asked(booking):
    with pytest.raises(SwapGone):
        propose_swap(
            booking=booking, waiting=waiting(booking, may_be_named=False), by=booking.person
        )


def test_who_waits_for_something_else_cannot_be_asked(booking):
    other = BookingFactory(state=BookingState.WAITING, may_be_named=True)

    with pytest.raises(SwapGone):
        propose_swap(booking=booking, waiting=other, by=booking.person)


def test_nobody_gives_away_another_persons_place(booking):
    with pytest.raises(PermissionDenied):
        propose_swap(booking=booking, waiting=waiting(booking), by=staff_user())


def test_an_offered_place_cannot_be_given_away(booking):
    Booking.objects.filter(pk=booking.pk).update(
        state=BookingState.OFFERED, answer_by=MONDAY + timedelta(days=1)
    )

    with pytest.raises(SwapRefused):
        propose_swap(booking=booking, waiting=waiting(booking), by=booking.person)


def test_accepting_ends_one_booking_and_gives_its_place_to_the_other(booking):
    wait = waiting(booking)
    proposal = propose_swap(booking=booking, waiting=wait, by=booking.person)

    taken = accept_swap(proposal=proposal, by=wait.person)

    booking.refresh_from_db()
    assert (booking.state, booking.end_reason, booking.place_number) == (
        BookingState.CANCELLED_BY_PERSON,
        EndReason.SWAPPED,
        None,
    )
    assert (taken.pk, taken.state, taken.place_number) == (wait.pk, BookingState.BOOKED, 1)
    assert state_of(proposal) == SwapState.ACCEPTED


def test_both_get_a_calendar_file(booking):
    wait = waiting(booking)
    proposal = propose_swap(booking=booking, waiting=wait, by=booking.person)

    accept_swap(proposal=proposal, by=wait.person)

    sent = {
        message.to: Calendar.from_ical(bytes(message.attachments.get().content))["METHOD"]
        for message in Message.objects.filter(
            template__in=["training/emails/swap_accepted", "training/emails/place_booked"]
        )
    }
    assert sent == {booking.person.email: "CANCEL", wait.person.email: "REQUEST"}


def test_who_waits_before_the_colleague_has_the_reason(booking):
    first, wait, last = waiting(booking, 9), waiting(booking, 5), waiting(booking, 1)
    proposal = propose_swap(booking=booking, waiting=wait, by=booking.person)

    accept_swap(proposal=proposal, by=wait.person)

    skips = SkippedOffer.objects.values_list("booking", "offered", "reason")
    assert list(skips) == [(first.pk, wait.pk, SkipReason.SWAPPED)]
    assert state_of(last) == BookingState.WAITING


def test_saying_yes_twice_swaps_once(booking):
    wait = waiting(booking)
    proposal = propose_swap(booking=booking, waiting=wait, by=booking.person)

    taken = [accept_swap(proposal=proposal, by=wait.person) for _ in range(2)]

    assert taken[0] == taken[1] == wait
    assert mails("swap_accepted") == [booking.person.email]


def test_a_swap_is_possible_after_the_time_for_cancelling(booking):
    type(booking.session.course).objects.update(cancellation_notice_hours=24 * 7)
    wait = waiting(booking)

    with time_machine.travel(booking.session.starts_at - timedelta(hours=20), tick=False):
        proposal = propose_swap(booking=booking, waiting=wait, by=booking.person)
        accept_swap(proposal=proposal, by=wait.person)

    assert state_of(wait) == BookingState.BOOKED


def test_a_colleague_with_something_else_then_keeps_waiting(booking):
    wait = waiting(booking)
    other = SessionFactory(starts_at=booking.session.starts_at)
    BookingFactory(session=other, person=wait.person)
    proposal = SwapProposalFactory(booking=booking, waiting=wait)

    with pytest.raises(ClashesWith):
        accept_swap(proposal=proposal, by=wait.person)

    assert [state_of(booking), state_of(wait)] == [BookingState.BOOKED, BookingState.WAITING]


def test_the_giver_is_offered_what_the_place_stood_in_the_way_of(booking):
    other = SessionFactory(starts_at=booking.session.starts_at, capacity=1)
    elsewhere = BookingFactory(
        session=other, person=booking.person, state=BookingState.WAITING, waiting_since=MONDAY
    )
    proposal = SwapProposalFactory(booking=booking)

    accept_swap(proposal=proposal, by=proposal.waiting.person)

    assert state_of(elsewhere) == BookingState.OFFERED


@pytest.mark.parametrize("answer", [accept_swap, decline_swap])
def test_only_the_colleague_answers(booking, answer):
    proposal = SwapProposalFactory(booking=booking)

    with pytest.raises(PermissionDenied):
        answer(proposal=proposal, by=booking.person)


def test_only_the_giver_takes_it_back(booking):
    proposal = SwapProposalFactory(booking=booking)

    with pytest.raises(PermissionDenied):
        withdraw_swap(proposal=proposal, by=proposal.waiting.person)


def test_declining_and_taking_back_tell_the_other_and_change_no_booking(booking):
    declined = SwapProposalFactory(booking=booking)
    decline_swap(proposal=declined, by=declined.waiting.person)
    taken_back = SwapProposalFactory(booking=booking)
    withdraw_swap(proposal=taken_back, by=booking.person)

    assert [state_of(declined), state_of(taken_back)] == [SwapState.DECLINED, SwapState.WITHDRAWN]
    assert mails("swap_declined") == [booking.person.email]
    assert mails("swap_withdrawn") == [taken_back.waiting.person.email]
    assert state_of(booking) == BookingState.BOOKED


def test_a_swap_overtaken_by_a_cancellation_is_gone(booking):
    proposal = SwapProposalFactory(booking=booking)
    cancel_booking(booking=booking, by=booking.person)

    with pytest.raises(SwapGone):
        accept_swap(proposal=proposal, by=proposal.waiting.person)
    let_time_answer()

    assert state_of(proposal) == SwapState.LAPSED
    assert state_of(proposal.waiting) == BookingState.OFFERED


def test_a_swap_lapses_when_the_session_begins(booking):
    proposal = SwapProposalFactory(booking=booking)

    with time_machine.travel(booking.session.starts_at, tick=False):
        with pytest.raises(SwapGone):
            accept_swap(proposal=proposal, by=proposal.waiting.person)
        let_time_answer()
        assert list(SwapProposal.objects.open(MONDAY)) == []

    assert state_of(proposal) == SwapState.LAPSED


def test_a_course_that_needs_a_yes_holds_the_place_for_the_colleagues_manager(booking):
    type(booking.session.course).objects.update(approval=Approval.ALWAYS)
    manager = StaffMemberFactory()
    wait = waiting(booking, person=staff_user(line_manager=manager))
    proposal = SwapProposalFactory(booking=booking, waiting=wait)

    taken = accept_swap(proposal=proposal, by=wait.person)

    assert (taken.state, taken.place_number) == (BookingState.HELD, 1)
    assert mails("place_held_manager") == [manager.user.email]
