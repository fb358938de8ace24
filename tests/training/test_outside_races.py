"""Two people decide at once, or one person does two things at once: real threads, real Postgres.

A pause where each has looked lets both get there. The first test of each pair shows the race without
the locks, the second that with them one goes through and the other is told in words.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from tests.factories.outside import BudgetLineFactory, OutsideCourseFactory
from tests.factories.training import SessionFactory, officer
from training.actions import (
    approve_outside_course,
    attended,
    book_place,
    log_attended,
    outside_money,
    tell_outcome,
)
from training.actions.places import OwnBookings
from training.exceptions import AskingRefused, BookingRefused
from training.models import BudgetLine, LedgerEntry, OutsideCourse
from training.states import OutsideState

pytestmark = pytest.mark.django_db(transaction=True)


def pausing(monkeypatch, module, name, both_have_looked):
    """Let everybody who calls a function wait for the other before they go on, unless a lock keeps one out."""
    look = getattr(module, name)

    def look_and_pause(*args, **kwargs):
        found = look(*args, **kwargs)
        with suppress(BrokenBarrierError):
            both_have_looked.wait(timeout=1)
        return found

    monkeypatch.setattr(module, name, look_and_pause)


def attempt(act):
    try:
        return act()
    except (AskingRefused, BookingRefused, DatabaseError) as refusal:
        return refusal
    finally:
        connection.close()


def at_once(*acts):
    with ThreadPoolExecutor(len(acts)) as pool:
        futures = [pool.submit(attempt, act) for act in acts]
        return sorted(type(future.result(timeout=20)).__name__ for future in futures)


# --- The last pounds of a line --------------------------------------------------------------------


@pytest.fixture
def approvals(monkeypatch):
    """Two officers, two people, and money for one of them."""
    line = BudgetLineFactory(pounds=300)
    rows = [OutsideCourseFactory(state=OutsideState.WITH_WORKFORCE) for _ in range(2)]
    pausing(monkeypatch, outside_money, "lock_budget_line", Barrier(2))

    def approve(outside, by):
        given = {"counts": True, "booked_by": "us", "budget_line": line}
        return lambda: approve_outside_course(outside=outside, by=by, **given)

    return [approve(row, officer()) for row in rows]


@pytest.mark.usefixtures("_no_locks")
def test_without_the_lock_two_officers_spend_the_same_pounds(approvals):
    assert at_once(*approvals) == ["OutsideCourse", "OutsideCourse"]
    assert BudgetLine.objects.with_committed().get().left_words == "-£180"


def test_with_the_lock_one_approves_and_the_other_is_told(approvals):
    assert at_once(*approvals) == ["OutsideCourse", "OverBudget"]
    assert BudgetLine.objects.with_committed().get().left_words == "£60"


# --- One half day, a place here and a course there ------------------------------------------------


@pytest.fixture
def two_things_at_once(monkeypatch):
    outside = OutsideCourseFactory(state=OutsideState.WITH_WORKFORCE, cost_pence=0)
    session = SessionFactory(starts_at=outside.starts_at + timedelta(hours=10))
    both_have_looked = Barrier(2)
    pausing(monkeypatch, OwnBookings, "refuse_clash", both_have_looked)
    pausing(monkeypatch, outside_money, "refuse_outside_clash", both_have_looked)
    decides, person = officer(), outside.person
    given = {"counts": True, "booked_by": "us"}
    return [
        lambda: approve_outside_course(outside=outside, by=decides, **given),
        lambda: book_place(session=session, person=person, by=person),
    ]


@pytest.mark.usefixtures("_no_locks")
def test_without_the_lock_a_person_is_in_two_places(two_things_at_once):
    assert at_once(*two_things_at_once) == ["Booking", "OutsideCourse"]


def test_with_the_lock_they_are_in_one(two_things_at_once):
    assert at_once(*two_things_at_once) in (
        ["Booking", "OutsideClash"],
        ["ClashesWithOutsideCourse", "OutsideCourse"],
    )


# --- One day, logged from two windows -------------------------------------------------------------


@pytest.fixture
def one_day_twice(monkeypatch):
    person = OutsideCourseFactory().person
    pausing(monkeypatch, attended, "too_much_on", Barrier(2))
    facts = {"title": "A talk", "organiser": "A school", "topic": "leading", "learned": "A lot."}
    yesterday = timezone.localdate() - timedelta(days=1)
    return [lambda: log_attended(by=person, on=yesterday, half_days=2, **facts)] * 2


@pytest.mark.usefixtures("_no_locks")
def test_without_the_lock_one_day_is_logged_twice(one_day_twice):
    assert at_once(*one_day_twice) == ["AttendedElsewhere", "AttendedElsewhere"]


def test_with_the_lock_it_is_logged_once(one_day_twice):
    assert at_once(*one_day_twice) == ["AttendedElsewhere", "RecordedAlready"]


# --- The outcome, told from two windows -----------------------------------------------------------


def test_an_outcome_told_from_two_windows_at_once_is_in_the_ledger_once():
    outside = OutsideCourseFactory(state=OutsideState.APPROVED)
    day = outside.starts_at - timedelta(days=3000)
    OutsideCourse.objects.update(starts_at=day, ends_at=day + timedelta(days=1))

    def tell():
        return tell_outcome(outside=outside, by=outside.person, half_days=2, cost_pence=0)

    assert at_once(tell, tell) == ["OutsideCourse", "OutsideCourse"]
    assert LedgerEntry.objects.get().half_days == 2
