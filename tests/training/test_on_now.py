"""What people read of a session while it runs, and of signing in before and after it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.attending import (
    AFTERNOON,
    EVENING,
    MORNING,
    PresenceFactory,
    being,
    day_session,
)
from tests.factories.training import BookingFactory, staff_user
from training.states import BookingState

pytestmark = pytest.mark.django_db
NOON_OF_A_WEEK_BEFORE = MORNING - timedelta(days=7)
NEXT_DAY = MORNING + timedelta(days=1)
SIGN_IN = "Sign in<span"


@pytest.fixture
def booking():
    return BookingFactory(session=day_session())


def read(client, person, moment, address):
    with being(client, person, moment):
        response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def session_page(client, booking, moment, person=None):
    return read(client, person or booking.person, moment, booking.session.get_absolute_url())


def sign_in_page(client, booking, moment):
    address = reverse("training:session-sign-in", args=[booking.session_id])
    return read(client, booking.person, moment, address)


@pytest.mark.parametrize(
    ("moment", "heading"),
    [
        (NOON_OF_A_WEEK_BEFORE, "You have a place"),
        (MORNING, "This session is on now"),
        (AFTERNOON, "This session is on now"),
        (EVENING, "This session is over"),
    ],
)
def test_a_session_is_over_only_after_its_end(client, booking, moment, heading):
    assert f'id="your-place">{heading}</h2>' in session_page(client, booking, moment)


@pytest.mark.parametrize(
    ("moment", "has_button"), [(NOON_OF_A_WEEK_BEFORE, False), (MORNING, True), (EVENING, False)]
)
def test_a_session_has_the_button_to_sign_in_while_it_is_on(client, booking, moment, has_button):
    assert (SIGN_IN in session_page(client, booking, moment)) is has_button


@pytest.mark.parametrize("name", ["booking-list", "session-detail"])
def test_who_has_signed_in_is_not_asked_whether_work_calls_them_away(client, booking, name):
    arguments = [booking.session_id] if name == "session-detail" else []
    address = reverse(f"training:{name}", args=arguments)
    button = "I am called away by work"
    moments = [MORNING, AFTERNOON, EVENING]
    shown = [button in read(client, booking.person, moment, address) for moment in moments]
    assert shown[:2] == [True, True]

    PresenceFactory(booking=booking)

    assert [button in read(client, booking.person, at, address) for at in moments] == [False] * 3


def test_who_has_no_place_reads_that_it_has_started(client, booking):
    page = session_page(client, booking, MORNING, person=staff_user())

    assert "It has started, so it cannot be booked any more." in page
    assert SIGN_IN not in page


def test_a_booking_is_on_now_until_the_session_ends_and_then_waits_to_be_marked(client, booking):
    address = reverse("training:booking-list")

    during = read(client, booking.person, AFTERNOON, address)
    after = read(client, booking.person, EVENING, address)

    assert ["On now" in during, SIGN_IN in during, "Not marked yet" in during] == [
        True,
        True,
        False,
    ]
    assert ["On now" in after, SIGN_IN in after, "Not marked yet" in after] == [False, False, True]


@pytest.mark.parametrize("name", ["my-development", "booking-list", "session-detail"])
def test_who_has_signed_in_reads_so_until_the_next_half_day(client, booking, name):
    PresenceFactory(booking=booking)
    args = [booking.session_id] if name == "session-detail" else []
    address = reverse(f"training:{name}", args=args)

    morning = read(client, booking.person, MORNING, address)
    afternoon = read(client, booking.person, AFTERNOON, address)

    done = "You have signed in for this morning."
    assert (done in morning, SIGN_IN in morning) == (True, False)
    assert (done in afternoon, SIGN_IN in afternoon) == (False, True)


def test_signing_in_says_when_it_opens(client, booking):
    page = sign_in_page(client, booking, NOON_OF_A_WEEK_BEFORE)

    assert "It opens at <strong>9am on Tuesday 8 January</strong>." in page
    assert 'name="code"' not in page


def test_signing_in_says_that_the_session_is_over_and_what_is_noted(client, booking):
    PresenceFactory(booking=booking)

    page = sign_in_page(client, booking, NEXT_DAY)

    assert "This session is over" in page
    assert "<li>Tuesday 8 January 2030, morning</li>" in page
    assert 'name="code"' not in page


def test_a_code_that_could_not_be_sent_has_its_box_until_midnight(client, booking):
    assert 'name="code"' in sign_in_page(client, booking, EVENING)


def test_who_has_signed_in_reads_at_once_that_what_they_attended_counts(client, booking):
    PresenceFactory(booking=booking)
    address = reverse("training:booking-called-away", args=[booking.pk])

    with being(client, booking.person, MORNING):
        pages = [client.get(address), client.post(address, {"what": "court"})]

    for page in pages:
        assert "What you attended counts" in page.content.decode()
        assert "Give my place back" not in page.content.decode()
    booking.refresh_from_db()
    assert booking.state == BookingState.BOOKED


def test_who_has_not_signed_in_is_asked_what_came_up(client, booking):
    address = reverse("training:booking-called-away", args=[booking.pk])

    assert "Give my place back" in read(client, booking.person, MORNING, address)
