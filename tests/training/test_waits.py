"""What somebody who waits is told: their place in the published order, their chance, why not them."""

from datetime import UTC, datetime, timedelta

import pytest

from organisation.models import Absence
from tests.factories.training import BookingFactory, CourseFactory, SessionFactory, staff_user
from training.actions import cancel_booking, join_waiting_list
from training.models import Booking
from training.queries import passed_over, waits_of
from training.queries.waiting import Chance
from training.states import BookingState, EndReason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


def full_session(course=None, days=21):
    session = SessionFactory(
        course=course or CourseFactory(), starts_at=NOW + timedelta(days=days), capacity=1
    )
    BookingFactory(session=session)
    return session


def waiting(session, days=0, **fields):
    since = NOW - timedelta(days=days)
    return BookingFactory(
        session=session, state=BookingState.WAITING, waiting_since=since, **fields
    )


def earlier_waits(course, position, *, lucky, unlucky, days_ago=30):
    """People who began to wait at a position for a session of the course that is over."""
    session = SessionFactory(course=course, starts_at=NOW - timedelta(days=days_ago), capacity=40)
    for _ in range(lucky):
        BookingFactory(
            session=session,
            state=BookingState.ATTENDED,
            half_days_attended=2,
            joined_at_position=position,
            offered_at=session.starts_at - timedelta(days=9),
        )
    for _ in range(unlucky):
        BookingFactory(
            session=session,
            state=BookingState.LAPSED,
            end_reason=EndReason.NO_PLACE,
            joined_at_position=position,
        )


def test_the_position_is_that_of_the_published_order():
    session = full_session()
    has_a_day, has_none = waiting(session, 9), waiting(session)
    BookingFactory(
        person=has_a_day.person, session=SessionFactory(starts_at=NOW + timedelta(days=40))
    )

    waits = waits_of([has_a_day, has_none], NOW)

    assert [(waits[row.pk].position, waits[row.pk].length) for row in (has_a_day, has_none)] == [
        (2, 2),
        (1, 2),
    ]


def test_the_place_a_wait_begins_with_is_kept():
    session, person = full_session(), staff_user()
    waiting(session, 5)

    booking = join_waiting_list(session=session, person=person, by=person)

    booking.refresh_from_db()
    assert booking.joined_at_position == 2


def test_the_chance_is_the_share_of_those_who_began_there_and_got_in():
    session = full_session()
    booking = waiting(session)
    earlier_waits(session.course, 1, lucky=6, unlucky=2)
    earlier_waits(session.course, 1, lucky=3, unlucky=1, days_ago=700)
    earlier_waits(session.course, 2, lucky=10, unlucky=0)

    chance = waits_of([booking], NOW)[booking.pk].chance

    assert (chance, chance.is_known, chance.percent) == (Chance(9, 12), True, 75)


def test_sessions_over_two_years_ago_and_other_courses_tell_nothing():
    session = full_session()
    booking = waiting(session)
    earlier_waits(session.course, 1, lucky=12, unlucky=0, days_ago=731)
    earlier_waits(CourseFactory(), 1, lucky=12, unlucky=0)

    assert waits_of([booking], NOW)[booking.pk].chance == Chance(0, 0)


def test_who_stopped_waiting_tells_nothing():
    session = full_session()
    booking = waiting(session)
    earlier_waits(session.course, 1, lucky=9, unlucky=0)
    BookingFactory(
        session=SessionFactory(course=session.course, starts_at=NOW - timedelta(days=9)),
        state=BookingState.CANCELLED_BY_PERSON,
        end_reason=EndReason.CHANGED_PLANS,
        joined_at_position=1,
    )

    chance = waits_of([booking], NOW)[booking.pk].chance

    assert (chance.cases, chance.is_known) == (9, False)


def test_an_offer_that_was_declined_is_a_chance_that_was_had():
    session = full_session()
    booking = waiting(session)
    BookingFactory(
        session=SessionFactory(course=session.course, starts_at=NOW - timedelta(days=9)),
        state=BookingState.DECLINED,
        end_reason=EndReason.OFFER_DECLINED,
        joined_at_position=1,
        offered_at=NOW - timedelta(days=20),
    )

    assert waits_of([booking], NOW)[booking.pk].chance == Chance(1, 1)


def test_who_was_passed_over_is_told_when_and_why():
    session = full_session()
    first, _ = waiting(session, 5), waiting(session)
    day = session.starts_on
    Absence.objects.create(member=first.person.staff_member, starts_on=day, ends_on=day, key="1")
    held = session.bookings.get(state=BookingState.BOOKED)
    cancel_booking(booking=held, by=held.person)

    (skip,) = passed_over([first])[first.pk]

    assert (skip.at, skip.because) == (NOW, "you were away at that time")


@pytest.mark.parametrize("number", [1, 3])
def test_waits_are_read_at_once_however_many(number, django_assert_num_queries):
    person = staff_user()
    bookings = [waiting(full_session(days=21 + day), person=person) for day in range(number)]
    bookings = list(Booking.objects.filter(pk__in=[row.pk for row in bookings]))
    for booking in bookings:
        assert booking.session.course

    with django_assert_num_queries(5):
        waits = waits_of(bookings, NOW)

    assert {row.position for row in waits.values()} == {1}
