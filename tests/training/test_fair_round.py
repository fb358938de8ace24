"""A fair round from its announcement to its places: who may do what when, and how the places go."""

import hashlib
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from notifications.models import Message
from organisation.models import Absence
from tests.factories.organisation import StaffMemberFactory
from tests.factories.rounds import SEED, FairRoundFactory
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    SessionFactory,
    officer,
    staff_user,
)
from training.actions import (
    announce_round,
    book_past_the_order,
    book_place,
    call_off_round,
    cancel_booking,
    cancel_session,
    change_session,
    join_waiting_list,
    request_place,
    settle_round,
)
from training.actions.timetable import let_time_answer
from training.exceptions import (
    AlreadyBooked,
    BeforeTheRoundCloses,
    NoRoundNow,
    RoundRefused,
    RoundRunning,
)
from training.models import Approval, Booking, FairRound, RoundLine, SkippedOffer
from training.queries import differences_when_repeated, waiting_in_published_order
from training.states import (
    BookingState,
    EndReason,
    RoundEvent,
    RoundOutcome,
    RoundState,
    SkipReason,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
OPENS, CLOSES = NOW + timedelta(days=1), NOW + timedelta(days=8)
STARTS = NOW + timedelta(days=28)
B = BookingState


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def session_of(capacity=2, starts_at=STARTS, **fields):
    return SessionFactory(capacity=capacity, starts_at=starts_at, **fields)


def round_of(session=None, capacity=2):
    """A round whose seed is known; its requests are open from tomorrow for a week."""
    session = session or session_of(capacity)
    return FairRoundFactory(session=session, opens_at=OPENS, closes_at=CLOSES, announced_at=NOW)


def ask(fair_round, *people):
    """Let people ask for a place while requests are open."""
    with time_machine.travel(OPENS, tick=False):
        return [
            request_place(session=fair_round.session, person=person, by=person)
            for person in people or [staff_user()]
        ]


def settle(fair_round, at=CLOSES):
    with time_machine.travel(at, tick=False):
        return settle_round(fair_round=fair_round)


def states(bookings):
    return [Booking.objects.get(pk=booking.pk).state for booking in bookings]


def has_used(person, days):
    """Take so many of the person's five days by places on other sessions of this year."""
    for number in range(days):
        BookingFactory(
            person=person,
            session=SessionFactory(starts_at=STARTS + timedelta(days=2 + number)),
        )
    return person


# --- Announcing --------------------------------------------------------------------------------


def test_announcing_publishes_the_hash_of_a_seed_that_nobody_knows_and_logs_it():
    by = officer()

    made = announce_round(session=session_of(), opens_at=OPENS, closes_at=CLOSES, by=by)

    assert made.seed_hash == hashlib.sha256(made.seed.encode()).hexdigest()
    assert made.shown_seed == ""
    entry = AuditEvent.objects.get(event=RoundEvent.ROUND_ANNOUNCED)
    assert entry.facts == {"seed_hash": made.seed_hash}
    made.session.refresh_from_db()
    assert (made.session.requests_open_at, made.session.requests_close_at) == (OPENS, CLOSES)


def test_no_two_rounds_have_the_same_seed():
    by = officer()
    when = {"opens_at": OPENS, "closes_at": CLOSES, "by": by}
    made = [
        announce_round(session=session_of(starts_at=STARTS + timedelta(days=n)), **when)
        for n in range(2)
    ]

    assert made[0].seed != made[1].seed


def test_only_officers_and_hr_announce_rounds():
    with pytest.raises(PermissionDenied):
        announce_round(session=session_of(), opens_at=OPENS, closes_at=CLOSES, by=staff_user())


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "words"),
    [
        (NOW, CLOSES, "Requests must open later than now."),
        (OPENS, CLOSES - timedelta(hours=1), "Keep requests open for 7 days or longer."),
        (
            OPENS,
            STARTS - timedelta(days=4),
            "Requests must close 5 days before the session or earlier.",
        ),
    ],
)
def test_a_round_needs_its_time(opens_at, closes_at, words):
    with pytest.raises(RoundRefused) as refusal:
        announce_round(session=session_of(), opens_at=opens_at, closes_at=closes_at, by=officer())

    assert str(refusal.value) == words


def test_a_session_that_people_wait_for_goes_by_its_order_and_not_by_a_round():
    session = session_of(capacity=1)
    BookingFactory(session=session)
    BookingFactory(session=session, state=B.WAITING)

    with pytest.raises(RoundRefused, match="People wait for this session already"):
        announce_round(session=session, opens_at=OPENS, closes_at=CLOSES, by=officer())


def test_a_session_has_one_round_at_a_time():
    fair_round = round_of()

    with pytest.raises(RoundRefused, match="running for this session already"):
        announce_round(session=fair_round.session, opens_at=OPENS, closes_at=CLOSES, by=officer())
    with pytest.raises(IntegrityError, match="one_running_round"), transaction.atomic():
        FairRoundFactory(session=fair_round.session)


# --- While it runs -----------------------------------------------------------------------------


@pytest.mark.parametrize("act", [book_place, join_waiting_list])
@pytest.mark.parametrize("at", [NOW, OPENS, CLOSES])
def test_nobody_books_or_waits_until_the_places_are_given(act, at):
    session, person = round_of().session, staff_user()

    with time_machine.travel(at, tick=False), pytest.raises(RoundRunning) as refusal:
        act(session=session, person=person, by=person)

    assert str(refusal.value) == (
        "Places on this session are given by a fair round. You can ask for one from 9am on "
        "Tuesday 8 January to 9am on Tuesday 15 January."
    )


def test_an_officer_does_not_go_past_a_round_either():
    with pytest.raises(RoundRunning):
        book_past_the_order(
            session=round_of().session, person=staff_user(), by=officer(), reason="She asked."
        )


@pytest.mark.parametrize("at", [NOW, OPENS - timedelta(seconds=1), CLOSES])
def test_requests_are_taken_only_in_their_time(at):
    session, person = round_of().session, staff_user()

    with time_machine.travel(at, tick=False), pytest.raises(NoRoundNow) as refusal:
        request_place(session=session, person=person, by=person)

    assert str(refusal.value).startswith("Requests are open from 9am on Tuesday 8 January")


def test_a_request_holds_no_place_and_is_confirmed_with_its_number():
    [booking] = ask(round_of())

    assert (booking.state, booking.place_number) == (B.REQUESTED, None)
    message = Message.objects.get(template="training/emails/place_requested")
    assert (message.to, message.context["number"]) == (booking.person.email, booking.pk)


def test_a_person_asks_once_and_the_same_form_asks_once():
    fair_round, person, key = round_of(), staff_user(), uuid.uuid4()
    asked = {"session": fair_round.session, "person": person, "by": person}
    with time_machine.travel(OPENS, tick=False):
        made = [request_place(**asked, one_time_key=key) for _ in range(2)]
        with pytest.raises(AlreadyBooked):
            request_place(**asked)

    assert made[0] == made[1]
    assert Message.objects.count() == 1


def test_nobody_asks_for_somebody_else():
    with time_machine.travel(OPENS, tick=False), pytest.raises(PermissionDenied):
        request_place(session=round_of().session, person=staff_user(), by=staff_user())


def test_a_request_can_be_taken_back_and_made_again():
    fair_round = round_of()
    [booking] = ask(fair_round)
    with time_machine.travel(OPENS, tick=False):
        cancel_booking(booking=booking, by=booking.person)
    ask(fair_round, booking.person)

    assert states([booking]) == [B.CANCELLED_BY_PERSON]
    assert Booking.objects.filter(state=B.REQUESTED).count() == 1
    message = Message.objects.get(template="training/emails/booking_cancelled")
    assert (message.context["had_a_place"], message.context["had_asked"]) == (False, True)


def test_a_place_given_back_meanwhile_is_kept_for_the_round():
    session = session_of(capacity=1)
    held = BookingFactory(session=session)
    fair_round = round_of(session)
    asked = ask(fair_round)
    with time_machine.travel(OPENS, tick=False):
        cancel_booking(booking=held, by=held.person)
        let_time_answer()
    assert states(asked) == [B.REQUESTED]

    settle(fair_round)

    assert states(asked) == [B.BOOKED]


# --- Points ------------------------------------------------------------------------------------


def lines_of(fair_round):
    return {line.booking.person_id: line for line in fair_round.lines.select_related("booking")}


def test_points_count_what_is_short_what_the_service_took_missed_rounds_and_years():
    course = CourseFactory()
    session = session_of(course=course)
    fair_round = round_of(session)
    person = has_used(staff_user(), 2)
    for number in range(2):
        BookingFactory(
            person=person,
            session=SessionFactory(starts_at=STARTS - timedelta(days=90 + number)),
            state=B.CANCELLED_BY_SERVICE,
            end_reason=EndReason.WORK_EMERGENCY,
            ended_at=NOW - timedelta(days=30),
        )
    earlier_line(person, course, RoundOutcome.WAITING, days_ago=100)
    earlier_line(person, CourseFactory(), RoundOutcome.PLACE, days_ago=800)
    ask(fair_round, person)

    settle(fair_round)

    line = lines_of(fair_round)[person.pk]
    counts = (line.half_days_left, line.taken_by_service, line.rounds_missed, line.years_without)
    assert counts == (6, 2, 1, 2)
    assert line.points == 6 * 1 + 2 * 2 + 1 * 3 + 2 * 1


def earlier_line(person, course, outcome, *, days_ago):
    """What became of the person's request in an earlier round for a course."""
    ended = NOW - timedelta(days=days_ago)
    session = SessionFactory(course=course, starts_at=ended + timedelta(days=20))
    fair_round = FairRoundFactory(
        session=session,
        state=RoundState.SETTLED,
        opens_at=ended - timedelta(days=7),
        closes_at=ended,
        ended_at=ended,
        places=1,
    )
    got = outcome == RoundOutcome.PLACE
    booking = BookingFactory(
        session=session,
        person=person,
        state=B.ATTENDED if got else B.LAPSED,
        half_days_attended=2 if got else None,
        end_reason="" if got else EndReason.NO_PLACE,
    )
    return RoundLine.objects.create(
        round=fair_round,
        booking=booking,
        number=booking.pk,
        half_days_left=0,
        taken_by_service=0,
        rounds_missed=0,
        years_without=0,
        points=0,
        draw="0" * 64,
        rank=1,
        outcome=outcome,
    )


def test_a_course_that_does_not_count_asks_nothing_of_the_five_days():
    fair_round = round_of(session_of(course=CourseFactory(counts_towards_five=False)))
    [booking] = ask(fair_round)

    settle(fair_round)

    assert lines_of(fair_round)[booking.person_id].half_days_left == 0


def test_most_points_come_first_and_the_rest_wait_by_rank():
    fair_round = round_of(capacity=1)
    people = [has_used(staff_user(), days) for days in (3, 0, 1)]
    bookings = ask(fair_round, *people)

    settled = settle(fair_round)

    assert states(bookings) == [B.WAITING, B.BOOKED, B.WAITING]
    assert (settled.state, settled.places) == (RoundState.SETTLED, 1)
    queue = waiting_in_published_order(fair_round.session, CLOSES)
    assert [row.person for row in queue] == [people[2], people[0]]
    assert [row.joined_at_position for row in queue] == [1, 2]


def test_how_early_somebody_asks_makes_no_difference_and_the_draw_parts_equals():
    fair_round = round_of(capacity=2)
    bookings = ask(fair_round, *[staff_user() for _ in range(6)])

    settle(fair_round)

    by_draw = sorted(
        bookings, key=lambda row: hashlib.sha256(f"{SEED}:{row.pk}".encode()).hexdigest()
    )
    lines = list(fair_round.lines.order_by("rank"))
    assert [line.number for line in lines] == [row.pk for row in by_draw]
    assert [line.outcome for line in lines] == ["place"] * 2 + ["waiting"] * 4
    assert states(by_draw[:2]) == [B.BOOKED, B.BOOKED]
    assert [row.pk for row in by_draw] != [row.pk for row in bookings]


def test_anybody_can_repeat_the_draw_and_a_change_shows():
    fair_round = round_of(capacity=1)
    ask(fair_round, *[staff_user() for _ in range(3)])
    fair_round = settle(fair_round)
    assert differences_when_repeated(fair_round) == []
    assert fair_round.shown_seed == SEED

    first = fair_round.lines.get(rank=1)
    RoundLine.objects.filter(pk=first.pk).update(points=1, draw="f" * 64)
    fair_round.seed = "another"

    assert differences_when_repeated(fair_round)[:2] == [
        "its seed does not belong to the hash that was published",
        f"request {first.number} has other points",
    ]


# --- What a place asks for -----------------------------------------------------------------------


@pytest.mark.parametrize(("days", "state"), [(4, B.BOOKED), (5, B.HELD), (6, B.HELD)])
def test_a_drawn_place_beyond_the_five_days_is_held(days, state):
    person = StaffMemberFactory(line_manager=StaffMemberFactory()).user
    has_used(person, days)
    fair_round = round_of(session_of())
    [booking] = ask(fair_round, person)

    settle(fair_round)

    assert states([booking]) == [state]


def test_a_drawn_place_is_held_where_the_manager_approves_first():
    manager = StaffMemberFactory()
    person = StaffMemberFactory(line_manager=manager).user
    fair_round = round_of(session_of(course=CourseFactory(approval=Approval.ALWAYS)))
    [booking] = ask(fair_round, person)

    settle(fair_round)

    assert states([booking]) == [B.HELD]
    templates = set(Message.objects.filter(created_at__gte=CLOSES).values_list("template", "to"))
    assert templates == {
        ("training/emails/place_held", person.email),
        ("training/emails/place_held_manager", manager.user.email),
        ("training/emails/round_result", person.email),
    }


def test_a_drawn_place_within_the_five_days_is_booked_and_the_manager_may_object():
    manager = StaffMemberFactory()
    person = StaffMemberFactory(line_manager=manager).user
    fair_round = round_of()
    [booking] = ask(fair_round, person)

    settle(fair_round)

    booking.refresh_from_db()
    assert booking.may_be_objected_to
    told = Message.objects.filter(created_at__gte=CLOSES).order_by("pk")
    assert [(row.template.split("/")[-1], row.to) for row in told] == [
        ("place_booked_manager", manager.user.email),
        ("round_result", person.email),
    ]
    assert told[1].attachments.count() == 1


def test_each_person_gets_the_reason():
    fair_round = round_of(capacity=1)
    bookings = ask(fair_round, *[staff_user() for _ in range(3)])
    last = ask(fair_round, has_used(staff_user(), 2))[0]

    settle(fair_round)

    told = {
        row.to: row.context for row in Message.objects.filter(template__endswith="round_result")
    }
    assert len(told) == 4
    facts = told[last.person.email]
    keys = ["points", "rank", "places", "got_a_place", "position", "cut", "tied", "at_the_cut"]
    assert [facts[key] for key in keys] == [9, 4, 1, False, 3, 13, 3, False]
    assert [told[row.person.email]["at_the_cut"] for row in bookings] == [True] * 3


# --- What happens meanwhile ------------------------------------------------------------------------


def test_who_has_something_else_then_is_passed_over_with_the_reason_and_waits_first():
    fair_round = round_of(capacity=1)
    busy, free = staff_user(), has_used(staff_user(), 2)
    bookings = ask(fair_round, busy, free)
    BookingFactory(person=busy, session=SessionFactory(starts_at=STARTS))
    Booking.objects.filter(person=busy, state=B.BOOKED).update(place_number=1)

    settle(fair_round)

    assert states(bookings) == [B.WAITING, B.BOOKED]
    line = lines_of(fair_round)[busy.pk]
    assert (line.rank, line.outcome, line.passed_over) == (1, "passed_over", "clash")
    skip = SkippedOffer.objects.get()
    assert (skip.booking, skip.offered, skip.reason) == (bookings[0], None, SkipReason.CLASH)
    message = Message.objects.get(template__endswith="round_result", to=busy.email)
    assert message.context["because"] == "you had something else at that time"


def test_who_is_away_then_is_passed_over():
    fair_round = round_of(capacity=1)
    person = staff_user()
    bookings = ask(fair_round, person)
    Absence.objects.create(
        member=person.staff_member, starts_on=STARTS.date(), ends_on=STARTS.date(), key="A-1"
    )

    settle(fair_round)

    assert states(bookings) == [B.WAITING]
    assert lines_of(fair_round)[person.pk].passed_over == SkipReason.AWAY


def test_who_has_left_gets_no_place_and_is_not_put_on_the_list():
    fair_round = round_of(capacity=1)
    leaver, other = staff_user(), has_used(staff_user(), 2)
    bookings = ask(fair_round, leaver, other)
    member = leaver.staff_member
    member.left_on = NOW.date()
    member.save()

    settle(fair_round)

    assert states(bookings) == [B.CANCELLED_BY_SERVICE, B.BOOKED]
    assert not Message.objects.filter(to=leaver.email, template__endswith="round_result").exists()


def test_capacity_raised_meanwhile_is_given_too():
    fair_round = round_of(capacity=1)
    bookings = ask(fair_round, *[staff_user() for _ in range(3)])
    with time_machine.travel(OPENS, tick=False):
        change_session(session=fair_round.session, by=officer(), capacity=2)
        assert states(bookings) == [B.REQUESTED] * 3

    settle(fair_round)

    assert sorted(states(bookings)) == [B.BOOKED, B.BOOKED, B.WAITING]


def test_a_cancelled_session_calls_its_round_off_at_once_with_one_letter_to_each(client):
    fair_round = round_of()
    bookings = ask(fair_round, staff_user())
    by = officer()
    with time_machine.travel(OPENS, tick=False):
        cancel_session(session=fair_round.session, reason="The trainer is ill.", by=by)
        told = Message.objects.filter(to=bookings[0].person.email)
        letters = sorted(told.values_list("template", flat=True))
        client.force_login(bookings[0].person)
        page = client.get(fair_round.get_absolute_url()).content.decode()

    assert letters == ["training/emails/place_requested", "training/emails/session_cancelled"]
    assert "This round was called off" in page
    assert "The session was cancelled." in page
    assert AuditEvent.objects.get(event="round_called_off").by == by
    fair_round.refresh_from_db()
    assert (fair_round.state, fair_round.end_reason) == (
        RoundState.CALLED_OFF,
        "The session was cancelled.",
    )
    assert states(bookings) == [B.CANCELLED_BY_SERVICE]
    fair_round.session.refresh_from_db()
    assert not fair_round.session.is_in_round


def test_a_session_is_not_moved_to_before_its_round_has_closed():
    session = round_of().session
    two_days_before = CLOSES + timedelta(days=settings.FAIR_ROUND_CLOSES_DAYS_BEFORE)

    with pytest.raises(BeforeTheRoundCloses, match="or call the fair round off first"):
        move(session, two_days_before - timedelta(minutes=1))
    assert move(session, two_days_before).starts_at == two_days_before


def move(session, starts_at):
    ends_at = starts_at + timedelta(hours=6)
    return change_session(session=session, by=officer(), starts_at=starts_at, ends_at=ends_at)


def test_a_session_that_begins_before_the_draw_gives_nobody_a_place():
    fair_round = round_of()
    bookings = ask(fair_round)

    settled = settle(fair_round, at=STARTS + timedelta(hours=1))

    assert settled.state == RoundState.CALLED_OFF
    assert states(bookings) == [B.LAPSED]


def test_a_round_that_nobody_asked_in_opens_the_session_for_booking():
    fair_round = round_of()
    settle(fair_round)
    person = staff_user()

    with time_machine.travel(CLOSES, tick=False):
        booking = book_place(session=fair_round.session, person=person, by=person)

    assert booking.state == B.BOOKED


# --- By the clock --------------------------------------------------------------------------------


def test_the_clock_settles_a_round_once_and_not_before_it_closes():
    fair_round = round_of(capacity=1)
    ask(fair_round, *[staff_user() for _ in range(3)])

    with time_machine.travel(CLOSES - timedelta(seconds=1), tick=False):
        let_time_answer()
    assert RoundLine.objects.count() == 0
    for _ in range(2):
        with time_machine.travel(CLOSES, tick=False):
            let_time_answer()

    assert RoundLine.objects.count() == 3
    assert Message.objects.filter(template__endswith="round_result").count() == 3
    assert AuditEvent.objects.filter(event=RoundEvent.ROUND_SETTLED).count() == 1


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(monkeypatch):
    fair_round = round_of(capacity=1)
    bookings = ask(fair_round, *[staff_user() for _ in range(3)])

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("training.actions.drawing.keep_positions", die)
        with pytest.raises(KeyboardInterrupt):
            settle(fair_round)
    assert states(bookings) == [B.REQUESTED] * 3
    assert RoundLine.objects.count() == 0

    settle(fair_round)

    assert sorted(states(bookings)) == [B.BOOKED, B.WAITING, B.WAITING]


# --- Afterwards ------------------------------------------------------------------------------------


def test_a_freed_place_follows_the_draw_and_who_comes_later_is_behind_the_list():
    fair_round = round_of(capacity=1)
    drawn = ask(fair_round, has_used(staff_user(), 1), has_used(staff_user(), 3))
    settle(fair_round)
    with time_machine.travel(CLOSES, tick=False):
        newcomer = (
            staff_user()
        )  # They have all five days left, and would be first without the draw.
        later = join_waiting_list(session=fair_round.session, person=newcomer, by=newcomer)
        assert waiting_in_published_order(fair_round.session, CLOSES) == [drawn[1], later]
        cancel_booking(booking=Booking.objects.get(pk=drawn[0].pk), by=drawn[0].person)

    assert states([drawn[1], later]) == [B.OFFERED, B.WAITING]


def test_who_leaves_the_list_and_comes_back_is_behind_it():
    fair_round = round_of(capacity=1)
    drawn = ask(fair_round, *[staff_user() for _ in range(3)])
    settle(fair_round)
    first, second = waiting_in_published_order(fair_round.session, CLOSES)
    with time_machine.travel(CLOSES, tick=False):
        cancel_booking(booking=first, by=first.person)
        again = join_waiting_list(session=fair_round.session, person=first.person, by=first.person)

    assert waiting_in_published_order(fair_round.session, CLOSES) == [second, again]
    assert len(drawn) == 3


def test_a_round_called_off_puts_everybody_on_the_list_and_offers_in_the_published_order():
    fair_round = round_of(capacity=1)
    used, fresh = ask(fair_round, has_used(staff_user(), 3), staff_user())
    with time_machine.travel(OPENS, tick=False):
        call_off_round(fair_round=fair_round, by=officer(), reason="We found another room.")

    assert states([used, fresh]) == [B.WAITING, B.OFFERED]
    told = Message.objects.filter(template__endswith="round_called_off")
    assert {row.context["reason"] for row in told} == {"We found another room."}
    assert told.count() == 2
    with pytest.raises(RoundRefused):
        call_off_round(fair_round=fair_round, by=officer(), reason="Again")


def test_only_officers_and_hr_call_a_round_off():
    with pytest.raises(PermissionDenied):
        call_off_round(fair_round=round_of(), by=staff_user(), reason="No")
    assert FairRound.objects.running().count() == 1
