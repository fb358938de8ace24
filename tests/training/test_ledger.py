"""The ledger of the five days: entries beside bookings, absence, and that it always adds up."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisation.models import OpeningBalance
from tests.factories.promise import AbsenceFactory, LedgerEntryFactory
from tests.factories.training import CourseFactory, SessionFactory, officer, staff_user
from training.actions import (
    book_place,
    cancel_booking,
    make_ledger_entry,
    mark_attendance,
    say_called_away,
)
from training.exceptions import BookingCannotBeCancelled, BookingRefused, LedgerRefused
from training.models import AllowancePolicy, Booking, LedgerEntry, LedgerKind
from training.models.allowance import AllowanceScope
from training.privacy import blank_ledger
from training.queries import five_days
from training.states import BookingState
from training.tasks import delete_ledger_entries_past_their_time

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]
TODAY = date(2030, 11, 20)


@pytest.fixture(autouse=True)
def policy():
    AllowancePolicy.objects.all().delete()
    return AllowancePolicy.objects.create(
        starts_on=date(2022, 4, 1), days=5, scope=AllowanceScope.ALL_STAFF, source="An article"
    )


def figures(person, on=TODAY):
    days = five_days(person, on)
    return (days.attended, days.booked, days.left)


def enter(person, half_days=2, kind=LedgerKind.ATTENDED_ELSEWHERE, on=TODAY, by=None, **more):
    return make_ledger_entry(
        person=person, on=on, half_days=half_days, kind=kind, by=by or officer(), **more
    )


def test_an_entry_counts_as_attended_in_the_year_of_its_day():
    person = staff_user()
    enter(person, 3)
    LedgerEntryFactory(person=person, on=date(2030, 3, 31))  # the year before
    LedgerEntryFactory(person=person, on=date(2030, 4, 1))

    assert figures(person) == (Decimal("2.5"), 0, Decimal("2.5"))


def test_the_registers_latest_opening_balance_of_the_year_counts():
    person = staff_user()
    for as_at, half_days in [("2030-03-31", 9), ("2030-04-30", 1), ("2030-06-30", 3)]:
        OpeningBalance.objects.create(member=person.staff_member, as_at=as_at, half_days=half_days)

    assert figures(person)[0] == Decimal("1.5")


def test_a_correction_takes_back_and_the_wrong_entry_stays():
    person = staff_user()
    enter(person, 4)
    enter(person, -2, LedgerKind.CORRECTION)

    assert figures(person) == (1, 0, 4)
    assert LedgerEntry.objects.filter(person=person).count() == 2


@pytest.mark.parametrize(
    ("half_days", "kind", "on"),
    [
        (0, LedgerKind.CORRECTION, TODAY),
        (-1, LedgerKind.OPENING_BALANCE, TODAY),
        (-1, LedgerKind.CORRECTION, TODAY),  # nothing was attended
        (2, LedgerKind.ATTENDED_ELSEWHERE, TODAY + timedelta(days=1)),
    ],
)
def test_an_impossible_entry_is_refused(half_days, kind, on):
    with pytest.raises(LedgerRefused):
        enter(staff_user(), half_days, kind, on)


def test_only_officers_and_hr_enter():
    person = staff_user()

    with pytest.raises(PermissionDenied):
        enter(person, by=person)


def test_the_same_key_makes_one_entry():
    person, by = staff_user(), officer()

    assert enter(person, by=by, key="a") == enter(person, 9, by=by, key="a")
    assert figures(person)[0] == 1


def test_the_database_refuses_to_take_away_but_by_correction():
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntryFactory(half_days=-1)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2030, 6, 1), date(2030, 6, 27), 5),  # 27 days: not long
        (date(2030, 6, 1), date(2030, 6, 28), 5),  # 28 of 365 days: 4.62, rounded up
        (date(2030, 6, 1), date(2030, 11, 30), "2.5"),  # 183 days
        (date(2030, 1, 1), date(2030, 5, 4), 5),  # 34 days of it in this year: 4.53
        (date(2030, 1, 1), date(2030, 6, 30), 4),  # 91 days of it: 3.75
        (date(2030, 4, 1), date(2031, 3, 31), 0),
    ],
)
def test_a_long_absence_takes_its_days_out_of_the_year(first, last, days):
    person = staff_user()
    AbsenceFactory(member=person.staff_member, starts_on=first, ends_on=last)

    assert five_days(person, TODAY).entitlement == Decimal(days)


def test_absences_that_follow_each_other_are_one():
    person = staff_user()
    for first in (date(2030, 6, 1), date(2030, 6, 21), date(2030, 7, 11)):
        AbsenceFactory(
            member=person.staff_member, starts_on=first, ends_on=first + timedelta(days=19)
        )

    assert five_days(person, TODAY).entitlement == Decimal("4.5")  # 60 of 365 days: 4.18


def test_how_long_an_absence_counts_is_a_setting(policy):
    person = staff_user()
    AbsenceFactory(
        member=person.staff_member, starts_on=date(2030, 6, 1), ends_on=date(2030, 11, 30)
    )
    policy.long_absence_days = None
    policy.save()

    assert five_days(person, TODAY).entitlement == 5


def test_an_officer_enters_by_hand_and_never_changes(client):
    person, by = staff_user(), officer()
    client.force_login(by)
    data = {
        "person": person.pk,
        "on": "20/11/2030",
        "half_days": 2,
        "kind": LedgerKind.OUTSIDE_COURSE,
        "words": "A day with another council",
    }

    client.post(reverse("admin:training_ledgerentry_add"), data)
    entry = LedgerEntry.objects.get()
    refused = client.post(reverse("admin:training_ledgerentry_change", args=[entry.pk]), data)

    assert (entry.person, entry.half_days, entry.made_by) == (person, 2, by)
    assert refused.status_code == 403


def test_entries_are_deleted_six_years_after_their_day():
    kept = LedgerEntryFactory(on=date(2024, 11, 20))
    LedgerEntryFactory(on=date(2024, 11, 19))

    delete_ledger_entries_past_their_time()

    assert list(LedgerEntry.objects.all()) == [kept]


def test_erasing_somebody_blanks_their_words_and_keeps_the_sum():
    entry = LedgerEntryFactory(words="A course on grief")

    blank_ledger(entry.person)

    entry.refresh_from_db()
    assert (entry.words, figures(entry.person)[0]) == ("", 1)


# --- No sequence of events makes the figures disagree with the policy -----------------------------

EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("book"), st.integers(0, 5)),
        st.tuples(st.just("cancel"), st.integers(0, 5)),
        st.tuples(st.just("called_away"), st.integers(0, 5)),
        st.tuples(st.just("attend"), st.integers(0, 5), st.integers(0, 4)),
        st.tuples(st.just("enter"), st.integers(-4, 4)),
        st.tuples(st.just("policy"), st.integers(0, 20), st.booleans(), st.booleans()),
        st.tuples(st.just("absence"), st.integers(0, 360), st.integers(1, 200)),
    ),
    max_size=12,
)
STARTS = datetime(2030, 11, 25, 9, 30, tzinfo=UTC)


def due(policy, member, absences):
    """The half days that the policy gives, reckoned day by day."""
    if policy.scope == AllowanceScope.SOCIAL_WORKERS and not member.role.needs_registration:
        return 0
    away = set()
    spells = set()
    for first, days in absences:
        spells |= {date(2030, 4, 1) + timedelta(days=first + day) for day in range(days)}
    for day in spells:
        before = after = 0
        while day - timedelta(days=before + 1) in spells:
            before += 1
        while day + timedelta(days=after + 1) in spells:
            after += 1
        if before + after + 1 >= policy.long_absence_days:
            away.add(day)
    year = [date(2030, 4, 1) + timedelta(days=day) for day in range(365)]
    since = member.started_on if policy.pro_rata_by_start else year[0]
    counted = [day for day in year if day >= since and day not in away]
    hours = Fraction(member.weekly_hours) / 37 if policy.pro_rata_by_hours else 1
    return ceil(Fraction(policy.days) * 2 * hours * Fraction(len(counted), 365))


def happen(event, world):
    person, by, sessions, absences = world
    name, *numbers = event
    session = sessions[numbers[0] % len(sessions)]
    booking = Booking.objects.filter(person=person, session=session).order_by("-pk").first()
    before = session.starts_at - timedelta(days=1)
    if name == "book":
        with time_machine.travel(before, tick=False):
            book_place(session=session, person=person, by=by)
    elif name in ("cancel", "called_away") and booking:
        act = {"cancel": cancel_booking, "called_away": say_called_away}[name]
        more = {"why": "Court"} if name == "called_away" else {}
        with time_machine.travel(before, tick=False):
            act(booking=booking, by=by, **more)
    elif name == "attend" and booking and not booking.is_over:
        with time_machine.travel(session.ends_at, tick=False):
            mark_attendance(booking=booking, half_days=min(numbers[1], session.half_days), by=by)
    elif name == "enter":
        kind = LedgerKind.CORRECTION if numbers[0] < 0 else LedgerKind.OUTSIDE_COURSE
        enter(person, numbers[0], kind, by=by)
    elif name == "policy":
        days, by_hours, registered_only = numbers
        AllowancePolicy.objects.update(
            days=Decimal(days) / 2,
            pro_rata_by_hours=by_hours,
            scope=AllowanceScope.SOCIAL_WORKERS if registered_only else AllowanceScope.ALL_STAFF,
        )
    elif name == "absence":
        first = date(2030, 4, 1) + timedelta(days=numbers[0])
        last = first + timedelta(days=numbers[1] - 1)
        AbsenceFactory(member=person.staff_member, starts_on=first, ends_on=last)
        absences.append(tuple(numbers))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(EVENTS, st.sampled_from(["37", "18.5", "30", "22.2"]), st.integers(0, 300))
def test_no_sequence_of_events_makes_the_figures_disagree(events, hours, started):
    person = staff_user(
        weekly_hours=Decimal(hours), started_on=date(2030, 4, 1) + timedelta(days=started - 30)
    )
    person.staff_member.role.needs_registration = started % 2 == 0
    person.staff_member.role.save()
    AllowancePolicy.objects.update(days=5, pro_rata_by_hours=True, scope=AllowanceScope.ALL_STAFF)
    mandatory = CourseFactory(is_mandatory=True, counts_towards_five=False)
    sessions = [
        SessionFactory(
            starts_at=STARTS + timedelta(days=7 * number),
            half_days=1 + number % 4,
            **({"course": mandatory} if number == 5 else {}),
        )
        for number in range(6)
    ]
    world = (person, officer(), sessions, [])
    for event in events:
        try:
            happen(event, world)
        except (BookingRefused, BookingCannotBeCancelled, LedgerRefused, PermissionDenied):
            continue

    attended = booked = 0
    for booking in Booking.objects.filter(person=person).exclude(session__course=mandatory):
        attended += booking.half_days_attended or 0
        booked += booking.session.half_days if booking.state == BookingState.BOOKED else 0
    attended += sum(LedgerEntry.objects.filter(person=person).values_list("half_days", flat=True))
    policy = AllowancePolicy.objects.get()
    entitlement = due(policy, person.staff_member, world[3])
    days = five_days(person, TODAY)

    assert (days.attended * 2, days.booked * 2) == (max(attended, 0), booked)
    assert days.entitlement * 2 == entitlement
    assert days.left * 2 == max(entitlement - max(attended, 0) - booked, 0)
