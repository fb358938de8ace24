"""The pages of fair rounds: what visitors to them see, ask, and never learn about others."""

import csv
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from notifications.models import Message
from tests.factories.accounts import HRAdminFactory
from tests.factories.rounds import SEED, FairRoundFactory
from tests.factories.training import BookingFactory, SessionFactory, officer, staff_user
from training import invariants as of_training
from training.actions import cancel_booking, cancel_session, request_place, settle_round
from training.models import Booking, FairRound, RoundLine, Session
from training.privacy import unlink_round_lines
from training.states import BookingState, RoundOutcome, RoundState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
OPENS, CLOSES = NOW - timedelta(days=1), NOW + timedelta(days=6)


@pytest.fixture
def running():
    """A round that takes requests for the two places of a session."""
    session = SessionFactory(capacity=2, starts_at=NOW + timedelta(days=28))
    return FairRoundFactory(session=session, opens_at=OPENS, closes_at=CLOSES)


def ask(fair_round, person):
    return request_place(session=fair_round.session, person=person, by=person)


def settled(fair_round, *people):
    for person in people:
        ask(fair_round, person)
    with time_machine.travel(CLOSES, tick=False):
        return settle_round(fair_round=fair_round)


def page(client, thing):
    response = client.get(thing if isinstance(thing, str) else thing.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_the_session_says_when_to_ask_and_offers_no_booking(client, person, running):
    told = page(client, running.session)

    assert "Places by a fair round" in told
    assert (
        "from <strong>9am on Sunday 6 January</strong> to <strong>9am on Sunday 13 January</strong>"
        in told
    )
    assert reverse("training:session-book", args=[running.session.pk]) not in told
    assert running.get_absolute_url() in told


def test_the_course_says_so_beside_the_date(client, person, running):
    told = page(client, running.session.course)

    assert "Ask for a place from 9am on Sunday 6 January to 9am on Sunday 13 January" in told


def test_a_person_asks_sees_their_points_and_takes_it_back(client, person, running):
    told = page(client, running)
    assert "Ask for a place" in told
    assert "Your points as things stand today" in told
    assert SEED not in told
    assert running.seed_hash in told

    address = reverse("training:round-request", args=[running.pk])
    answer = client.post(address, {"one_time_key": uuid.uuid4()}, follow=True)

    assert "You have asked for a place. We have sent you an e-mail" in answer.content.decode()
    booking = Booking.objects.get(state=BookingState.REQUESTED)
    assert f"Your request has the number <strong>{booking.pk}</strong>" in page(client, running)
    for name in ("booking-list", "my-development"):
        assert "in the fair round" in page(client, reverse(f"training:{name}"))
    asks = page(client, reverse("training:booking-cancel", args=[booking.pk]))
    assert "Take the request back?" in asks
    client.post(reverse("training:booking-cancel", args=[booking.pk]))
    assert "Ask for a place" in page(client, running)


def test_asking_late_is_refused_in_words(client, person, running):
    address = reverse("training:round-request", args=[running.pk])
    with time_machine.travel(CLOSES, tick=False):
        answer = client.post(address, {"one_time_key": uuid.uuid4()}, follow=True)

    assert "Requests are open from 9am on Sunday 6 January" in answer.content.decode()
    assert Booking.objects.count() == 0


def test_a_get_asks_for_nothing(client, person, running):
    answer = client.get(reverse("training:round-request", args=[running.pk]))

    assert answer.url == running.get_absolute_url()
    assert Booking.objects.count() == 0


def test_the_result_shows_ones_own_line_and_nobody_elses_name(client, person, running):
    others = [staff_user(user__full_name=f"Canary Name {n}") for n in range(3)]
    settled(running, person, *others)

    told = page(client, running)

    line = RoundLine.objects.get(booking__person=person)
    assert f"number {line.rank} of 4" in told
    assert f"<strong>{line.points} points</strong>" in told
    assert "Canary Name" not in told
    assert f"printf &#x27;%s&#x27; &#x27;{SEED}:" in told or f"printf '%s' '{SEED}:" in told
    assert all(str(number) in told for number in RoundLine.objects.values_list("number", flat=True))


@pytest.mark.parametrize("counts", [True, False])
def test_days_left_do_not_apply_where_the_course_does_not_count(client, person, running, counts):
    running.session.course.counts_towards_five = counts
    running.session.course.save()
    words = "Does not apply here: this course does not count towards the five days."

    before = page(client, running)
    settled(running, person)

    assert [words in told for told in (before, page(client, running))] == [not counts] * 2


def test_the_result_says_what_became_of_the_place(client, person, running):
    settled(running, person)
    assert "What became of it since" not in page(client, running)

    cancel_session(session=running.session, reason="The trainer is ill.", by=officer())

    told = page(client, running)
    assert "What became of it since" in told
    assert "Why: “The trainer is ill.”" in told


def test_the_result_says_that_one_gave_the_place_back(client, person, running):
    settled(running, person)
    cancel_booking(booking=Booking.objects.get(person=person), by=person)

    assert "You cancelled it yourself." in page(client, running)


def test_who_asked_nothing_sees_the_result_without_a_line_of_their_own(client, person, running):
    settled(running, staff_user())

    assert "What your request came to" not in page(client, running)


def test_an_officer_sees_the_names(client, running):
    settled(running, staff_user(user__full_name="Gita Rao"))
    client.force_login(officer())

    assert "Gita Rao" in page(client, running)


def test_the_draw_is_a_file_without_names_once_it_is_settled(client, person, running):
    address = reverse("training:round-draw", args=[running.pk])
    assert client.get(address).status_code == 404
    settled(running, person)

    rows = list(csv.reader(client.get(address).content.decode().splitlines()))

    line = RoundLine.objects.get()
    assert rows == [
        ["rank", "request", "points", "draw", "outcome"],
        ["1", str(line.number), str(line.points), line.draw, "place"],
    ]


def test_the_list_shows_rounds_that_run_and_results(client, person, running):
    earlier = FairRoundFactory(
        state=RoundState.SETTLED,
        closes_at=NOW - timedelta(days=9),
        ended_at=NOW - timedelta(days=9),
        places=3,
    )

    told = page(client, reverse("training:round-list"))

    assert running.get_absolute_url() in told
    assert earlier.get_absolute_url() in told
    assert "3 places for 0 requests" in told
    assert "1 session has far more people than places" in page(
        client, reverse("training:course-list")
    )


def test_the_published_order_says_that_the_round_comes_first(client, person):
    assert "Who waits from a fair round." in page(client, reverse("training:waiting-order"))


@pytest.mark.parametrize("people", [1, 3])
def test_the_result_takes_the_same_queries_however_many_asked(
    client, person, running, people, django_assert_num_queries
):
    settled(running, *[staff_user() for _ in range(people)])
    page(client, running)

    with django_assert_num_queries(6):
        page(client, running)


# --- In the admin --------------------------------------------------------------------------------


@pytest.fixture
def by(client):
    by = HRAdminFactory()
    client.force_login(by)
    return by


def announce(client, session, opens, closes):
    moments = {}
    for name, moment in (("opens_at", opens), ("closes_at", closes)):
        local = timezone.localtime(moment)
        moments |= {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M}"}
    data = {"session": session.pk, **moments}
    return client.post(reverse("admin:training_fairround_add"), data, follow=True)


def test_hr_announces_a_round_and_never_sees_its_seed(client, by):
    session = SessionFactory(starts_at=NOW + timedelta(days=28))

    announce(client, session, NOW + timedelta(days=1), NOW + timedelta(days=8))

    made = FairRound.objects.get()
    assert (made.session, made.announced_by) == (session, by)
    told = page(client, reverse("admin:training_fairround_change", args=[made.pk]))
    assert made.seed_hash in told
    assert made.seed not in told


def test_a_round_that_cannot_be_is_refused_beside_the_form(client, by):
    session = SessionFactory(starts_at=NOW + timedelta(days=28))

    answer = announce(client, session, NOW + timedelta(days=1), NOW + timedelta(days=2))

    assert "Keep requests open for 7 days or longer." in answer.content.decode()
    assert FairRound.objects.count() == 0


def test_hr_sees_who_has_asked_then_every_line_with_its_name(client, by, running):
    person = staff_user(user__full_name="Gita Rao")
    ask(running, person)
    address = reverse("admin:training_fairround_change", args=[running.pk])
    assert "1: Gita Rao" in page(client, address)

    settled(running)

    told = page(client, address)
    assert "Gita Rao" in told
    assert "A place" in told


def test_hr_calls_a_round_off_with_a_reason(client, by, running):
    ask(running, staff_user())
    address = reverse("admin:training_fairround_call_off", args=[running.pk])
    refused = client.post(address, {"reason": ""})
    assert "Give the reason that people are told." in refused.content.decode()

    answer = client.post(address, {"reason": "We found a larger room."}, follow=True)

    assert "everybody who had asked is told" in answer.content.decode()
    assert FairRound.objects.get().state == RoundState.CALLED_OFF
    message = Message.objects.get(template="training/emails/round_called_off")
    assert message.context["reason"] == "We found a larger room."


# --- What must never be true, and what is left -------------------------------------------------------


def violations(check):
    return list(getattr(of_training, check)())


CHECKS = [
    "each_draw_comes_out_the_same_when_repeated",
    "places_of_a_round_go_by_rank",
    "requests_wait_for_a_round_that_runs",
    "sessions_know_their_rounds",
]


def test_nothing_is_wrong_with_a_round(running):
    ask(running, staff_user())
    assert [violations(check) for check in CHECKS] == [[], [], [], []]

    settled(running, staff_user(), staff_user())

    assert [violations(check) for check in CHECKS] == [[], [], [], []]


def test_what_was_changed_afterwards_is_seen(running):
    settled(running, *[staff_user() for _ in range(3)])
    last, first = RoundLine.objects.get(rank=3), RoundLine.objects.get(rank=1)
    RoundLine.objects.filter(pk=first.pk).update(outcome=RoundOutcome.WAITING)
    RoundLine.objects.filter(pk=last.pk).update(outcome=RoundOutcome.PLACE, draw="0" * 64)

    assert len(violations(CHECKS[0])) == 2
    assert violations(CHECKS[1]) == [
        f"Fair round {running.pk} gave its places out of the order of the ranks."
    ]


def test_requests_without_a_round_and_rounds_nobody_settles_are_seen(running):
    booking = BookingFactory(state=BookingState.REQUESTED)
    with time_machine.travel(CLOSES + timedelta(hours=2), tick=False):
        assert violations(CHECKS[2]) == [
            f"Booking {booking.pk} asks for a place that no fair round will give.",
            f"Fair round {running.pk} is not settled an hour after it closed.",
        ]


def test_a_session_that_forgot_its_round_is_seen(running):
    Session.objects.update(requests_open_at=None, requests_close_at=None)

    assert violations(CHECKS[3]) == [
        f"Session {running.session_id} and its fair round say different things."
    ]


def test_who_is_erased_leaves_the_numbers_and_the_draw_can_still_be_repeated(running):
    person = staff_user()
    settled(running, person)

    assert unlink_round_lines(person) == 1

    assert RoundLine.objects.get().booking is None
    assert violations(CHECKS[0]) == []
