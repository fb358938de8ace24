"""What officers read in the admin of training: the real error, in words, and the next dates first."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.outside import OutsideCourseFactory
from tests.factories.rounds import FairRoundFactory
from tests.factories.training import BookingFactory, SessionFactory, officer, staff_user
from tests.training.inputs import inputs_of
from training.actions import request_place
from training.exceptions import AlreadyBooked
from training.models import Booking
from training.states import BookingState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


def add_booking(client, **data):
    return client.post(reverse("admin:training_booking_add"), data)


def errors_of(page):
    return {name: list(said) for name, said in page.context["adminform"].form.errors.items()}


@pytest.mark.parametrize("has_left", [True, False])
def test_who_does_not_work_here_is_said_beside_the_person_and_the_form_stays(client, by, has_left):
    left = {"user__full_name": "Ben Cole", "left_on": date(2030, 1, 6)}
    person = StaffMemberFactory(**left).user if has_left else UserFactory(full_name="Ben Cole")
    session = SessionFactory()

    page = add_booking(client, session=session.pk, person=person.pk, cover_reason="She knows.")

    assert page.status_code == 200
    assert errors_of(page) == {"person": ["Ben Cole does not work here now, so cannot be booked."]}
    assert inputs_of(page)["cover_reason"] == "She knows."
    assert Booking.objects.count() == 0


def test_a_number_that_nothing_has_is_said_as_that(client, by):
    page = add_booking(client, session=999_999, person=999_999)

    assert errors_of(page) == {
        "session": ["There is no session with that number"],
        "person": ["There is no person with that number"],
    }


def mark(client, by, booking, half_days):
    with time_machine.travel(booking.session.ends_at):
        client.force_login(by)
        page = client.post(
            reverse("admin:training_booking_changelist"),
            {
                "action": "mark_attended",
                "_selected_action": [booking.pk],
                "half_days": half_days,
            },
            follow=True,
        )
    booking.refresh_from_db()
    return page.content.decode()


@pytest.mark.parametrize(
    ("half_days", "words"),
    [
        ("99", "Half days: Enter 40 or less. Nothing was done."),
        ("two", "Half days: Enter a whole number, like 5. Nothing was done."),
        ("3", "It counts for 2 half days. Enter 2 or less."),
        ("9" * 5000, "Half days: Enter a whole number, like 5. Nothing was done."),
    ],
)
def test_half_days_that_cannot_be_are_said_and_nothing_is_marked(client, by, half_days, words):
    booking = BookingFactory()

    told = mark(client, by, booking, half_days)

    assert words in told
    assert "No action selected" not in told
    assert booking.state == BookingState.BOOKED


PAGE_OF_FIGURES = "9" * 5000


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [
        ("admin:training_session_add", "copy", 200),
        ("admin:training_session_add", "again", 200),
        ("admin:training_session_cancel", "pk", 200),
        ("admin:training_nomination_decide", "session", 404),
        ("training:nomination-create", "session", 200),
        ("training:cpd-piece-create", "booking", 200),
    ],
)
@pytest.mark.parametrize("number", [PAGE_OF_FIGURES, "9" * 19, "²"])
def test_a_number_in_the_address_that_nothing_has_is_passed_over(
    client, name, query, status, number
):
    member = StaffMemberFactory()
    StaffMemberFactory(line_manager=member)
    client.force_login(officer() if name.startswith("admin:") else member.user)

    assert client.get(reverse(name), {query: number}).status_code == status


@pytest.mark.parametrize("model", ["session", "series"])
def test_a_number_of_a_page_that_nothing_has_leads_back(client, by, model):
    address = reverse(f"admin:training_{model}_change", args=[PAGE_OF_FIGURES])

    assert client.get(address).status_code == 302


# --- Lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["session", "booking"])
def test_what_comes_next_stands_first_and_then_what_was_last(client, by, model):
    days = [-9, 5, -2, 30, 1]
    bookings = {
        day: BookingFactory(session=SessionFactory(starts_at=NOW + timedelta(days=day)))
        for day in days
    }

    listed = client.get(reverse(f"admin:training_{model}_changelist")).context["cl"].result_list

    expected = [bookings[day] for day in (1, 5, 30, -2, -9)]
    if model == "session":
        expected = [booking.session for booking in expected]
    assert list(listed) == expected


def test_the_date_of_a_session_is_its_first_column(client, by):
    SessionFactory()

    listed = client.get(reverse("admin:training_session_changelist")).context["cl"]

    assert listed.list_display[:3] == ["action_checkbox", "starts_at", "course"]


# --- Asking twice ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (BookingState.REQUESTED, ["Ann Dow has", "You have", "asked for a place already."]),
        (BookingState.WAITING, ["Ann Dow is", "You are", "on the list already."]),
        (BookingState.BOOKED, ["Ann Dow already has", "You already have", "a place on this session."]),
    ],
)  # fmt: skip
def test_who_asks_twice_hears_what_they_have(by, state, words):
    person = staff_user(user__full_name="Ann Dow")
    theirs, own, what = words

    refusal = AlreadyBooked(BookingFactory(person=person, state=state))

    assert (refusal.words_for(by), refusal.words_for(person)) == (
        f"{theirs} {what}",
        f"{own} {what}",
    )


def test_asking_in_a_fair_round_from_a_second_tab_is_said_as_that(client):
    person = staff_user()
    session = SessionFactory(starts_at=NOW + timedelta(days=40))
    fair_round = FairRoundFactory(
        session=session, opens_at=NOW - timedelta(days=1), closes_at=NOW + timedelta(days=7)
    )
    request_place(session=session, person=person, by=person)
    client.force_login(person)

    address = reverse("training:round-request", args=[fair_round.pk])
    page = client.post(address, {"one_time_key": "0" * 32}, follow=True).content.decode()

    assert "You have asked for a place already." in page
    assert "You already have a place" not in page


# --- Words ----------------------------------------------------------------------------------------


def test_an_outside_course_is_shown_in_halves_of_days_and_pounds(client, by):
    outside = OutsideCourseFactory(cost_pence=18_000)

    page = client.get(reverse("admin:training_outsidecourse_change", args=[outside.pk]))
    told = page.content.decode()

    for words in (outside.when, "£180"):
        assert words in told
    for words in ("midnight", "18000", "pence"):
        assert words not in told


def test_how_often_dates_are_sent_is_said_alike(client, by, settings):
    settings.DATES_OFFERED_EVERY_DAYS = 9
    member = StaffMemberFactory()
    SessionFactory(starts_at=NOW + timedelta(days=30))
    address = reverse("admin:training_dates", args=[member.user_id])

    assert "once in 9 days at most" in client.get(address).content.decode()
    client.post(address)
    again = client.post(address, follow=True).content.decode()
    assert "has been sent dates within the past 9 days." in again
