"""A freed place is offered to the next who waits, in the published order, and to nobody before them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from notifications.models import Message
from organisation.models import Absence
from tests.factories.training import BookingFactory, SessionFactory, officer, staff_user
from training.actions import (
    accept_offer,
    accept_swap,
    book_past_the_order,
    book_place,
    cancel_booking,
    change_session,
    decline_offer,
    propose_swap,
    say_called_away,
)
from training.actions.timetable import let_time_answer
from training.exceptions import BookingCannotBeCancelled, OfferGone, SessionFull
from training.invariants import no_place_is_free_while_somebody_waits_who_can_come
from training.models import Booking, Override, SkippedOffer
from training.states import BookingState, EndReason, SkipReason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MONDAY = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def session():
    """Three weeks ahead, with one place, which is taken."""
    start = MONDAY + timedelta(days=21)
    session = SessionFactory(starts_at=start, capacity=1)
    BookingFactory(session=session)
    return session


def waiting(session, since=MONDAY, **fields):
    return BookingFactory(
        session=session, state=BookingState.WAITING, waiting_since=since, **fields
    )


def free_a_place(session):
    booking = session.bookings.get(state=BookingState.BOOKED)
    cancel_booking(booking=booking, by=booking.person)


def states(*bookings):
    return [Booking.objects.get(pk=booking.pk).state for booking in bookings]


def test_a_freed_place_is_offered_at_once_to_who_has_waited_longest(session):
    later, earlier = waiting(session, MONDAY), waiting(session, MONDAY - timedelta(days=1))

    free_a_place(session)

    assert states(later, earlier) == [BookingState.WAITING, BookingState.OFFERED]
    earlier.refresh_from_db()
    assert earlier.place_number == 1
    # Sixteen working hours: nine on Monday is the beginning of the first of two days.
    assert earlier.answer_by == datetime(2030, 1, 8, 17, tzinfo=UTC)
    told = Message.objects.get(template="training/emails/place_offered")
    assert told.to == earlier.person.email


def test_who_the_service_cancelled_comes_before_who_waited_longer(session):
    longest, called_away = waiting(session, MONDAY - timedelta(days=9)), waiting(session)
    BookingFactory(
        person=called_away.person,
        state=BookingState.CANCELLED_BY_SERVICE,
        end_reason=EndReason.WORK_EMERGENCY,
        ended_at=MONDAY - timedelta(days=30),
    )

    free_a_place(session)

    assert states(longest, called_away) == [BookingState.WAITING, BookingState.OFFERED]


def test_who_has_most_of_the_five_days_left_comes_first(session):
    has_a_day, has_none = waiting(session, MONDAY - timedelta(days=9)), waiting(session)
    BookingFactory(
        person=has_a_day.person, session=SessionFactory(starts_at=MONDAY + timedelta(days=40))
    )

    free_a_place(session)

    assert states(has_a_day, has_none) == [BookingState.WAITING, BookingState.OFFERED]


@pytest.mark.parametrize("reason", [SkipReason.CLASH, SkipReason.AWAY, SkipReason.NOT_OPEN])
def test_who_cannot_come_is_passed_over_with_the_reason(session, reason):
    first, second = waiting(session, MONDAY - timedelta(days=1)), waiting(session)
    stop(first, session, reason)

    free_a_place(session)

    assert states(first, second) == [BookingState.WAITING, BookingState.OFFERED]
    (skip,) = SkippedOffer.objects.all()
    assert (skip.booking, skip.offered, skip.reason) == (first, second, reason)


def stop(booking, session, reason):
    member = booking.person.staff_member
    if reason == SkipReason.CLASH:
        other = SessionFactory(starts_at=session.starts_at, course__counts_towards_five=False)
        BookingFactory(session=other, person=booking.person)
    elif reason == SkipReason.AWAY:
        day = session.starts_on
        Absence.objects.create(member=member, starts_on=day, ends_on=day, key="1")
    else:
        member.left_on = MONDAY.date() - timedelta(days=1)
        member.save()


def test_who_leads_something_else_then_is_passed_over(session):
    busy, next_one = waiting(session), waiting(session, since=MONDAY + timedelta(minutes=1))
    SessionFactory(starts_at=session.starts_at, trainer=busy.person)

    free_a_place(session)

    assert states(busy, next_one) == [BookingState.WAITING, BookingState.OFFERED]
    assert SkippedOffer.objects.get().reason == SkipReason.CLASH


def test_with_no_working_hour_left_the_place_is_anybodys(session):
    person = waiting(session)

    with time_machine.travel(session.starts_at - timedelta(minutes=30), tick=False):
        free_a_place(session)
        booking = book_place(session=session, person=(other := staff_user()), by=other)

    assert states(person, booking) == [BookingState.WAITING, BookingState.BOOKED]
    assert SkippedOffer.objects.get().reason == SkipReason.NO_TIME


def test_nobody_books_before_who_waits_even_if_nobody_was_offered_it_yet(session):
    booked = session.bookings.get()
    Booking.objects.filter(pk=booked.pk).update(
        state=BookingState.CANCELLED_BY_PERSON, place_number=None, ended_at=MONDAY
    )
    waiting(session)
    person = staff_user()

    with pytest.raises(SessionFull):
        book_place(session=session, person=person, by=person)


def test_accepting_books_the_place(session):
    person = waiting(session)
    free_a_place(session)

    booking = accept_offer(booking=person, by=person.person)

    assert (booking.state, booking.place_number) == (BookingState.BOOKED, 1)
    assert Message.objects.filter(
        template="training/emails/place_booked", to=person.person.email
    ).exists()


def use(person, half_days):
    """Let somebody have booked so much that counts in the year of the session."""
    SessionFactory.reset_sequence(60)
    for _ in range(half_days // 2):
        BookingFactory(person=person)
    if half_days % 2:
        BookingFactory(person=person, session__half_days=1)


@pytest.mark.parametrize(
    ("used", "state"),
    [(8, BookingState.BOOKED), (9, BookingState.HELD), (12, BookingState.HELD)],
)
@pytest.mark.parametrize("way", ["offered", "directly", "swapped"])
def test_what_goes_beyond_the_five_days_is_held_however_the_place_comes(
    session, member, used, state, way
):
    """Ten half days are promised, and the session is worth two of them."""
    use(member.user, used)
    if way == "directly":
        type(session).objects.update(capacity=2)
        booking = book_place(session=session, person=member.user, by=member.user)
    elif way == "offered":
        booking = waiting(session, person=member.user)
        free_a_place(session)
        booking = accept_offer(booking=booking, by=member.user)
    else:
        given = session.bookings.get()
        booking = waiting(session, person=member.user, may_be_named=True)
        proposal = propose_swap(booking=given, waiting=booking, by=given.person)
        booking = accept_swap(proposal=proposal, by=member.user)

    assert (booking.state, booking.place_number is not None) == (state, True)


def test_declining_offers_the_place_to_the_next(session):
    first, second = waiting(session, MONDAY - timedelta(days=1)), waiting(session)
    free_a_place(session)

    decline_offer(booking=first, by=first.person)

    assert states(first, second) == [BookingState.DECLINED, BookingState.OFFERED]


def test_an_offer_without_an_answer_lapses_and_goes_to_the_next(session):
    first, second = waiting(session, MONDAY - timedelta(days=1)), waiting(session)
    free_a_place(session)

    with time_machine.travel(MONDAY + timedelta(days=1, hours=8), tick=False):
        let_time_answer()
        let_time_answer()

    assert states(first, second) == [BookingState.LAPSED, BookingState.OFFERED]
    assert Message.objects.filter(template="training/emails/offer_lapsed").count() == 1
    with pytest.raises(OfferGone):
        accept_offer(booking=first, by=first.person)


def test_added_places_are_offered_as_many_as_there_are(session):
    rows = [waiting(session, MONDAY - timedelta(days=days)) for days in (3, 2, 1)]

    change_session(session=session, by=officer(), capacity=3)

    assert states(*rows) == [BookingState.OFFERED, BookingState.OFFERED, BookingState.WAITING]


def test_cancelling_one_place_lets_the_person_be_offered_another_at_that_time(session):
    person = waiting(session)
    elsewhere = BookingFactory(
        session=SessionFactory(starts_at=session.starts_at), person=person.person
    )
    free_a_place(session)
    assert states(person) == [BookingState.WAITING]

    cancel_booking(booking=elsewhere, by=person.person)

    assert states(person) == [BookingState.OFFERED]


def test_who_could_not_come_is_offered_what_is_free_once_they_can(session):
    person = waiting(session)
    member = person.person.staff_member
    day = session.starts_on
    absence = Absence.objects.create(member=member, starts_on=day, ends_on=day, key="1")
    free_a_place(session)
    absence.delete()

    let_time_answer()

    assert states(person) == [BookingState.OFFERED]


def test_a_place_left_free_while_somebody_waits_is_found_out(session):
    booking = waiting(session)
    session.bookings.get(state=BookingState.BOOKED).delete()  # Nothing in the portal frees one so.
    assert list(no_place_is_free_while_somebody_waits_who_can_come()) == []

    with time_machine.travel(MONDAY + timedelta(hours=2), tick=False):
        assert list(no_place_is_free_while_somebody_waits_who_can_come()) == [
            f"Session {session.pk} has a free place, and booking {booking.pk} waits for one."
        ]
        let_time_answer()
        assert list(no_place_is_free_while_somebody_waits_who_can_come()) == []


def test_who_cannot_come_may_wait_beside_a_free_place(session):
    booking = waiting(session)
    day = session.starts_on
    Absence.objects.create(
        member=booking.person.staff_member, starts_on=day, ends_on=day, part="whole_days"
    )
    session.bookings.get(state=BookingState.BOOKED).delete()

    with time_machine.travel(MONDAY + timedelta(hours=2), tick=False):
        assert list(no_place_is_free_while_somebody_waits_who_can_come()) == []


def test_an_override_goes_past_the_order_and_is_kept(session):
    first, person, by = waiting(session), staff_user(), officer()

    booking = book_past_the_order(session=session, person=person, by=by, reason="Court next week.")

    assert states(first, booking) == [BookingState.WAITING, BookingState.BOOKED]
    session.refresh_from_db()
    assert session.capacity == 2
    kept = Override.objects.get()
    assert (kept.booking, kept.made_by, kept.reason) == (booking, by, "Court next week.")


def test_called_away_gives_the_day_back_and_offers_the_place(session):
    person = waiting(session)
    booking = session.bookings.get(state=BookingState.BOOKED)
    type(session.course).objects.update(cancellation_notice_hours=24 * 7)

    with time_machine.travel(session.starts_at - timedelta(days=4), tick=False):
        with pytest.raises(BookingCannotBeCancelled):
            cancel_booking(booking=booking, by=booking.person)
        say_called_away(booking=booking, by=booking.person, why="Court at ten.")

    booking.refresh_from_db()
    assert (booking.state, booking.end_reason) == (
        BookingState.CANCELLED_BY_SERVICE,
        EndReason.WORK_EMERGENCY,
    )
    assert states(person) == [BookingState.OFFERED]
    told = Message.objects.get(template="training/emails/called_away")
    assert told.to == booking.person.email
