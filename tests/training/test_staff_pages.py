"""What somebody reads about each of their bookings, and what the buttons beside it do."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.factories.organisation import StaffMemberFactory
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    SessionFactory,
    SwapProposalFactory,
    officer,
    staff_user,
)
from training.actions import cancel_booking, cancel_session, say_called_away
from training.models import Booking, CourseInterest, SkippedOffer, SwapProposal
from training.states import BookingState, EndReason, SkipReason, SwapState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
TUESDAY_5PM = datetime(2030, 1, 8, 17, tzinfo=UTC)


@pytest.fixture
def person(client):
    manager = StaffMemberFactory(user__full_name="Ruth Vale")
    person = staff_user(user__full_name="Sam Okafor", line_manager=manager)
    client.force_login(person)
    return person


@pytest.fixture
def session():
    return SessionFactory(starts_at=NOW + timedelta(days=30), capacity=1)


def mine(person, session, state, **fields):
    return BookingFactory(person=person, session=session, state=state, **fields)


def offered(person, session):
    return mine(person, session, BookingState.OFFERED, answer_by=TUESDAY_5PM, waiting_since=NOW)


def page(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def of_session(client, session):
    return page(client.get(session.get_absolute_url()))


def post(client, name, row, **data):
    return page(client.post(reverse(f"training:{name}", args=[row.pk]), data, follow=True))


def state_of(row):
    return type(row).objects.get(pk=row.pk).state


# --- Each state in words ---------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["session", "list"])
@pytest.mark.parametrize(
    ("state", "fields", "words"),
    [
        (
            BookingState.HELD,
            {"answer_by": TUESDAY_5PM},
            "Ruth Vale decides by 5pm on Tuesday 8 January. Your place is kept until then.",
        ),
        (
            BookingState.BOOKED,
            {"answer_by": TUESDAY_5PM},
            "Your manager may object until 5pm on Tuesday 8 January",
        ),
        (
            BookingState.OFFERED,
            {"answer_by": TUESDAY_5PM},
            "It is kept for you until <strong>5pm on Tuesday 8 January</strong>.",
        ),
        (
            BookingState.WAITING,
            {"waiting_since": NOW},
            "You are <strong>number 1 of 1</strong>",
        ),
        (
            BookingState.DECLINED,
            {"end_reason": EndReason.SAFE_COVER, "reason": "Court.", "ended_at": NOW},
            "Your manager objected, so that the team has enough people.",
        ),
        (
            BookingState.LAPSED,
            {"end_reason": EndReason.NO_ANSWER, "offered_at": NOW, "ended_at": NOW},
            "Nobody said yes in time, so the place went to the next person.",
        ),
        (
            BookingState.CANCELLED_BY_SERVICE,
            {"end_reason": EndReason.WORK_EMERGENCY, "reason": "Court", "ended_at": NOW},
            "Work came first, so the place was given back.<br>Why: “Court”",
        ),
    ],
)
def test_each_state_says_what_it_means(client, person, session, where, state, fields, words):
    mine(person, session, state, **fields)
    address = {"session": session.get_absolute_url(), "list": reverse("training:booking-list")}

    assert words in page(client.get(address[where]))


def test_a_booking_nobody_may_object_to_says_nothing_of_it(client, person, session):
    mine(person, session, BookingState.BOOKED)

    assert "may object" not in of_session(client, session)


def test_too_few_cases_are_said(client, person, session):
    mine(person, session, BookingState.WAITING, waiting_since=NOW)

    assert "Your chance: not enough past sessions to tell." in of_session(client, session)


def test_a_known_chance_is_said(client, person, session):
    past = SessionFactory(course=session.course, starts_at=NOW - timedelta(days=9), capacity=30)
    for number in range(12):
        got_in = number < 9
        BookingFactory(
            session=past,
            state=BookingState.BOOKED if got_in else BookingState.LAPSED,
            end_reason="" if got_in else EndReason.NO_PLACE,
            joined_at_position=1,
        )
    mine(person, session, BookingState.WAITING, waiting_since=NOW)

    told = of_session(client, session)

    assert "Of 12 people who began there in two years, 9 got in: 75 in 100." in told


def test_who_was_passed_over_reads_when_and_why(client, person, session):
    booking = mine(person, session, BookingState.WAITING, waiting_since=NOW)
    SkippedOffer.objects.create(
        booking=booking, reason=SkipReason.CLASH, at=datetime(2029, 5, 3, 12, tzinfo=UTC)
    )

    told = of_session(client, session)

    assert "You were passed over on 3 May because you had something else at that time." in told


def test_the_date_the_manager_suggests_is_booked_with_one_button(client, person, session):
    other = SessionFactory(course=session.course, starts_at=NOW + timedelta(days=50))
    mine(
        person,
        session,
        BookingState.DECLINED,
        end_reason=EndReason.NOT_APPROVED,
        reason="We are short that day.",
        suggested_session=other,
    )

    told = page(client.get(reverse("training:booking-list")))

    assert "They wrote: “We are short that day.”" in told
    assert f"Book {other.when} instead" in told
    assert f'action="/training/sessions/{other.pk}/book/"' in told


def test_the_order_is_explained(client, person):
    assert "Who is offered a free place" in page(client.get(reverse("training:waiting-order")))


# --- Offers ----------------------------------------------------------------------------------------


def test_saying_yes_books_and_saying_it_twice_is_no_harm(client, person, session):
    booking = offered(person, session)

    told = [post(client, "offer-accept", booking) for _ in range(2)]

    assert ["You have a place. We have sent you" in words for words in told] == [True, True]
    assert state_of(booking) == BookingState.BOOKED


def test_saying_no_gives_it_to_the_next(client, person, session):
    booking = offered(person, session)
    following = BookingFactory(session=session, state=BookingState.WAITING)

    assert "It goes to the next person who waits." in post(client, "offer-decline", booking)
    assert [state_of(booking), state_of(following)] == [
        BookingState.DECLINED,
        BookingState.OFFERED,
    ]


def test_an_offer_that_has_ended_is_said(client, person, session):
    booking = offered(person, session)

    with time_machine.travel(TUESDAY_5PM, tick=False):
        told = post(client, "offer-accept", booking)

    assert "This offer has ended." in told


@pytest.mark.parametrize("name", ["offer-accept", "offer-decline", "swap-accept"])
def test_looking_at_the_address_of_a_button_changes_nothing(client, person, session, name):
    row = offered(person, session)
    if name == "swap-accept":
        Booking.objects.all().delete()
        row = SwapProposalFactory(waiting__person=person)

    client.get(reverse(f"training:{name}", args=[row.pk]))

    assert state_of(row) in {BookingState.OFFERED, SwapState.PROPOSED}


@pytest.mark.parametrize(
    "name",
    ["offer-accept", "offer-decline", "booking-called-away", "booking-swap", "booking-other-dates"],
)
def test_what_belongs_to_others_does_not_exist(client, person, name):
    address = reverse(f"training:{name}", args=[BookingFactory().pk])

    assert client.post(address).status_code == 404


@pytest.mark.parametrize("name", ["swap-accept", "swap-decline", "swap-withdraw"])
def test_swaps_of_others_do_not_exist(client, person, name):
    address = reverse(f"training:{name}", args=[SwapProposalFactory().pk])

    assert client.post(address).status_code == 404


# --- Called away -----------------------------------------------------------------------------------


def test_two_taps_give_a_place_back_and_offer_the_next_dates(client, person, session):
    booking = mine(person, session, BookingState.BOOKED)
    other = SessionFactory(course=session.course, starts_at=NOW + timedelta(days=50))
    assert "I am called away by work" in of_session(client, session)
    assert "What came up?" in page(
        client.get(reverse("training:booking-called-away", args=[booking.pk]))
    )

    told = post(client, "booking-called-away", booking, what="court", line="Ten o'clock.")

    booking.refresh_from_db()
    assert (booking.state, booking.end_reason, booking.reason) == (
        BookingState.CANCELLED_BY_SERVICE,
        EndReason.WORK_EMERGENCY,
        "Court: Ten o'clock.",
    )
    assert "Work comes first." in told
    assert f'action="/training/sessions/{other.pk}/book/"' in told


def test_a_second_tap_is_told_and_goes_to_the_dates_too(client, person, session):
    booking = mine(person, session, BookingState.BOOKED)

    told = [post(client, "booking-called-away", booking, what="duty") for _ in range(2)]

    assert "This booking was cancelled already." in told[1]
    assert "Other dates" in told[1]


def test_without_a_choice_nothing_is_given_back(client, person, session):
    booking = mine(person, session, BookingState.BOOKED)

    assert "Choose what came up" in post(client, "booking-called-away", booking)
    assert state_of(booking) == BookingState.BOOKED


# --- Waiting and swapping --------------------------------------------------------------------------


@pytest.mark.parametrize(("answers", "named"), [({}, True), ({"unnamed": "on"}, False)])
def test_who_joins_the_list_chooses_whether_to_be_named(client, person, session, answers, named):
    BookingFactory(session=session)
    assert "Do not show them my name" in of_session(client, session)

    post(client, "session-wait", session, one_time_key=uuid.uuid4(), **answers)

    assert Booking.objects.get(person=person).may_be_named is named


def test_only_the_named_are_shown_and_only_to_who_has_a_place(client, person, session):
    booking = mine(person, session, BookingState.BOOKED)
    wait = {"session": session, "state": BookingState.WAITING}
    BookingFactory(**wait, person=staff_user(user__full_name="Ann Dale"), may_be_named=True)
    BookingFactory(**wait, person=staff_user(user__full_name="Ben Wick"))

    told = page(client.get(reverse("training:booking-swap", args=[booking.pk])))

    assert ("Ann Dale" in told, "Ben Wick" in told) == (True, False)
    client.force_login(staff_user())
    assert "Ann Dale" not in of_session(client, session)


def test_a_swap_is_proposed_and_accepted_on_the_pages(client, person, session):
    booking = mine(person, session, BookingState.BOOKED)
    colleague = staff_user(user__full_name="Ann Dale")
    wait = mine(colleague, session, BookingState.WAITING, may_be_named=True)

    told = post(client, "booking-swap", booking, waiting=wait.pk)
    assert "We have asked Ann Dale. You keep your place until they say yes." in told
    assert "You have asked Ann Dale to take your place." in told

    client.force_login(colleague)
    told = of_session(client, session)
    assert "<strong>Sam Okafor</strong> cannot come and offers you their place." in told
    told = post(client, "swap-accept", SwapProposal.objects.get())
    assert "You have a place." in told
    assert [state_of(booking), state_of(wait)] == [
        BookingState.CANCELLED_BY_PERSON,
        BookingState.BOOKED,
    ]


def test_a_swap_is_declined_and_taken_back_on_the_pages(client, person, session):
    booking = mine(person, session, BookingState.BOOKED)
    given = SwapProposalFactory(booking=booking)
    assert "Taken back. You keep your place." in post(client, "swap-withdraw", given)

    received = SwapProposalFactory(waiting__person=person)
    assert "you keep your turn on the list." in post(client, "swap-decline", received)
    assert [state_of(given), state_of(received)] == [SwapState.WITHDRAWN, SwapState.DECLINED]


def test_with_nobody_to_name_giving_the_place_is_not_offered(client, person, session):
    mine(person, session, BookingState.BOOKED)
    BookingFactory(session=session, state=BookingState.WAITING)

    assert "Give it to a colleague" not in of_session(client, session)


# --- Interest --------------------------------------------------------------------------------------


def test_interest_is_registered_and_taken_back_on_the_page_of_the_course(client, person):
    course = CourseFactory()
    address = reverse("training:course-interest", args=[course.slug])
    assert "Tell me when there is a date" in page(client.get(course.get_absolute_url()))

    assert "We write to you once" in page(client.post(address, follow=True))
    assert course.title in page(client.get(reverse("training:my-development")))

    told = page(client.post(f"{address}withdraw/", follow=True))
    assert "We will not write to you about this course." in told
    assert CourseInterest.objects.count() == 0


# --- What came to nothing -----------------------------------------------------------------------------

PAGES_OF_WHAT_ENDED = ["booking-list", "my-development"]


@pytest.mark.parametrize("name", PAGES_OF_WHAT_ENDED)
@pytest.mark.parametrize("state", [BookingState.BOOKED, BookingState.WAITING])
def test_a_cancelled_session_stays_to_be_seen_with_its_reason(client, person, session, name, state):
    booking = mine(person, session, state, waiting_since=NOW)
    cancel_session(session=session, reason="The trainer is ill.", by=officer())

    pages = [page(client.get(reverse(f"training:{name}"))), of_session(client, session)]

    for told in pages:
        assert "Cancelled by us" in told
        assert "We had to cancel this session. We are sorry.<br>Why: “The trainer is ill.”" in told
        assert reverse("training:booking-other-dates", args=[booking.pk]) in told


@pytest.mark.parametrize("name", PAGES_OF_WHAT_ENDED)
def test_a_place_given_back_for_work_stays_to_be_seen(client, person, session, name):
    booking = mine(person, session, BookingState.BOOKED)
    say_called_away(booking=booking, by=person, why="Court")

    told = page(client.get(reverse(f"training:{name}")))

    assert "Called away by work" in told
    assert "Why: “Court”" in told
    assert reverse("training:booking-other-dates", args=[booking.pk]) in told


@pytest.mark.parametrize("name", PAGES_OF_WHAT_ENDED)
def test_what_came_to_nothing_goes_in_time_and_what_one_ended_oneself_is_not_there(
    client, person, session, name, clock
):
    cancel_booking(booking=mine(person, session, BookingState.BOOKED), by=person)
    assert "What came to nothing" not in page(client.get(reverse(f"training:{name}")))
    gone = mine(person, SessionFactory(starts_at=NOW + timedelta(days=80)), BookingState.BOOKED)
    say_called_away(booking=gone, by=person, why="Court")
    clock.shift(timedelta(days=60))
    client.force_login(person)
    assert "What came to nothing" in page(client.get(reverse(f"training:{name}")))

    clock.shift(timedelta(days=1))

    assert "What came to nothing" not in page(client.get(reverse(f"training:{name}")))


def test_another_date_that_one_has_already_is_not_offered_again(client, person, session):
    other = SessionFactory(course=session.course, starts_at=NOW + timedelta(days=50))
    mine(person, session, BookingState.DECLINED, suggested_session=other, ended_at=NOW)
    addresses = [reverse("training:booking-list"), session.get_absolute_url()]
    button = f"Book {other.when} instead"
    assert [button in page(client.get(address)) for address in addresses] == [True, True]

    mine(person, other, BookingState.BOOKED)

    assert [button in page(client.get(address)) for address in addresses] == [False, False]


# --- Answering in two tabs ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (BookingState.BOOKED, "You have a place on this session already."),
        (BookingState.HELD, "is kept for you until your manager answers."),
    ],
)
def test_no_after_yes_says_that_the_place_is_theirs(client, person, session, state, words):
    booking = mine(person, session, state, answer_by=TUESDAY_5PM)

    told = post(client, "offer-decline", booking)

    assert words in told
    assert "This offer has ended" not in told
    assert state_of(booking) == state


# --- Called away ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("has_a_manager", [True, False])
def test_only_who_has_a_manager_reads_that_they_are_told(client, session, has_a_manager):
    person = staff_user(line_manager=StaffMemberFactory() if has_a_manager else None)
    client.force_login(person)
    booking = mine(person, session, BookingState.BOOKED)

    told = page(client.get(reverse("training:booking-called-away", args=[booking.pk])))

    assert ("Your manager is told." in told) is has_a_manager
    assert ("Anything your manager should know" in told) is has_a_manager


# --- How much is asked of the database -------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("booking-list", 16), ("my-development", 29)])
def test_pages_ask_the_same_with_every_state_on_them(
    client, person, django_assert_num_queries, rows, name, queries
):
    answered = {"held": TUESDAY_5PM, "offered": TUESDAY_5PM}
    for row in range(rows):
        for number, state in enumerate(["held", "offered", "booked", "waiting", "declined"]):
            session = SessionFactory(starts_at=NOW + timedelta(days=10 + row * 5 + number))
            mine(person, session, state, answer_by=answered.get(state))
        later = SessionFactory(starts_at=NOW + timedelta(days=60 + row))
        SwapProposalFactory(booking__session=later, waiting__person=person)

    with django_assert_num_queries(queries):
        client.get(reverse(f"training:{name}"))
