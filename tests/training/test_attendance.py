"""Running a session: the code on the screen, the list on paper, marking by hand and putting right."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.registries import invariants
from tests.factories.attending import (
    AFTERNOON,
    EVENING,
    MORNING,
    PresenceFactory,
    being,
    code_of,
    day_session,
)
from tests.factories.training import BookingFactory, officer, staff_user
from training import sign_in_codes
from training.actions import (
    cancel_session,
    delete_presences_kept_long_enough,
    mark_attendance,
    mark_half_days,
    say_called_away,
    settle_attendance,
    sign_in,
)
from training.exceptions import AttendanceRefused, CodeRefused, SessionNotOver
from training.models import Booking, Presence, Way

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer():
    return staff_user()


@pytest.fixture
def session(trainer):
    return day_session(trainer=trainer)


def mark(session, changes, by, at=EVENING, **options):
    with time_machine.travel(at, tick=False):
        return mark_half_days(
            session=session,
            changes={(booking.pk, number): there for booking, number, there in changes},
            by=by,
            **options,
        )


def states(*bookings):
    return [Booking.objects.get(pk=row.pk).state for row in bookings]


def test_the_trainer_marks_several_at_once_and_the_states_follow(session, trainer):
    whole, half, absent = (BookingFactory(session=session) for _ in range(3))

    changes = [(whole, 0, True), (whole, 1, True), (half, 1, True)]
    number = mark(session, changes, trainer, is_complete=True)

    assert number == 2
    assert states(whole, half, absent) == ["attended", "partly_attended", "no_show"]
    assert Booking.objects.get(pk=half.pk).half_days_attended == 1


def test_without_a_complete_list_nobody_is_marked_as_absent(session, trainer):
    there, other = BookingFactory(session=session), BookingFactory(session=session)

    mark(session, [(there, 0, True)], trainer)

    assert states(there, other) == ["partly_attended", "booked"]


def test_a_complete_list_is_refused_before_the_end(session, trainer):
    BookingFactory(session=session)

    with pytest.raises(SessionNotOver):
        mark(session, [], trainer, at=AFTERNOON, is_complete=True)


def test_nobody_is_marked_as_absent_by_number_before_the_end(session, trainer):
    booking = BookingFactory(session=session)

    with time_machine.travel(AFTERNOON, tick=False), pytest.raises(SessionNotOver):
        mark_attendance(booking=booking, half_days=0, by=trainer)


def test_a_half_day_that_has_not_begun_cannot_be_marked(session, trainer):
    booking = BookingFactory(session=session)

    with pytest.raises(AttendanceRefused, match="not begun"):
        mark(session, [(booking, 1, True)], trainer, at=MORNING)


def test_marks_during_the_session_leave_it_booked(session, trainer):
    booking = BookingFactory(session=session)

    mark(session, [(booking, 0, True)], trainer, at=MORNING)

    assert states(booking) == ["booked"]
    assert Presence.objects.get().way == Way.HAND


def test_a_slip_is_put_right_later(session, trainer):
    booking = BookingFactory(session=session)
    mark(session, [(booking, 0, True), (booking, 1, True)], trainer)

    found = []
    for number, there in ((1, False), (0, False), (0, True)):
        mark(session, [(booking, number, there)], trainer, at=EVENING + timedelta(days=3))
        found += states(booking)

    assert found == ["partly_attended", "no_show", "partly_attended"]


@pytest.mark.parametrize("half_days", [1, 2])
def test_who_was_marked_by_mistake_during_the_session_is_booked_again(session, trainer, half_days):
    booking = BookingFactory(session=session)
    with time_machine.travel(AFTERNOON, tick=False):
        mark_attendance(booking=booking, half_days=half_days, by=officer())

    changes = [(booking, number, False) for number in range(half_days)]
    mark(session, changes, officer(), at=AFTERNOON)

    booking.refresh_from_db()
    assert (booking.state, booking.half_days_attended) == ("booked", None)
    assert not Presence.objects.filter(was_there=True).exists()


def test_a_code_does_not_undo_what_the_trainer_has_taken_away(session, trainer):
    booking = BookingFactory(session=session)
    code = code_of(session, MORNING)
    with time_machine.travel(MORNING, tick=False):
        sign_in(session=session, code=code, by=booking.person)
        mark(session, [(booking, 0, False)], trainer, at=MORNING)
        with pytest.raises(CodeRefused, match="speak to them"):
            sign_in(session=session, code=code, by=booking.person)

    assert Presence.objects.get().was_there is False


@pytest.mark.parametrize(("half_days", "there"), [(0, []), (1, [0]), (2, [0, 1])])
def test_marking_by_number_notes_the_half_days_too(session, trainer, half_days, there):
    booking = BookingFactory(session=session)

    with time_machine.travel(EVENING, tick=False):
        mark_attendance(booking=booking, half_days=half_days, by=trainer)

    rows = Presence.objects.filter(booking=booking, was_there=True)
    assert [row.half for row in rows] == there


def test_marking_by_number_keeps_the_half_day_that_was_signed_for(session, trainer):
    booking = BookingFactory(session=session)
    PresenceFactory(booking=booking, half=1)

    with time_machine.travel(EVENING, tick=False):
        mark_attendance(booking=booking, half_days=1, by=officer())

    assert [row.half for row in Presence.objects.filter(was_there=True)] == [1]


def test_strangers_mark_nobody(session):
    booking = BookingFactory(session=session)

    with pytest.raises(PermissionDenied):
        mark(session, [(booking, 0, True)], staff_user())


def test_somebody_of_another_session_is_not_marked_on_this_one(session, trainer):
    BookingFactory(session=session)

    with pytest.raises(AttendanceRefused, match="no place any more"):
        mark(session, [(BookingFactory(), 0, True)], trainer)


def test_who_was_called_away_is_never_a_no_show(session, trainer):
    booking, other = BookingFactory(session=session), BookingFactory(session=session)
    with time_machine.travel(AFTERNOON, tick=False):
        say_called_away(booking=booking, by=booking.person, why="Court")

    mark(session, [], trainer, is_complete=True)

    assert states(booking, other) == ["cancelled_by_service", "no_show"]


def test_a_session_cancelled_after_people_signed_in_leaves_no_half_days(session):
    booking = BookingFactory(session=session)
    PresenceFactory(booking=booking)

    with time_machine.travel(session.starts_at - timedelta(minutes=5), tick=False):
        cancel_session(session=session, reason="The heating broke", by=officer())

    assert Presence.objects.count() == 0


def test_sign_ins_are_deleted_after_their_time_and_the_booking_keeps_its_half_days(session):
    booking = BookingFactory(session=session)
    PresenceFactory(booking=booking)
    settle_attendance(at=EVENING)

    deleted = delete_presences_kept_long_enough(on=EVENING.date().replace(year=2032, day=10))

    booking.refresh_from_db()
    assert (deleted, booking.half_days_attended) == (1, 1)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "attended", "half_days_attended": 1}, "attended with 1 of 2"),
        ({"state": "partly_attended", "half_days_attended": 2}, "partly_attended with 2 of 2"),
        ({"state": "partly_attended", "half_days_attended": 0}, "partly_attended with 0 of 2"),
        ({"state": "no_show", "half_days_attended": 1}, "no_show with 1 of 2"),
    ],
)
def test_the_invariants_find_states_that_do_not_follow(fields, said):
    with time_machine.travel(EVENING, tick=False):
        booking = BookingFactory(session=day_session(), **fields)
        found = [line for check in invariants for line in check()]

    assert found == [f"Booking {booking.pk} is {said} half days."]


def test_the_invariants_find_half_days_that_were_not_noted():
    with time_machine.travel(EVENING, tick=False):
        booking = BookingFactory(session=day_session(), state="attended", half_days_attended=2)
        PresenceFactory(booking=booking)
        found = [line for check in invariants for line in check()]

    assert found == [f"Booking {booking.pk} counts 2 half days, 1 are noted."]


# The pages ---------------------------------------------------------------------------------------


def page(name, session):
    return reverse(f"training:session-{name}", args=[session.pk])


def test_the_screen_shows_the_code_and_asks_for_the_next(client, session, trainer):
    BookingFactory(session=session)
    with being(client, trainer, MORNING + timedelta(seconds=20)):
        answer = client.get(page("code", session))

    text = answer.content.decode()
    assert sign_in_codes.shown(code_of(session, MORNING)) in text
    assert "0 of 1 signed in" in text
    assert answer["Refresh"] == "41"
    assert answer.content.count(b"<svg") >= 1
    assert b"style=" not in answer.content


@pytest.mark.parametrize("name", ["code", "attendance", "sheet", "evaluations"])
def test_running_a_session_is_for_its_trainer_and_officers(client, session, trainer, name):
    found = []
    for person in (trainer, officer(), staff_user(), BookingFactory(session=session).person):
        client.force_login(person)
        found.append(client.get(page(name, session)).status_code)

    assert found == [200, 200, 404, 404]


def test_the_paper_has_names_and_boxes_and_nothing_else_about_people(client, session, trainer):
    booking = BookingFactory(session=session)
    client.force_login(trainer)

    text = client.get(page("sheet", session)).content.decode()

    assert booking.person.full_name in text
    assert booking.person.email not in text
    assert booking.person.staff_member.role.name not in text
    assert text.count('<td class="govuk-table__cell">') == 2


def test_a_page_that_was_open_for_long_takes_away_no_sign_in(client, session, trainer):
    early, late = BookingFactory(session=session), BookingFactory(session=session)
    PresenceFactory(booking=early)
    PresenceFactory(booking=late)  # Signed in since the page was opened.
    with being(client, trainer, EVENING):
        client.post(
            page("attendance", session),
            {"shown": [f"{early.pk}-0"], "there": [f"{early.pk}-1"], "complete": "yes"},
        )

    rows = Presence.objects.filter(was_there=True).order_by("pk")
    assert [(row.booking_id, row.half) for row in rows] == [(late.pk, 0), (early.pk, 1)]


@pytest.mark.parametrize("sent", ["x", "1-2-3", "999999999999-1", "-1-0", "1-99", "Ж-1"])
def test_nonsense_in_the_list_is_an_answer_and_not_an_error(client, session, trainer, sent):
    BookingFactory(session=session)
    with being(client, trainer, EVENING):
        answer = client.post(page("attendance", session), {"there": [sent]})

    assert answer.status_code == 302
    assert Presence.objects.count() == 0


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    client, session, trainer, people, django_assert_num_queries
):
    BookingFactory.create_batch(people, session=session)

    with being(client, trainer, EVENING), django_assert_num_queries(6):
        client.get(page("attendance", session))


def test_the_trainer_reads_as_many_places_taken_as_everybody_does(client, session, trainer):
    for state in ("booked", "held", "offered", "waiting"):
        BookingFactory(session=session, state=state)
    with being(client, trainer, MORNING):
        text = client.get(reverse("training:session-run-list")).content.decode()

    assert "3 of 12 places taken" in text


def test_who_leads_sessions_finds_them_without_being_an_admin(client, session, trainer):
    with being(client, trainer, MORNING):
        text = client.get(reverse("training:session-run-list")).content.decode()

    assert session.course.title in text
    assert page("code", session) in text
