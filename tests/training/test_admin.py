"""The admin of training: officers work through the site's own actions."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.registries import attention
from notifications.models import Message
from tests.factories.organisation import StaffMemberFactory
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    IntakeFactory,
    NominationFactory,
    SessionFactory,
    staff_user,
)
from training.attention import nominations_to_decide, sessions_to_look_at
from training.models import Booking, Session
from training.states import BookingState, NominationState, SessionState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def run(client, model, action, *rows, **data):
    return client.post(
        reverse(f"admin:training_{model}_changelist"),
        {"action": action, "_selected_action": [row.pk for row in rows], **data},
        follow=True,
    ).content.decode()


def session_data(**changes):
    data = {
        "starts_at_0": "06/05/2031",
        "starts_at_1": "09:30",
        "ends_at_0": "06/05/2031",
        "ends_at_1": "16:30",
        "half_days": 2,
        "place_name": "The Mill, Winchester",
        "latitude": "",
        "longitude": "",
        "online_link": "",
        "capacity": 12,
        "trainer": "",
    }
    return {**data, **changes}


@pytest.mark.parametrize(
    "model",
    [
        "course",
        "session",
        "booking",
        "nomination",
        "programmeversion",
        "intake",
        "allowancepolicy",
    ],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_open(client, by, model, rows):
    for _ in range(rows):
        BookingFactory()
        NominationFactory()
        IntakeFactory()

    assert client.get(reverse(f"admin:training_{model}_changelist")).status_code == 200


@pytest.mark.parametrize(("model", "queries"), [("session", 8), ("booking", 6), ("nomination", 7)])
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_of_the_database_however_long_they_are(
    client, by, django_assert_num_queries, model, queries, rows
):
    course = CourseFactory()
    for _ in range(rows):
        session = SessionFactory(course=course, trainer=by)
        BookingFactory(session=session)
        NominationFactory(session=session)

    with django_assert_num_queries(queries):
        client.get(reverse(f"admin:training_{model}_changelist"))


def test_an_officer_enrols_and_all_are_told(client, by):
    manager = StaffMemberFactory()
    report = StaffMemberFactory(line_manager=manager)
    nomination = NominationFactory(
        nominee=report.user, nominated_by=manager.user, session=None, intake=IntakeFactory()
    )

    told = run(client, "nomination", "enrol_selected", nomination)

    assert (
        "1 enrolled or on the waiting list; the person, the manager and the mailbox are told."
        in told
    )
    nomination.refresh_from_db()
    assert (nomination.state, nomination.decided_by) == (NominationState.ENROLLED, by)
    assert set(Message.objects.values_list("to", flat=True)) == {
        report.user.email,
        manager.user.email,
        "nominations@example.org",
    }


def test_what_cannot_be_enrolled_is_said_and_the_others_are(client, by):
    busy = NominationFactory()
    elsewhere = SessionFactory(starts_at=busy.session.starts_at)
    BookingFactory(person=busy.nominee, session=elsewhere)
    fine = NominationFactory()

    told = run(client, "nomination", "enrol_selected", busy, fine)

    assert "at the same time" in told
    assert "1 enrolled" in told
    busy.refresh_from_db()
    assert busy.state == NominationState.AWAITING_DECISION


def test_declining_wants_a_reason(client, by):
    nomination = NominationFactory()

    assert "Give the reason that people are told" in run(
        client, "nomination", "decline_selected", nomination
    )
    run(client, "nomination", "decline_selected", nomination, reason="It is full.")

    nomination.refresh_from_db()
    assert (nomination.state, nomination.decision_reason) == (
        NominationState.DECLINED,
        "It is full.",
    )


def decide(client, word, nomination, **data):
    address = reverse(f"admin:training_nomination_{word}", args=[nomination.pk])
    return client.post(address, data, follow=True).content.decode()


def test_a_nomination_is_enrolled_on_its_own_page(client, by):
    nomination = NominationFactory()
    change = reverse("admin:training_nomination_change", args=[nomination.pk])
    enrol = reverse("admin:training_nomination_enrol", args=[nomination.pk])
    assert f'href="{enrol}"' in client.get(change).content.decode()
    assert "Enrol and tell them" in client.get(enrol).content.decode()

    told = decide(client, "enrol", nomination)

    assert "enrolled; the person, the manager and the mailbox are told." in told
    assert f'href="{enrol}"' not in told
    assert Booking.objects.get(person=nomination.nominee).session == nomination.session
    assert "The nomination of" in decide(client, "enrol", nomination)


def test_a_full_session_puts_the_nominee_on_its_list(client, by):
    nomination = NominationFactory(session__capacity=1)
    BookingFactory(session=nomination.session)

    told = decide(client, "enrol", nomination)

    assert "waiting for a place; the person, the manager and the mailbox are told." in told
    nomination.refresh_from_db()
    assert nomination.state == NominationState.WAITING


@pytest.mark.parametrize(
    ("reason", "error"),
    [
        ("", "Give the reason that people are told."),
        ("x" * 501, "Use 500 characters or fewer (you have 501)"),
    ],
)
def test_declining_on_its_own_page_wants_a_short_reason(client, by, reason, error):
    nomination = NominationFactory()

    assert error in decide(client, "decline", nomination, reason=reason)
    nomination.refresh_from_db()
    assert nomination.state == NominationState.AWAITING_DECISION

    decide(client, "decline", nomination, reason="Take the longer one.")
    nomination.refresh_from_db()
    assert (nomination.state, nomination.decision_reason, nomination.decided_by) == (
        NominationState.DECLINED,
        "Take the longer one.",
        by,
    )


def test_hr_and_officers_only(client):
    client.force_login(staff_user())

    assert client.get(reverse("admin:training_nomination_changelist")).status_code == 302


def test_a_session_is_planned(client, by):
    course = CourseFactory()

    client.post(reverse("admin:training_session_add"), session_data(course=course.pk))

    session = Session.objects.get()
    assert timezone.localtime(session.starts_at).isoformat() == "2031-05-06T09:30:00+01:00"


@pytest.mark.parametrize("key", ["abc", "0", "99999999999999999999"])
def test_a_session_that_is_not_there_is_said_and_not_an_error(client, by, key):
    answer = client.get(reverse("admin:training_session_change", args=[key]), follow=True)

    [said] = [str(message) for message in answer.context["messages"]]
    assert said.startswith(f"session with ID “{key}” does")


def test_a_moved_session_is_told(client, by):
    booking = BookingFactory()
    address = reverse("admin:training_session_change", args=[booking.session_id])

    client.post(address, session_data(course=booking.session.course_id))

    assert Message.objects.get().template == "training/emails/session_changed"
    booking.refresh_from_db()
    assert timezone.localtime(booking.during.lower).date().isoformat() == "2031-05-06"


def test_too_few_places_are_refused_on_the_form_with_the_names(client, by):
    session = SessionFactory(capacity=2)
    for name in ("Ann Dow", "Ben Cole"):
        BookingFactory(session=session, person=staff_user(user__full_name=name))
    address = reverse("admin:training_session_change", args=[session.pk])

    response = client.post(address, session_data(course=session.course_id, capacity=1))

    assert "2 people have a place: Ann Dow, Ben Cole." in response.content.decode()
    session.refresh_from_db()
    assert session.capacity == 2


def test_sessions_are_cancelled_with_a_reason(client, by):
    booking = BookingFactory()

    shown = run(client, "session", "cancel_selected", booking.session)
    assert booking.person.full_name in shown
    assert Message.objects.count() == 0
    address = f"{reverse('admin:training_session_cancel')}?pk={booking.session_id}"
    client.post(address, {"reason": "Snow"})

    booking.refresh_from_db()
    assert booking.session.state == SessionState.CANCELLED
    assert Message.objects.get().context["reason"] == "Snow"


def test_an_officer_books_for_somebody(client, by):
    person = staff_user()
    session = SessionFactory()

    client.post(reverse("admin:training_booking_add"), {"session": session.pk, "person": person.pk})

    booking = Booking.objects.get()
    assert (booking.person, booking.made_by, booking.place_number) == (person, by, 1)


def test_a_full_session_is_said_and_not_an_error(client, by):
    session = SessionFactory(capacity=1)
    BookingFactory(session=session)

    response = client.post(
        reverse("admin:training_booking_add"),
        {"session": session.pk, "person": staff_user().pk},
        follow=True,
    )

    assert "This session is full." in response.content.decode()
    assert session.bookings.count() == 1


@pytest.mark.parametrize(
    ("action", "data", "state"),
    [
        ("mark_attended", {}, BookingState.ATTENDED),
        ("mark_attended", {"half_days": "1"}, BookingState.PARTLY_ATTENDED),
        ("mark_no_show", {}, BookingState.NO_SHOW),
    ],
)
def test_attendance_is_marked(client, by, action, data, state):
    booking = BookingFactory()

    with time_machine.travel(booking.session.ends_at):
        client.force_login(by)
        run(client, "booking", action, booking, **data)

    booking.refresh_from_db()
    assert booking.state == state


def test_bookings_are_cancelled_and_people_are_told(client, by):
    booking = BookingFactory()

    run(client, "booking", "cancel_selected", booking)

    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED_BY_PERSON
    assert Message.objects.get().to == booking.person.email


def test_nothing_is_deleted(client, by):
    booking = BookingFactory()

    address = reverse("admin:training_booking_delete", args=[booking.pk])

    assert client.post(address, {"post": "yes"}).status_code == 403


# --- What needs attention ------------------------------------------------------------------------


def counts(user):
    found = [item for find in (nominations_to_decide, sessions_to_look_at) for item in find(user)]
    return [item.count for item in found]


def test_what_needs_attention_is_counted_for_officers(by):
    NominationFactory(session=None, intake=IntakeFactory())
    NominationFactory(
        session=None,
        intake=IntakeFactory(),
        state=NominationState.DECLINED,
        decided_by=by,
        decided_at=timezone.now(),
    )
    empty, busy = SessionFactory(capacity=4), SessionFactory(capacity=4)
    for _ in range(2):
        BookingFactory(session=busy)
    before = min(empty.starts_at, busy.starts_at) - timedelta(days=3)

    with time_machine.travel(before):
        assert counts(by) == [1, 1, 0]
    with time_machine.travel(busy.ends_at + timedelta(days=1)):
        assert counts(by) == [1, 0, 1]


def test_others_have_nothing_to_attend_to():
    NominationFactory()

    assert counts(staff_user()) == []


@pytest.mark.parametrize("needs", ["people", "attendance"])
def test_each_leads_to_its_sessions(client, by, needs):
    SessionFactory()

    address = reverse("admin:training_session_changelist")

    assert client.get(address, {"needs": needs}).context["cl"].result_count == 0


def test_they_are_registered():
    assert {nominations_to_decide, sessions_to_look_at} <= set(attention)
