"""What somebody is told on the page of a session before they book it: what they have already."""

from datetime import timedelta

import pytest

from tests.factories.managing import MONDAY
from tests.factories.outside import OutsideCourseFactory
from tests.factories.rounds import FairRoundFactory
from tests.factories.training import BookingFactory, CourseFactory, SessionFactory, staff_user
from training.queries import plans_in_the_way
from training.states import BookingState, OutsideState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
BOOK = "Book a place</button>"


@pytest.fixture
def session():
    return SessionFactory(starts_at=MONDAY + timedelta(days=30, minutes=30))


def of_session(client, session):
    response = client.get(session.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def place(person, starts_at, state=BookingState.BOOKED, course=None):
    course = course or CourseFactory(title="Court skills")
    session = SessionFactory(course=course, starts_at=starts_at)
    return BookingFactory(session=session, person=person, state=state)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (BookingState.BOOKED, "You are booked on Court skills"),
        (BookingState.HELD, "A place is held for you on Court skills"),
        (BookingState.OFFERED, "A place is offered to you on Court skills"),
    ],
)
def test_a_place_at_that_time_stands_where_the_button_would(client, person, session, state, words):
    other = place(person, session.starts_at, state)

    told = of_session(client, session)

    assert f"<strong>{words} at that time</strong> ({other.session.when})." in told
    assert BOOK not in told


def test_an_outside_course_at_that_time_stands_there_too(client, person, session):
    outside = OutsideCourseFactory(
        person=person,
        state=OutsideState.APPROVED,
        starts_at=session.starts_at.replace(hour=0, minute=0),
        ends_at=session.starts_at.replace(hour=0, minute=0) + timedelta(days=1),
        counts_towards_five=True,
        booked_by="us",
    )

    told = of_session(client, session)

    words = f"You are on the outside course {outside.title} at that time"
    assert f"<strong>{words}</strong> ({outside.when})." in told
    assert BOOK not in told


def test_what_was_attended_in_that_half_day_is_no_outside_course(person, session):
    attended = place(person, session.starts_at, course=CourseFactory(title="Court skills"))
    attended.state, attended.half_days_attended = BookingState.ATTENDED, 2
    attended.save()

    then, again = plans_in_the_way(person, session, MONDAY)

    assert (then.words, then.when, again) == (
        "You are booked on Court skills",
        attended.session.when,
        None,
    )


def test_a_session_that_the_person_leads_at_that_time_stands_there_too(client, person, session):
    led = SessionFactory(starts_at=session.starts_at, trainer=person)

    told = of_session(client, session)

    words = f"You lead {led.course.title} at that time"
    assert f"<strong>{words}</strong> ({led.when})." in told
    assert BOOK not in told


def test_who_leads_the_session_reads_so_in_place_of_the_button(client, person):
    session = SessionFactory(starts_at=MONDAY + timedelta(days=30), trainer=person)

    told = of_session(client, session)

    assert "You lead this session, so you need no place on it." in told
    assert BOOK not in told


def test_a_place_on_another_date_of_the_course_is_told_and_the_button_stays(
    client, person, session
):
    other = place(person, session.starts_at + timedelta(days=9), course=session.course)

    told = of_session(client, session)

    title = session.course.title
    assert f"You are booked on {title} on another date too: {other.session.when}." in told
    assert BOOK in told


def test_what_is_no_hindrance_is_not_told(client, person, session):
    place(person, MONDAY - timedelta(days=9), course=session.course)
    elsewhere = CourseFactory()
    place(person, session.starts_at + timedelta(days=3), course=elsewhere)
    place(person, session.starts_at, BookingState.WAITING, course=elsewhere)
    place(person, session.starts_at, BookingState.CANCELLED_BY_PERSON, course=elsewhere)
    place(staff_user(), session.starts_at, course=elsewhere)
    OutsideCourseFactory(person=person)

    assert plans_in_the_way(person, session, MONDAY) == (None, None)
    assert BOOK in of_session(client, session)


def test_a_session_in_a_fair_round_tells_it_too(client, person, session):
    FairRoundFactory(session=session)
    place(person, session.starts_at)

    told = of_session(client, session)

    assert "You are booked on Court skills at that time" in told
    assert "Ask for a place, and see how they are given" in told


def test_who_has_a_place_here_reads_nothing_of_it(client, person, session):
    BookingFactory(session=session, person=person)
    place(person, session.starts_at + timedelta(days=9), course=session.course)

    assert "on another date too" not in of_session(client, session)


def test_what_is_in_the_way_is_read_in_one_query(person, session, django_assert_num_queries):
    place(person, session.starts_at)
    place(person, session.starts_at + timedelta(days=9), course=session.course)

    with django_assert_num_queries(1):
        then, again = plans_in_the_way(person, session, MONDAY)

    assert (then.title, again.title) == ("Court skills", session.course.title)
