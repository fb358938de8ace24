"""A place that waits for the manager is never told of as if it were settled."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.managing import MONDAY, booking_of
from tests.factories.training import BookingFactory, SessionFactory
from training.models import AllowancePolicy
from training.queries import five_days
from training.states import BookingState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WAITS = "of what is booked is waiting for your manager."


@pytest.fixture(autouse=True)
def _policy():
    AllowancePolicy.objects.all().delete()
    AllowancePolicy.objects.create(
        starts_on=date(2022, 4, 1), days=2, scope="all_staff", source="An article"
    )


@pytest.fixture
def person(client, member):
    client.force_login(member.user)
    return member.user


def page(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def development(client):
    return page(client.get(reverse("training:my-development")))


def test_the_heading_says_that_the_place_is_kept(client, member, person):
    held = booking_of(member)

    told = page(client.get(held.session.get_absolute_url()))

    assert 'id="your-place">A place is kept for you until your manager answers</h2>' in told
    assert "You have a place" not in told


def test_the_course_tells_a_held_place_from_a_booked_one(client, member, person):
    held = booking_of(member)

    told = page(client.get(held.session.course.get_absolute_url()))

    assert ("Held for you" in told, "You have a place" in told) == (True, False)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (BookingState.HELD, "A place is held for you on Court skills at the same time"),
        (BookingState.BOOKED, "You are booked on Court skills at the same time"),
    ],
)
def test_a_clash_says_whether_the_other_place_is_held(client, member, person, state, words):
    other = booking_of(member, state)
    other.session.course.title = "Court skills"
    other.session.course.save()
    session = SessionFactory(starts_at=other.session.starts_at)
    address = reverse("training:session-book", args=[session.pk])

    told = page(client.post(address, {"one_time_key": uuid.uuid4()}, follow=True))

    assert f"{words} ({other.session.when}). Cancel that first." in told


def test_held_days_are_counted_apart_within_the_booked_ones(member):
    booking_of(member, BookingState.BOOKED, days=21)
    booking_of(member, BookingState.HELD, days=22)
    booking_of(member, BookingState.OFFERED, days=23)

    found = five_days(member.user, MONDAY.date())

    assert (found.booked, found.held) == (Decimal(3), Decimal(1))


def test_the_ring_has_in_words_how_much_waits(client, member, person):
    booking_of(member, BookingState.BOOKED)
    assert WAITS not in development(client)

    booking_of(member, days=22)

    assert f"<strong>1 day</strong> {WAITS}" in development(client)


def test_all_days_are_planned_only_when_the_manager_has_said_yes(client, member, person):
    booking_of(member, BookingState.BOOKED)
    held = booking_of(member, days=22)

    before = development(client)
    held.state = BookingState.BOOKED
    held.save()
    after = development(client)

    planned = "all your days are planned for the year to 31 March 2030. Mandatory training"
    assert f"When your manager says yes, {planned}" in before
    assert f"A{planned[1:]}" in after


def test_days_that_are_full_without_what_is_held_wait_for_nobody(client, member, person):
    for days in (21, 22):
        booking_of(member, BookingState.BOOKED, days=days)
    booking_of(member, days=23)

    told = development(client)

    assert "All your days are planned for the year to 31 March 2030." in told
    assert "When your manager says yes" not in told


def test_the_team_page_says_how_much_waits(client, manager, member):
    session = SessionFactory(starts_at=MONDAY + timedelta(days=40))
    BookingFactory(session=session, person=member.user)
    words = "1 day of what is booked waiting for approval"
    assert words not in page(client.get("/training/team/"))

    booking_of(member)

    assert words in page(client.get("/training/team/"))
