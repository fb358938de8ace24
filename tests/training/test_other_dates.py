"""The dates somebody is led to after work called them away."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.managing import MONDAY
from tests.factories.rounds import FairRoundFactory
from tests.factories.training import BookingFactory, CourseFactory, SessionFactory
from training.states import BookingState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def called_away(person):
    session = SessionFactory(starts_at=MONDAY + timedelta(days=3))
    return BookingFactory(
        session=session, person=person, state=BookingState.CANCELLED_BY_SERVICE, ended_at=MONDAY
    )


def told(client, booking):
    response = client.get(reverse("training:booking-other-dates", args=[booking.pk]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def another_date(booking, days=60, **fields):
    starts_at = MONDAY + timedelta(days=days)
    return SessionFactory(course=booking.session.course, starts_at=starts_at, **fields)


def test_another_date_says_how_many_places_are_left_and_has_a_button_that_works(
    client, called_away
):
    another_date(called_away, capacity=4)

    page = told(client, called_away)

    assert "4 places left" in page
    assert "You are on the list" not in page
    assert "Book 8 March</button>" in page
    assert "csrfmiddlewaretoken" in page


def test_a_date_that_the_person_has_says_so_and_has_no_button(client, person, called_away):
    BookingFactory(session=another_date(called_away), person=person)

    page = told(client, called_away)

    assert "You have a place" in page
    assert "Book 8 March</button>" not in page


def test_a_date_whose_places_a_fair_round_gives_has_a_link_to_it(client, called_away):
    session = another_date(called_away)
    FairRoundFactory(session=session)

    page = told(client, called_away)

    assert "No other date yet" not in page
    assert "Places by a fair round" in page
    assert "See the session and its fair round" in page
    assert f'href="{session.get_absolute_url()}"' in page
    assert "Book 8 March</button>" not in page


def test_without_another_date_the_page_says_so(client, called_away):
    SessionFactory(course=CourseFactory(), starts_at=MONDAY + timedelta(days=60))

    assert "No other date yet" in told(client, called_away)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_however_many_dates_there_are(
    client, called_away, django_assert_num_queries, rows
):
    for number in range(rows):
        another_date(called_away, days=60 + number)
    told(client, called_away)

    with django_assert_num_queries(6):
        told(client, called_away)
