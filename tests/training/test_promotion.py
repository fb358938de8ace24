"""No sequence of events gives a free place to somebody before a person whom the published order puts first."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisation.models import Absence
from tests.factories.promise import AbsenceFactory
from tests.factories.training import BookingFactory, SessionFactory, officer, staff_user
from training.actions import (
    accept_offer,
    book_place,
    cancel_booking,
    change_session,
    decline_offer,
    fill_free_places,
    join_waiting_list,
    say_called_away,
)
from training.actions.offers import lapse_offer
from training.exceptions import BookingCannotBeCancelled, BookingRefused, CapacityBelowBookings
from training.models import Booking, SkippedOffer
from training.queries import waiting_in_published_order
from training.states import BookingState

pytestmark = pytest.mark.django_db
MONDAY = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
PEOPLE = 6
WHO = st.integers(0, PEOPLE - 1)
NAMES = (
    "book",
    "wait",
    "cancel",
    "called_away",
    "accept",
    "decline",
    "say_nothing",
    "absence",
    "no_absence",
)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(NAMES), WHO), st.tuples(st.just("places"), st.integers(1, 4))
    ),
    max_size=25,
)
OWN = {"cancel": cancel_booking, "accept": accept_offer, "decline": decline_offer}


def happen(name, number, session, people):
    person = people[number % PEOPLE]
    booking = Booking.objects.current().filter(session=session, person=person).first()
    if name == "book":
        book_place(session=session, person=person, by=person)
    elif name == "wait":
        join_waiting_list(session=session, person=person, by=person)
    elif name == "places":
        change_session(session=session, by=officer(), capacity=number)
    elif name == "absence":
        day = session.starts_on
        AbsenceFactory(member=person.staff_member, starts_on=day, ends_on=day)
    elif name == "no_absence":
        Absence.objects.filter(member=person.staff_member).delete()
        fill_free_places(session=session)
    elif booking is None:
        return
    elif name == "called_away":
        say_called_away(booking=booking, by=person, why="Court")
    elif name in OWN and (name == "cancel" or booking.is_offered):
        OWN[name](booking=booking, by=person)
    elif name == "say_nothing" and booking.is_offered:
        Booking.objects.filter(pk=booking.pk).update(answer_by=MONDAY)
        lapse_offer(booking=booking)


def place_numbers(session):
    held = Booking.objects.holding_a_place().filter(session=session)
    return sorted(held.values_list("place_number", flat=True))


def offers(session):
    return set(session.bookings.filter(state=BookingState.OFFERED).values_list("pk", flat=True))


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(EVENTS)
def test_nobody_is_offered_a_place_before_whom_the_order_puts_first(events):
    with time_machine.travel(MONDAY) as clock:
        people = [staff_user() for _ in range(PEOPLE)]
        for number, person in enumerate(people):  # So that some have more of the five days left.
            for week in range(number % 3):
                start = MONDAY + timedelta(days=49 + 7 * week)
                BookingFactory(person=person, session=SessionFactory(starts_at=start))
        session = SessionFactory(starts_at=MONDAY + timedelta(days=21), capacity=1)
        book_place(session=session, person=people[0], by=people[0])
        for person in people[1:-1]:
            clock.shift(1)
            join_waiting_list(session=session, person=person, by=person)
        for name, number in events:
            clock.shift(1)
            session.refresh_from_db()
            order = [row.pk for row in waiting_in_published_order(session, MONDAY)]
            already = offers(session)
            try:
                happen(name, number, session, people)
            except (BookingRefused, BookingCannotBeCancelled, CapacityBelowBookings):
                continue
            session.refresh_from_db()
            the_order_was_kept(session, order, offers(session) - already)


def the_order_was_kept(session, order, new_offers):
    held = place_numbers(session)
    assert len(set(held)) == len(held) <= session.capacity
    waiting = set(session.bookings.filter(state=BookingState.WAITING).values_list("pk", flat=True))
    for offered in new_offers:
        before = {pk for pk in order[: order.index(offered)] if pk in waiting}
        skipped = SkippedOffer.objects.filter(offered__in=new_offers, booking__in=before)
        assert set(skipped.values_list("booking", flat=True)) == before
    if len(held) < session.capacity:  # What is free is free because nobody who waits can come.
        at_work = session.bookings.filter(pk__in=waiting, person__staff_member__absences=None)
        assert not at_work.exists()
