"""The five-day promise: what counts, what never does, and who is promised how much."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.accounts import UserFactory
from tests.factories.organisation import RoleFactory
from tests.factories.training import BookingFactory, staff_user
from training.models import AllowancePolicy
from training.models.allowance import AllowanceScope
from training.queries import five_days, five_days_of
from training.states import ATTENDANCE_STATES, BookingState

pytestmark = pytest.mark.django_db

TODAY = date(2030, 11, 20)


@pytest.fixture(autouse=True)
def policy():
    """The promise as shipped: five days from 1 April, all staff, pro rata for hours and starters."""
    AllowancePolicy.objects.all().delete()
    return AllowancePolicy.objects.create(
        starts_on=date(2022, 4, 1), days=5, scope=AllowanceScope.ALL_STAFF, source="An article"
    )


def book(person, state=BookingState.BOOKED, *, half_days=2, attended=None, on=None, **course):
    starts_at = on or datetime(2030, 12, 2, 9, 30, tzinfo=UTC) + timedelta(
        days=person.bookings.count()
    )
    if state in ATTENDANCE_STATES and attended is None:
        attended = half_days
    return BookingFactory(
        person=person,
        state=state,
        half_days_attended=attended,
        session__starts_at=starts_at,
        session__half_days=half_days,
        **{f"session__course__{name}": value for name, value in course.items()},
    )


def figures(person, on=TODAY):
    days = five_days(person, on)
    return (days.attended, days.booked, days.left)


def test_nothing_is_used_at_first():
    assert figures(staff_user()) == (0, 0, 5)


def test_attended_and_booked_days_are_told_apart():
    person = staff_user()
    book(person, BookingState.ATTENDED)
    book(person, BookingState.ATTENDED)
    book(person)

    assert figures(person) == (2, 1, 2)
    assert five_days(person, TODAY).used_words == "3 of 5 days"


def test_half_days_count_as_halves():
    person = staff_user()
    book(person, BookingState.PARTLY_ATTENDED, half_days=4, attended=3)
    book(person, half_days=1)

    assert figures(person) == (Decimal("1.5"), Decimal("0.5"), 3)


def test_mandatory_training_never_counts():
    person = staff_user()
    book(person, BookingState.ATTENDED, is_mandatory=True, counts_towards_five=False)
    book(person, is_mandatory=True, counts_towards_five=False)

    assert figures(person) == (0, 0, 5)


@pytest.mark.parametrize(
    "state",
    [
        BookingState.WAITING,
        BookingState.REQUESTED,
        BookingState.CANCELLED_BY_PERSON,
        BookingState.CANCELLED_BY_SERVICE,
        BookingState.DECLINED,
        BookingState.LAPSED,
        BookingState.NO_SHOW,
    ],
)
def test_what_does_not_take_place_uses_nothing(state):
    person = staff_user()
    book(person, state, attended=0 if state == BookingState.NO_SHOW else None)

    assert figures(person) == (0, 0, 5)


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        (datetime(2030, 3, 31, 22, 59, tzinfo=UTC), False),  # 11:59pm in London, on 31 March
        (datetime(2030, 3, 31, 23, 0, tzinfo=UTC), True),  # midnight in London: 1 April
        (datetime(2031, 3, 31, 22, 59, tzinfo=UTC), True),
        (datetime(2031, 3, 31, 23, 0, tzinfo=UTC), False),
    ],
)
def test_the_year_runs_from_1_april_to_31_march_in_london(moment, counts):
    person = staff_user()
    book(person, on=moment)

    assert figures(person)[1] == (1 if counts else 0)


def test_other_peoples_days_are_theirs():
    person = staff_user()
    book(staff_user())

    assert figures(person) == (0, 0, 5)


def test_more_than_promised_leaves_nothing_and_no_debt():
    person = staff_user()
    for _ in range(6):
        book(person, BookingState.ATTENDED)

    assert figures(person) == (6, 0, 0)


@pytest.mark.parametrize(
    ("hours", "started_on", "days"),
    [
        (37, date(2020, 1, 6), 5),
        ("18.5", date(2020, 1, 6), "2.5"),
        ("22.2", date(2020, 1, 6), 3),
        (30, date(2020, 1, 6), "4.5"),  # 4.05, rounded up to a half day
        (40, date(2020, 1, 6), 5),
        (37, date(2030, 10, 1), "2.5"),  # 182 of 365 days
        (37, date(2031, 3, 31), "0.5"),
        ("18.5", date(2030, 10, 1), "1.5"),
        (37, date(2030, 4, 1), 5),
    ],
)
def test_the_promise_is_pro_rata_for_hours_and_for_starters(hours, started_on, days):
    person = staff_user(weekly_hours=Decimal(hours), started_on=started_on)

    assert five_days(person, TODAY).entitlement == Decimal(days)


def test_pro_rata_is_a_setting(policy):
    policy.pro_rata_by_hours = policy.pro_rata_by_start = False
    policy.save()
    person = staff_user(weekly_hours=10, started_on=date(2031, 3, 1))

    assert five_days(person, TODAY).entitlement == 5


def test_social_workers_only_is_one_change_of_data(policy):
    registered = staff_user(role=RoleFactory(needs_registration=True))
    other = staff_user()
    policy.scope = AllowanceScope.SOCIAL_WORKERS
    policy.save()

    assert five_days(registered, TODAY).entitlement == 5
    assert five_days(other, TODAY).entitlement == 0


def test_a_new_policy_holds_from_its_date():
    AllowancePolicy.objects.create(
        starts_on=date(2031, 4, 1), days=6, scope=AllowanceScope.ALL_STAFF, source="A decision"
    )
    person = staff_user()

    assert five_days(person, date(2031, 3, 31)).entitlement == 5
    assert five_days(person, date(2031, 4, 1)).entitlement == 6


def test_people_who_do_not_work_here_are_promised_nothing():
    assert five_days(UserFactory(), TODAY).entitlement == 0


@pytest.mark.parametrize("people", [1, 3])
def test_any_number_of_people_take_two_queries(django_assert_num_queries, people):
    everybody = [staff_user() for _ in range(people)]
    for person in everybody:
        book(person)

    with django_assert_num_queries(2):
        found = five_days_of(everybody, TODAY)

    assert [found[person.pk].booked for person in everybody] == [1] * people


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 4)), max_size=6))
def test_the_ledger_always_adds_up(rows):
    person = staff_user()
    for attended, half_days in rows:
        state = BookingState.ATTENDED if attended else BookingState.BOOKED
        book(person, state, half_days=half_days)

    days = five_days(person, TODAY)

    assert days.used == sum((Decimal(half) / 2 for _, half in rows), Decimal(0))
    assert days.left == max(5 - days.used, Decimal(0))
