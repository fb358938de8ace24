"""People booked or marked from a list: each row by the one service, with its own answer.

A trial does everything and takes it back, so that it tells what would happen to each row with the
rows before it.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit
from organisation.sheets.problems import Unreadable
from training.actions.attendance import mark_attendance
from training.actions.bookings import book_past_the_order, book_place, join_waiting_list
from training.actions.places import current_booking, lock_people, lock_session
from training.actions.sessions import refuse_unless_planner
from training.exceptions import (
    AlreadyBooked,
    AttendanceRefused,
    BookingRefused,
    SessionFull,
    WorksNotHere,
)
from training.rules import may_have_places
from training.session_files import (
    CAME,
    COVER,
    LONGEST_REASON,
    NUMBER,
    PAST_THE_LIST,
    half_days_of,
    members_named,
)
from training.states import ATTENDANCE_STATES, BookingState, SessionEvent

# What stands in the way of one row; the others are answered all the same.
REFUSALS = (AttendanceRefused, BookingRefused, PermissionDenied, Unreadable)
DONE, SAME, ERROR = "done", "same", "error"


@dataclass(frozen=True)
class Outcome:
    """What becomes of a row: `kind` is done, same (nothing to do) or error; `words` say it."""

    line: int
    name: str
    kind: str
    words: str


def book_from_list(*, session, rows, waits_when_full, by, is_trial):
    """Book the people of a list on a session, and return an Outcome for each row.

    A row that finds no place waits, when `waits_when_full`, or is an error. Who waits already comes
    first, unless a row says why somebody goes past the list: that is kept as an override. The same
    list again changes nothing. Raises PermissionDenied.
    """

    def book(row, member):
        return _book(session, row, member.user, waits_when_full, by)

    return _each(session, rows, book, by, is_trial)


def mark_from_list(*, session, rows, by, is_trial):
    """Mark who of a list attended a session, and return an Outcome for each row.

    The same list again changes nothing; another corrects. Raises PermissionDenied.
    """

    def mark(row, member):
        return _mark(session, row, member.user, by)

    return _each(session, rows, mark, by, is_trial)


def _each(session, rows, act, by, is_trial):
    refuse_unless_planner(by)
    members = members_named(rows)
    if is_trial:
        with transaction.atomic():
            # Everybody at once and in order, so that no two lists wait for each other.
            lock_people([lock_session(session)], *(member.user for member in members.values()))
            outcomes = _outcomes(rows, members, act)
            transaction.set_rollback(True)
        return outcomes
    outcomes = _outcomes(rows, members, act)
    done = sum(outcome.kind == DONE for outcome in outcomes)
    audit.record(SessionEvent.SESSION_FILE_APPLIED, session, by=by, rows=len(rows), done=done)
    return outcomes


def _outcomes(rows, members, act):
    seen, outcomes = {}, []
    for row in rows:
        number = row.text(NUMBER)
        member = members.get(number)
        name = member.user.full_name if member else number
        try:
            _refuse_row(row, member, seen)
            with transaction.atomic():
                kind, words = act(row, member)
        except REFUSALS as refusal:
            kind, words = ERROR, str(refusal)
        seen.setdefault(number, row.line)
        outcomes.append(Outcome(row.line, name, kind, words))
    return outcomes


def _refuse_row(row, member, seen):
    number = row.text(NUMBER)
    if not number:
        raise Unreadable("Write an employee number.")
    if member is None:
        raise Unreadable(f"Nobody has the employee number “{number[:60]}”.")
    if number in seen:
        raise Unreadable(f"Line {seen[number]} names the same person.")
    if max(len(row.text(PAST_THE_LIST)), len(row.text(COVER))) > LONGEST_REASON:
        raise Unreadable(f"Write a reason of at most {LONGEST_REASON} letters.")


def _book(session, row, person, waits_when_full, by):
    if not may_have_places(person):
        raise WorksNotHere(person)
    booking = {"session": session, "person": person, "by": by, "cover_reason": row.text(COVER)}
    reason = row.text(PAST_THE_LIST)
    try:
        if reason and not _has_a_place(session, person):
            return DONE, _past_the_list(reason=reason, **booking)
        made = book_place(**booking)
        return DONE, "Booked." if made.is_booked else "Held until the manager answers."
    except AlreadyBooked as there:
        return SAME, f"Has a place already: {there.booking.get_state_display().lower()}."
    except SessionFull:
        return _no_place(session, person, waits_when_full, by)


def _past_the_list(*, session, person, **booking):
    """Book somebody past the list, and return what that took: others' turn, a place more, or neither."""
    session = lock_session(session)
    waiting = session.bookings.filter(state=BookingState.WAITING).exclude(person=person)
    others_wait = waiting.exists()
    made = book_past_the_order(session=session, person=person, **booking)
    words = ["Booked" if made.is_booked else "Held until the manager answers"]
    if others_wait:
        words.append(", past the waiting list")
    if made.session.capacity > session.capacity:
        words.append(f". A place is added, so the session has {made.session.capacity}")
    return "".join([*words, ". The reason is kept."])


def _no_place(session, person, waits_when_full, by):
    waits = current_booking(session, person)
    if waits:
        return SAME, "Waits for a place already."
    if not waits_when_full:
        raise Unreadable("No place is free for them. Others may wait before them.")
    made = join_waiting_list(session=session, person=person, by=by)
    return DONE, f"Waits for a place, number {made.joined_at_position}."


def _has_a_place(session, person):
    booking = current_booking(session, person)
    return booking is not None and booking.holds_a_place


def _mark(session, row, person, by):
    half_days = half_days_of(row.text(CAME), session.half_days)
    booking = current_booking(session, person)
    if booking is None or booking.state not in {BookingState.BOOKED, *ATTENDANCE_STATES}:
        raise Unreadable(f"{person.full_name} has not booked this session.")
    if booking.half_days_attended == half_days:
        return SAME, "Marked so already."
    mark_attendance(booking=booking, half_days=half_days, by=by)
    return DONE, f"{half_days} of {session.half_days} half days." if half_days else "Did not come."
