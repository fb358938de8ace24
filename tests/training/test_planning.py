"""Series, copies, rooms and trainers: never twice in a half day, and said in words beside the field."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
import time_machine
from django.db import IntegrityError, OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from notifications.models import Message
from organisation.models import BankHoliday
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    SessionFactory,
    officer,
    staff_user,
)
from tests.training.series import series_data
from training.actions import change_session, plan_series, plan_session, sessions
from training.admin.sessions import copy_of
from training.exceptions import (
    CancelledAlready,
    DecidedTooLate,
    DoubleBooked,
    InThePast,
    PeopleClash,
    RoomTooSmall,
    TrainerHasAPlace,
)
from training.models import Room, Series, Session
from training.queries.planning import half_days_taken, series_dates
from training.states import SessionState

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
DAY = datetime(2030, 2, 5, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(request):
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def room():
    return Room.objects.create(name="The Mill, upstairs", places=12)


def plan(by, **changes):
    fields = {
        "course": CourseFactory(),
        "starts_at": DAY,
        "ends_at": DAY + timedelta(hours=6),
        "half_days": 2,
        "place_name": "The Mill",
        "capacity": 8,
    }
    return plan_session(by=by, **fields | changes)


def test_nobody_is_made_trainer_of_a_session_at_the_time_of_their_own_place(by):
    trainer = staff_user()
    own = BookingFactory(person=trainer, session=SessionFactory(starts_at=DAY)).session

    for lead in (
        lambda: plan(by, trainer=trainer),
        lambda: change_session(session=own, by=by, trainer=trainer),
    ):
        with pytest.raises(TrainerHasAPlace, match=f"is booked on {own.course.title}"):
            lead()
    next_day = DAY + timedelta(days=1)
    plan(by, trainer=trainer, starts_at=next_day, ends_at=next_day + timedelta(hours=6))


def test_nothing_is_planned_in_the_past_or_moved_to_it(client, by):
    with pytest.raises(InThePast, match="still to come"):
        plan(by, starts_at=NOW - timedelta(minutes=1))
    session = plan(by)
    with pytest.raises(InThePast, match="still to come"):
        change_session(session=session, by=by, starts_at=NOW - timedelta(days=1))
    with time_machine.travel(DAY + timedelta(hours=1)):
        with pytest.raises(InThePast, match="has begun"):
            later = DAY + timedelta(days=9)
            ends_at = later + timedelta(hours=6)
            change_session(session=session, by=by, starts_at=later, ends_at=ends_at)
        change_session(session=session, by=by, place_name="The Old Bakery")
    session.refresh_from_db()
    assert (session.starts_at, session.place_name) == (DAY, "The Old Bakery")


@pytest.mark.parametrize(
    ("starts", "hours"), [(9, 3), (9, 4), (9, 8), (13, 3), (13, 24), (8, 53), (12, 1), (22, 2)]
)
@pytest.mark.parametrize("month", [1, 3, 7, 10])
def test_half_days_are_those_that_the_database_works_out(starts, hours, month):
    begins = timezone.make_aware(datetime.combine(date(2030, month, 30), time(starts)))
    session = SessionFactory(starts_at=begins, ends_at=begins + timedelta(hours=hours))
    session.refresh_from_db()

    taken = half_days_taken(session.starts_at, session.ends_at)

    assert (taken.lower, taken.upper) == (session.during.lower, session.during.upper)


@pytest.mark.parametrize("what", ["trainer", "room"])
def test_nobody_and_no_room_is_planned_twice_in_a_half_day(by, room, what):
    given = (
        {"trainer": staff_user(user__full_name="Ann Dow")} if what == "trainer" else {"room": room}
    )
    first = plan(by, **given)

    with pytest.raises(DoubleBooked) as refusal:
        plan(by, starts_at=DAY + timedelta(hours=4), half_days=1, **given)

    who = "Ann Dow" if what == "trainer" else room.name
    assert refusal.value.field == what
    assert str(refusal.value).startswith(f"{who} has {first.course.title} in the same half day")
    plan(by, starts_at=DAY + timedelta(days=1), ends_at=DAY + timedelta(days=1, hours=6), **given)


def test_a_room_holds_so_many(by, room):
    with pytest.raises(RoomTooSmall, match="holds 12 people"):
        plan(by, room=room, capacity=13)


def test_a_decision_comes_before_the_day(by):
    with pytest.raises(DecidedTooLate):
        plan(by, minimum_people=4, decide_on=DAY.date())


def test_a_session_moves_onto_no_other_of_its_trainer(by):
    trainer = staff_user()
    plan(by, trainer=trainer)
    other = plan(by, trainer=trainer, starts_at=DAY + timedelta(days=1),
                 ends_at=DAY + timedelta(days=1, hours=6))  # fmt: skip

    with pytest.raises(DoubleBooked):
        change_session(session=other, by=by, starts_at=DAY, ends_at=DAY + timedelta(hours=6))


def test_a_move_names_everybody_it_clashes_for_on_the_form(client, by):
    session = SessionFactory(starts_at=DAY)
    other = SessionFactory(starts_at=DAY + timedelta(days=7))
    for name in ("Ann Dow", "Ben Cole"):
        person = staff_user(user__full_name=name)
        BookingFactory(session=session, person=person)
        BookingFactory(session=other, person=person)

    address = reverse("admin:training_session_change", args=[session.pk])
    page = client.post(
        address, form_data(session, starts_at=other.starts_at, ends_at=other.ends_at)
    )

    (error,) = page.context["adminform"].form.errors["starts_at"]
    assert error.startswith("Ann Dow is booked on")
    assert "; Ben Cole is booked on" in error
    with pytest.raises(PeopleClash):
        change_session(session=session, by=by, starts_at=other.starts_at, ends_at=other.ends_at)
    assert Message.objects.count() == 0


@pytest.mark.parametrize("what", ["trainer", "room"])
def test_the_form_says_beside_the_field_with_what_it_clashes(client, by, room, what):
    given = (
        {"trainer": staff_user(user__full_name="Ann Dow")} if what == "trainer" else {"room": room}
    )
    there = plan(by, **given)

    page = client.post(
        reverse("admin:training_session_add"), form_data(there, **{what: given[what].pk})
    )

    (error,) = page.context["adminform"].form.errors[what]
    who = "Ann Dow" if what == "trainer" else room.name
    assert error == f"{who} has {there.course.title} in the same half day ({there.when})."
    assert Session.objects.count() == 1


def test_a_session_without_a_place_is_in_its_room(client, by, room):
    like = SessionFactory.build(course=CourseFactory(), starts_at=DAY)

    client.post(reverse("admin:training_session_add"), form_data(like, room=room.pk, place_name=""))

    session = Session.objects.get()
    assert (session.room, session.place_name, session.planned_by) == (room, room.name, by)


def test_the_trainer_is_told_of_a_move(by):
    trainer = staff_user()
    session = plan(by, trainer=trainer)

    change_session(session=session, by=by, place_name="Willow House")

    message = Message.objects.get()
    assert (message.to, message.template) == (
        trainer.email,
        "training/emails/session_changed_trainer",
    )


def test_a_cancelled_session_is_not_changed(by):
    with pytest.raises(CancelledAlready):
        change_session(
            session=SessionFactory(state=SessionState.CANCELLED), by=by, place_name="Elsewhere"
        )


# --- Copies and series ----------------------------------------------------------------------------


def test_a_copy_keeps_the_times_of_day_over_the_change_of_the_clocks():
    session = SessionFactory(
        starts_at=DAY, minimum_people=4, decide_on=DAY.date() - timedelta(days=7)
    )

    copied = copy_of(session, date(2030, 3, 1))

    assert timezone.localtime(copied["starts_at"]).isoformat() == "2030-04-16T09:30:00+01:00"
    assert timezone.localtime(copied["ends_at"]).time() == time(15, 30)
    assert copied["decide_on"] == date(2030, 4, 9)
    assert copied["course"] == session.course


def test_copying_opens_the_form_filled_in_and_saves_nothing(client, by):
    session = SessionFactory(starts_at=DAY, capacity=9)
    address = reverse("admin:training_session_add")

    initial = client.get(address, {"copy": session.pk}).context["adminform"].form.initial
    again = client.get(address, {"again": session.course_id}).context["adminform"].form.initial

    assert (initial["capacity"], initial["course"]) == (9, session.course)
    assert again["capacity"] == 9
    assert client.get(address, {"copy": "no"}).status_code == 200
    assert Session.objects.count() == 1


def test_a_series_keeps_the_time_of_day_and_goes_on_for_what_is_left_out():
    BankHoliday.objects.create(on=date(2030, 4, 1), name="A holiday")

    rows = series_dates(
        date(2030, 3, 25), time(9, 30), time(12), number=3, every_weeks=1, leaves_out_holidays=True
    )

    assert [(row.on, row.holiday) for row in rows] == [
        (date(2030, 3, 25), ""),
        (date(2030, 4, 1), "A holiday"),
        (date(2030, 4, 8), ""),
        (date(2030, 4, 15), ""),
    ]
    assert {timezone.localtime(row.starts_at).time() for row in rows} == {time(9, 30)}
    assert {row.starts_at.astimezone(UTC).hour for row in rows} == {8, 9}


def test_an_officer_looks_at_a_series_then_plans_it(client, by, room):
    there = plan(by, room=room, half_days=1, starts_at=DAY + timedelta(days=7),
                 ends_at=DAY + timedelta(days=7, hours=3))  # fmt: skip
    address = reverse("admin:training_session_series")
    data = series_data(there.course, room=room.pk)

    page = client.post(address, {**data, "look": "1"})
    free = [row for row in page.context["dates"] if row.is_free]
    assert (len(page.context["dates"]), len(free), Session.objects.count()) == (6, 5, 1)
    assert f"{room.name} has {there.course.title} in the same half day" in page.content.decode()
    client.post(address, {**data, "plan": "1", "dates": [row.on.isoformat() for row in free]})

    planned = Session.objects.filter(series=Series.objects.get())
    assert [timezone.localdate(row.starts_at) for row in planned] == [row.on for row in free]
    assert {(row.minimum_people, (row.starts_on - row.decide_on).days) for row in planned} == {
        (3, 7)
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": 31}, "number"),
        ({"number": 1}, "number"),
        ({"ends": "09:00"}, "ends"),
        ({"first_on": "2030-01-07"}, "first_on"),
        ({"place_name": ""}, "place_name"),
        ({"decide_days_before": ""}, "decide_days_before"),
        ({"minimum_people": 9}, "minimum_people"),
        ({"name": "\u202e\u200b"}, "name"),
    ],
)
def test_a_series_that_cannot_be_is_said_beside_the_field(client, by, changes, field):
    page = client.post(
        reverse("admin:training_session_series"), series_data(CourseFactory(), **changes)
    )

    assert list(page.context["form"].errors) == [field]


@pytest.mark.parametrize("dates", [[], ["2030-02-06"], ["nonsense"]])
def test_dates_that_were_not_shown_are_not_planned(client, by, dates):
    data = series_data(CourseFactory(), dates=dates, plan="1")

    page = client.post(reverse("admin:training_session_series"), data)

    assert "Nothing was planned." in page.content.decode()
    assert (Session.objects.count(), Series.objects.count()) == (0, 0)


def test_a_series_is_planned_whole_or_not_at_all(by):
    trainer = staff_user()
    plan(by, trainer=trainer, starts_at=DAY + timedelta(days=7),
         ends_at=DAY + timedelta(days=7, hours=6))  # fmt: skip
    times = [(DAY + timedelta(weeks=n), DAY + timedelta(weeks=n, hours=6), None) for n in range(2)]

    with pytest.raises(DoubleBooked):
        plan_series(by=by, name="Spring", times=times, course=CourseFactory(), half_days=2,
                    place_name="The Mill", capacity=8, trainer=trainer)  # fmt: skip

    assert (Session.objects.count(), Series.objects.count()) == (1, 0)


def form_data(session, **changes):
    starts, ends = (
        timezone.localtime(changes.pop(name, getattr(session, name)))
        for name in ("starts_at", "ends_at")
    )
    data = {
        "course": session.course.pk,
        "starts_at_0": f"{starts:%d/%m/%Y}",
        "starts_at_1": f"{starts:%H:%M}",
        "ends_at_0": f"{ends:%d/%m/%Y}",
        "ends_at_1": f"{ends:%H:%M}",
        "half_days": session.half_days,
        "place_name": session.place_name,
        "capacity": session.capacity,
    }
    return data | changes


# --- Two officers at once -------------------------------------------------------------------------


@pytest.fixture
def _pause_when_it_was_looked(monkeypatch):
    """Both look whether the room is free before either plans, unless a lock lets only one look."""
    both_have_looked = Barrier(2)
    look = sessions.refuse_bad_plan

    def look_and_pause(session):
        look(session)
        with suppress(BrokenBarrierError):
            both_have_looked.wait(timeout=1)

    monkeypatch.setattr(sessions, "refuse_bad_plan", look_and_pause)


def plan_at_once(room):
    people, courses = [officer(), officer()], [CourseFactory(), CourseFactory()]

    def attempt(by, course):
        try:
            return plan(by, course=course, room=room)
        except (DoubleBooked, IntegrityError, OperationalError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = pool.map(attempt, people, courses, timeout=20)
        return sorted(type(result).__name__ for result in results)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_pause_when_it_was_looked", "_no_locks")
def test_without_the_lock_two_officers_plan_for_one_room_and_the_database_stops_one(room):
    # It refuses one of them at once or, when both wait for each other, as a deadlock.
    assert plan_at_once(room) in (["IntegrityError", "Session"], ["OperationalError", "Session"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_pause_when_it_was_looked")
def test_with_the_lock_one_plans_and_the_other_is_told(room):
    assert plan_at_once(room) == ["DoubleBooked", "Session"]
