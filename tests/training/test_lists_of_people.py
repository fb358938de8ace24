"""Booking and attendance from a list: every row has its own answer, and the same list twice changes nothing."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from accounts.models import AuditEvent
from notifications.models import Message
from tests.factories.organisation import StaffMemberFactory
from tests.factories.training import BookingFactory, SessionFactory, staff_user
from tests.training.inputs import inputs_of
from training.actions import book_from_list, mark_from_list
from training.models import Booking, Override
from training.session_files import CAME, NUMBER, ListRow
from training.states import BookingState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def session():
    return SessionFactory(starts_at=NOW + timedelta(days=21), capacity=2)


def rows(*members, **cells):
    return [
        ListRow(line, {NUMBER: member.employee_number, **cells})
        for line, member in enumerate(members, start=2)
    ]


def book(session, listed, by, *, waits=False, is_trial=False):
    return book_from_list(
        session=session, rows=listed, waits_when_full=waits, by=by, is_trial=is_trial
    )


def said(outcomes):
    return [(row.kind, row.words) for row in outcomes]


def test_each_row_is_answered_and_a_trial_changes_nothing(session, by):
    members = StaffMemberFactory.create_batch(3)
    listed = rows(*members)
    full = ("error", "No place is free for them. Others may wait before them.")
    expected = [("done", "Booked.")] * 2 + [full]

    assert said(book(session, listed, by, is_trial=True)) == expected
    assert (Booking.objects.count(), Message.objects.count()) == (0, 0)
    assert said(book(session, listed, by)) == expected
    assert [row.person for row in Booking.objects.order_by("place_number")] == [
        member.user for member in members[:2]
    ]
    assert AuditEvent.objects.get(event="session_file_applied").facts == {"rows": 3, "done": 2}


def test_who_finds_no_place_waits_when_chosen(session, by):
    listed = rows(*StaffMemberFactory.create_batch(4))

    outcomes = book(session, listed, by, waits=True)

    assert said(outcomes)[2:] == [
        ("done", "Waits for a place, number 1."),
        ("done", "Waits for a place, number 2."),
    ]


@pytest.mark.parametrize("waits", [True, False])
def test_the_same_list_twice_changes_nothing(session, by, waits):
    listed = rows(*StaffMemberFactory.create_batch(3))
    book(session, listed, by, waits=waits)
    before = list(Booking.objects.values_list("pk", "state"))
    mails = Message.objects.count()

    outcomes = book(session, listed, by, waits=waits)

    assert {row.kind for row in outcomes} == ({"same"} if waits else {"same", "error"})
    assert (list(Booking.objects.values_list("pk", "state")), Message.objects.count()) == (
        before,
        mails,
    )


def test_who_waits_already_comes_first_unless_a_reason_is_kept(session, by):
    waits = BookingFactory(session=session, state=BookingState.WAITING)
    BookingFactory(session=session)
    first, second = StaffMemberFactory.create_batch(2)
    listed = [*rows(first), ListRow(3, {NUMBER: second.employee_number,
              "past_the_list": "She leads the work."})]  # fmt: skip

    outcomes = book(session, listed, by)

    assert said(outcomes)[0][0] == "error"
    assert said(outcomes)[1] == ("done", "Booked, past the waiting list. The reason is kept.")
    assert Override.objects.get().reason == "She leads the work."
    waits.refresh_from_db()
    assert waits.state != BookingState.BOOKED


@pytest.mark.parametrize("is_trial", [True, False])
def test_a_row_past_the_list_says_whether_a_place_is_added(session, by, is_trial):
    first, second, third = StaffMemberFactory.create_batch(3)
    BookingFactory(session=session)
    listed = rows(first, second, third, past_the_list="She leads the work.")

    outcomes = book(session, listed, by, is_trial=is_trial)

    assert said(outcomes) == [
        ("done", "Booked. The reason is kept."),
        ("done", "Booked. A place is added, so the session has 3. The reason is kept."),
        ("done", "Booked. A place is added, so the session has 4. The reason is kept."),
    ]
    session.refresh_from_db()
    assert session.capacity == (2 if is_trial else 4)


def test_a_row_past_who_waits_for_a_full_session_says_both(session, by):
    BookingFactory.create_batch(2, session=session)
    BookingFactory(session=session, state=BookingState.WAITING)

    outcomes = book(session, rows(StaffMemberFactory(), past_the_list="She leads it."), by)

    assert said(outcomes) == [
        (
            "done",
            "Booked, past the waiting list. A place is added, so the session has 3. "
            "The reason is kept.",
        )
    ]


def test_rows_that_cannot_be_are_said_each_in_words(session, by):
    busy = StaffMemberFactory(user__full_name="Ann Dow")
    other = SessionFactory(starts_at=session.starts_at)
    BookingFactory(session=other, person=busy.user)
    left = StaffMemberFactory(user__full_name="Ben Cole", left_on=NOW.date() - timedelta(days=1))
    fine = StaffMemberFactory()
    listed = rows(busy, left, fine, fine)
    listed += [ListRow(6, {NUMBER: "no-such"}), ListRow(7, {})]

    outcomes = book(session, listed, by)

    assert said(outcomes) == [
        (
            "error",
            f"Ann Dow is booked on {other.course.title} at the same time ({other.when}).",
        ),
        ("error", "Ben Cole does not work here now, so cannot be booked."),
        ("done", "Booked."),
        ("error", "Line 4 names the same person."),
        ("error", "Nobody has the employee number “no-such”."),
        ("error", "Write an employee number."),
    ]


def test_the_past_is_not_booked_from_a_list(by):
    past = SessionFactory(starts_at=NOW - timedelta(days=1))

    (outcome,) = book(past, rows(StaffMemberFactory()), by)

    assert outcome.words == "This session has already started."


def test_only_planners_send_lists(session):
    for act in (
        lambda by: book(session, [], by),
        lambda by: mark_from_list(session=session, rows=[], by=by, is_trial=False),
    ):
        with pytest.raises(PermissionDenied):
            act(staff_user())


# --- Attendance -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "state", "half_days"),
    [
        ("attended", BookingState.ATTENDED, 2),
        ("Partly", BookingState.PARTLY_ATTENDED, 1),
        ("no-show", BookingState.NO_SHOW, 0),
        ("1", BookingState.PARTLY_ATTENDED, 1),
        ("0", BookingState.NO_SHOW, 0),
    ],
)
def test_attendance_is_marked_and_again_changes_nothing(by, cell, state, half_days):
    booking = BookingFactory(session__starts_at=NOW - timedelta(days=1))
    listed = rows(booking.person.staff_member, **{CAME: cell})

    kinds = [
        mark_from_list(session=booking.session, rows=listed, by=by, is_trial=is_trial)[0].kind
        for is_trial in (True, False, False)
    ]

    booking.refresh_from_db()
    assert kinds == ["done", "done", "same"]
    assert (booking.state, booking.half_days_attended) == (state, half_days)


@pytest.mark.parametrize("cell", ["no-show", "0"])
def test_nobody_is_absent_from_a_session_that_is_on_and_the_others_are_marked(client, by, cell):
    session = SessionFactory(starts_at=NOW - timedelta(hours=1))
    absent, there = BookingFactory(session=session), BookingFactory(session=session)
    numbers = [row.person.staff_member.employee_number for row in (absent, there)]
    file = f"Employee number,Attended\n{numbers[0]},{cell}\n{numbers[1]},1\n"

    page = sent(client, session, "attendance_list", file)

    assert said(page.context["outcomes"]) == [
        ("error", "The session is not over yet. Nobody is marked as absent before its end."),
        ("done", "1 of 2 half days."),
    ]


@pytest.mark.parametrize("cell", ["", "3", "-1", "perhaps", "²"])
def test_what_cannot_be_read_is_said(by, cell):
    booking = BookingFactory(session__starts_at=NOW - timedelta(days=1))
    listed = rows(booking.person.staff_member, **{CAME: cell})

    (outcome,) = mark_from_list(session=booking.session, rows=listed, by=by, is_trial=False)

    assert outcome.kind == "error"
    assert outcome.words.startswith(f"We could not read “{cell}”.")


def test_a_cell_full_of_figures_is_quoted_shortly(by):
    booking = BookingFactory(session__starts_at=NOW - timedelta(days=1))
    listed = rows(booking.person.staff_member, **{CAME: "9" * 5000})

    (outcome,) = mark_from_list(session=booking.session, rows=listed, by=by, is_trial=False)

    assert outcome.kind == "error"
    assert outcome.words.startswith(f"We could not read “{'9' * 59}…”.")


def test_who_has_no_place_or_it_has_not_begun_is_said(by, session):
    waits = BookingFactory(session=session, state=BookingState.WAITING)
    booked = BookingFactory(session=session)
    listed = rows(waits.person.staff_member, booked.person.staff_member, **{CAME: "yes"})

    outcomes = mark_from_list(session=session, rows=listed, by=by, is_trial=False)

    assert said(outcomes) == [
        ("error", f"{waits.person.full_name} has not booked this session."),
        ("error", "You cannot mark attendance for this session now."),
    ]


# --- The pages ------------------------------------------------------------------------------------


def sent(client, session, name, text, **data):
    file = SimpleUploadedFile("list.csv", text.encode())
    address = reverse(f"admin:training_session_{name}", args=[session.pk])
    return client.post(address, {"file": file, **data})


def applied(client, session, name, page):
    """Press the button of a page that says what a list would do, as a browser does."""
    values = inputs_of(page)
    data = {key: values[key] for key in ("text", "waits_when_full", "apply") if key in values}
    return client.post(reverse(f"admin:training_session_{name}", args=[session.pk]), data)


def test_a_file_is_looked_at_then_applied_from_the_page(client, by, session):
    member = StaffMemberFactory()
    file = f'Employee number,Past the list because\n{member.employee_number},"She “leads” <it>"\n'
    page = sent(client, session, "book_list", file)
    assert (page.context["counts"], Booking.objects.count()) == ([1, 0, 0], 0)

    page = applied(client, session, "book_list", page)

    assert page.context["counts"] == [1, 0, 0]
    assert Booking.objects.get().person == member.user
    assert Override.objects.get().reason == "She “leads” <it>"


def test_a_workbook_marks_attendance(client, by):
    booking = BookingFactory(session__starts_at=NOW - timedelta(days=1))
    book, file = Workbook(), io.BytesIO()
    book.active.append(["Employee number", "Attended"])
    book.active.append([booking.person.staff_member.employee_number, 2])
    book.save(file)
    address = reverse("admin:training_session_attendance_list", args=[booking.session_id])

    page = client.post(address, {"file": SimpleUploadedFile("list.xlsx", file.getvalue())})

    assert page.context["counts"] == [1, 0, 0]
    applied(client, booking.session, "attendance_list", page)
    booking.refresh_from_db()
    assert booking.state == BookingState.ATTENDED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Name\nAnn\n", "The first row must name these columns too: employee number."),
        ("Employee number\n", "The file names nobody."),
        ("\n", "The file has no rows."),
    ],
)
def test_a_file_that_is_no_list_is_said(client, by, session, text, words):
    page = sent(client, session, "book_list", text)

    assert words in page.content.decode()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[[1, "x"]]', "null", "[]"])
def test_a_list_that_was_lost_on_the_way_is_said(client, by, session, text):
    address = reverse("admin:training_session_book_list", args=[session.pk])

    page = client.post(address, {"text": text, "apply": "1"})

    assert page.status_code == 200
    assert page.context["form"].errors
    assert page.context["outcomes"] == []


def test_a_list_is_bounded(client, by, session, settings):
    settings.SESSION_FILE_MOST_ROWS = 2

    page = sent(client, session, "book_list", "Employee number\n1\n2\n3\n")

    assert "A list has at most 2 rows." in page.content.decode()
