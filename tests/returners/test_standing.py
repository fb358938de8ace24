"""People on their way back to social work book training too, and see nothing of the five days."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from returners.states import EnquiryState
from tests.factories.accounts import UserFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.returners import EnquiryFactory
from tests.factories.training import CourseFactory, SessionFactory
from training.actions import book_place, end_bookings_of_leavers
from training.states import BookingState

pytestmark = pytest.mark.django_db


def returner(state=EnquiryState.LEARNING, **fields):
    person = UserFactory(**fields)
    EnquiryFactory(email=person.email, state=state)
    return person


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (EnquiryState.ASSIGNED, {"job_seeker"}),
        (EnquiryState.IN_TOUCH, {"job_seeker"}),
        (EnquiryState.PACKAGE_AGREED, {"job_seeker", "returner"}),
        (EnquiryState.LEARNING, {"job_seeker", "returner"}),
        (EnquiryState.READY, {"job_seeker", "returner"}),
        (EnquiryState.JOINED, {"job_seeker"}),
        (EnquiryState.CLOSED, {"job_seeker"}),
    ],
)
def test_an_agreed_package_makes_a_returner(state, expected):
    assert returner(state).role_names == expected


def test_who_works_here_already_is_staff_and_no_returner():
    person = returner()
    StaffMemberFactory(user=person)

    assert User.objects.get(pk=person.pk).role_names == {"job_seeker", "staff"}


def test_the_package_of_another_address_is_not_theirs():
    EnquiryFactory(state=EnquiryState.LEARNING)

    assert UserFactory().role_names == {"job_seeker"}


def test_a_returner_finds_books_and_sees_their_bookings(client):
    person, session = returner(), SessionFactory()
    client.force_login(person)

    pages = [
        client.get(reverse("training:course-list")),
        client.get(session.course.get_absolute_url()),
        client.get(session.get_absolute_url()),
    ]
    key = pages[2].context["book_form"]["one_time_key"].value()
    client.post(reverse("training:session-book", args=[session.pk]), {"one_time_key": key})
    bookings = client.get(reverse("training:booking-list"))

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert [booking.session for booking in bookings.context["coming"]] == [session]
    assert [booking.state for booking in bookings.context["coming"]] == [BookingState.BOOKED]


def test_no_manager_has_a_say_about_a_returner():
    session = SessionFactory(course=CourseFactory(approval="always"))
    person = returner()

    booking = book_place(session=session, person=person, by=person)

    assert (booking.state, booking.answer_by) == (BookingState.BOOKED, None)


def test_the_five_days_are_not_shown_to_a_returner_who_is_led_to_the_courses(client):
    client.force_login(returner())

    page = client.get(reverse("training:course-list")).content.decode()
    response = client.get(reverse("training:my-development"))

    assert (response.status_code, response.url) == (302, reverse("training:course-list"))
    assert f'href="{reverse("training:my-development")}"' not in page
    assert reverse("training:nomination-list") not in page


def test_after_signing_in_a_returner_comes_to_their_training(client):
    client.force_login(returner())

    assert client.get(reverse("accounts:signed-in")).url == reverse("training:booking-list")


def test_a_leaver_who_has_a_package_keeps_their_places():
    person = returner()
    booking = book_place(session=SessionFactory(), person=person, by=person)
    StaffMemberFactory(user=person, left_on="2025-01-01")

    end_bookings_of_leavers(at=timezone.now())

    booking.refresh_from_db()
    assert booking.state == BookingState.BOOKED
