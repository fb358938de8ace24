"""The weekly forecast of the five days: who can still have them, who cannot, and why."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisation.models import BankHoliday
from tests.factories.organisation import RoleFactory, TeamFactory
from tests.factories.promise import (
    AbsenceFactory,
    CoverMinimumFactory,
    LedgerEntryFactory,
    WorkingPatternFactory,
)
from tests.factories.training import BookingFactory, CourseFactory, SessionFactory, staff_user
from training.actions.forecasting import forecast_the_year
from training.models import AllowancePolicy, Colour, Forecast, LedgerKind, Reason, Session
from training.models.allowance import AllowanceScope
from training.privacy import delete_forecasts
from training.queries import suitable_sessions
from training.queries.reach import short_notice_until
from training.states import BookingState, EndReason, SessionState
from training.tasks import delete_forecasts_past_their_time, forecast_who_will_miss_their_five_days

pytestmark = pytest.mark.django_db
# A Monday; ten working days later is Monday 21 January.
NOW = datetime(2030, 1, 7, 6, 30, tzinfo=UTC)
LATER = datetime(2030, 1, 28, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def policy():
    """One day a year, so that two half days decide."""
    AllowancePolicy.objects.all().delete()
    return AllowancePolicy.objects.create(
        starts_on=date(2022, 4, 1), days=1, scope=AllowanceScope.ALL_STAFF, source="An article"
    )


def session(days=0, *, starts_at=None, hours=6, **fields):
    starts_at = starts_at or LATER + timedelta(days=days)
    return SessionFactory(starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), **fields)


def forecast(person):
    forecast_the_year(at=NOW)
    return Forecast.objects.get(person=person)


def seen(person):
    """The colour, the reason and how many half days can be reached."""
    found = forecast(person)
    return (found.colour, found.reason, found.reachable)


RED_NOTHING = (Colour.RED, Reason.NOTHING_REACHABLE, 0)


# --- Colours and reasons --------------------------------------------------------------------------


def test_two_dates_to_choose_from_are_on_track():
    person = staff_user()
    session(0), session(1)

    assert seen(person) == (Colour.GREEN, Reason.ON_TRACK, 2)


def test_no_date_at_all_is_red():
    assert seen(staff_user()) == RED_NOTHING


def test_too_few_half_days_are_red_for_nothing_booked():
    person = staff_user()
    session(hours=3, half_days=1)

    assert seen(person) == (Colour.RED, Reason.NOTHING_BOOKED, 1)


def test_only_just_enough_is_one_refusal_away(policy):
    policy.days = 2
    policy.save()
    person = staff_user()
    BookingFactory(person=person, session=session(3))
    session(0)

    assert seen(person) == (Colour.AMBER, Reason.ONE_REFUSAL_AWAY, 2)


def test_only_dates_at_short_notice_are_amber(policy):
    policy.days = 2
    policy.save()
    person = staff_user()
    BookingFactory(person=person, session=session(3))
    soon = datetime(2030, 1, 17, 9, 30, tzinfo=UTC)
    session(starts_at=soon), session(starts_at=soon + timedelta(days=1))

    assert seen(person) == (Colour.AMBER, Reason.SHORT_NOTICE, 2)


def test_what_is_short_notice_is_dated_data(policy):
    policy.short_notice_days = 2
    policy.save()
    person = staff_user()
    soon = datetime(2030, 1, 17, 9, 30, tzinfo=UTC)
    session(starts_at=soon), session(starts_at=soon + timedelta(days=1))

    assert seen(person)[0] == Colour.GREEN


def test_short_notice_counts_working_days():
    BankHoliday.objects.create(on=date(2030, 1, 10), name="A day off")

    assert short_notice_until(date(2030, 1, 7), 10) == date(2030, 1, 22)


def test_refusals_are_counted_and_given_as_the_reason():
    person = staff_user()
    for reason, state in [
        (EndReason.SAFE_COVER, BookingState.DECLINED),
        (EndReason.WORK_EMERGENCY, BookingState.CANCELLED_BY_SERVICE),
        (EndReason.CHANGED_PLANS, BookingState.CANCELLED_BY_PERSON),
    ]:
        BookingFactory(
            person=person,
            session=session(state=SessionState.CANCELLED),
            state=state,
            end_reason=reason,
        )

    found = forecast(person)

    assert (found.colour, found.reason, found.refusals) == (Colour.RED, Reason.REFUSED, 2)
    assert found.reason_words == "Refused or cancelled by the service (2)"


def test_a_long_absence_is_the_reason_and_reduces_what_is_due(policy):
    policy.days = 5
    policy.save()
    person = staff_user()
    AbsenceFactory(
        member=person.staff_member, starts_on=date(2029, 12, 1), ends_on=date(2030, 3, 31)
    )
    session(0)

    found = forecast(person)

    assert (found.colour, found.reason, found.entitlement) == (Colour.RED, Reason.LONG_ABSENCE, 7)


def test_who_has_all_their_days_is_on_track_without_any_date():
    person = staff_user()
    LedgerEntryFactory(person=person, on=date(2029, 6, 3), kind=LedgerKind.OPENING_BALANCE)

    assert seen(person) == (Colour.GREEN, Reason.ON_TRACK, 0)


def test_who_is_promised_nothing_or_has_left_has_no_forecast(policy):
    policy.scope = AllowanceScope.SOCIAL_WORKERS
    policy.save()
    staff_user()
    staff_user(role=RoleFactory(needs_registration=True), left_on=date(2030, 1, 6))
    registered = staff_user(role=RoleFactory(needs_registration=True))

    forecast_the_year(at=NOW)

    assert list(Forecast.objects.values_list("person", flat=True)) == [registered.pk]


# --- What can be reached --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"course__counts_towards_five": False},
        {"state": SessionState.CANCELLED},
        {"starts_at": NOW - timedelta(hours=1)},
        {"starts_at": datetime(2030, 3, 31, 23, 0, tzinfo=UTC)},  # 1 April in London
        {"starts_at": datetime(2030, 2, 2, 9, 30, tzinfo=UTC)},  # a Saturday
    ],
)
def test_a_session_that_does_not_count_or_fit_is_not_reached(fields):
    person = staff_user()
    session(**fields)

    assert seen(person) == RED_NOTHING
    assert suitable_sessions(person, NOW) == []


def test_a_full_session_is_not_reached():
    person = staff_user()
    full = session(capacity=1)
    BookingFactory(session=full)

    assert suitable_sessions(person, NOW) == []


def test_a_course_for_another_role_is_not_reached():
    person = staff_user()
    theirs, ours = session(0), session(1)
    theirs.course.roles.add(RoleFactory())
    ours.course.roles.add(person.staff_member.role)

    assert suitable_sessions(person, NOW) == [ours]


@pytest.mark.parametrize(
    ("state", "again"),
    [
        (BookingState.ATTENDED, False),
        (BookingState.BOOKED, False),
        (BookingState.NO_SHOW, True),
        (BookingState.CANCELLED_BY_PERSON, True),
        (BookingState.WAITING, True),
    ],
)
def test_a_course_counts_once_a_year(state, again):
    person = staff_user()
    first = session(starts_at=datetime(2029, 11, 5, 9, 30, tzinfo=UTC))
    attended = {BookingState.ATTENDED: 2, BookingState.NO_SHOW: 0}.get(state)
    BookingFactory(person=person, session=first, state=state, half_days_attended=attended)
    other = session(course=first.course)

    assert suitable_sessions(person, NOW) == ([other] if again else [])


def test_what_a_person_holds_at_that_time_stands_in_the_way():
    person = staff_user()
    morning = session(hours=3, half_days=1)
    BookingFactory(person=person, session=morning)
    session(hours=6)  # the whole of the same day
    afternoon = session(starts_at=LATER + timedelta(hours=4), hours=3, half_days=1)

    assert suitable_sessions(person, NOW) == [afternoon]


def test_the_pattern_of_the_day_decides():
    person = staff_user()
    member = person.staff_member
    WorkingPatternFactory(member=member, slots=[0, 14])  # Monday mornings
    WorkingPatternFactory(member=member, starts_on=date(2030, 2, 1), slots=[3, 17])
    monday = session(0, hours=3, half_days=1)
    session(1, hours=3, half_days=1)
    session(7, hours=3, half_days=1)
    tuesday = session(starts_at=LATER + timedelta(days=8, hours=4), hours=3, half_days=1)

    assert suitable_sessions(person, NOW) == [monday, tuesday]


def test_absence_of_half_a_day_stands_in_the_way_of_that_half():
    person = staff_user()
    day = LATER.date()
    AbsenceFactory(member=person.staff_member, starts_on=day, ends_on=day, part="morning")
    session(hours=3, half_days=1)
    afternoon = session(starts_at=LATER + timedelta(hours=4), hours=3, half_days=1)

    assert suitable_sessions(person, NOW) == [afternoon]


def test_a_bank_holiday_is_not_worked():
    BankHoliday.objects.create(on=LATER.date(), name="A day off")
    person = staff_user()
    session()

    assert suitable_sessions(person, NOW) == []


def test_a_weekend_inside_a_session_is_a_break():
    person = staff_user()
    friday = session(4, hours=24 * 3 + 6, half_days=4)  # Friday and Monday

    assert suitable_sessions(person, NOW) == [friday]


@pytest.fixture
def team():
    """A team that needs two qualified people at work, and has three."""
    team = TeamFactory()
    CoverMinimumFactory(team=team, people=2)
    return team


def qualified(team, **fields):
    return staff_user(team=team, role=RoleFactory(needs_registration=True), **fields)


def test_cover_allows_what_leaves_enough_qualified_people(team):
    people = [qualified(team) for _ in range(3)]
    first, second = session(0), session(1)
    BookingFactory(person=people[1], session=first)

    assert suitable_sessions(people[0], NOW) == [second]


def test_who_is_not_qualified_leaves_cover_as_it_is(team):
    qualified(team), qualified(team)
    person = staff_user(team=team)
    only = session()

    assert suitable_sessions(person, NOW) == [only]


def test_absent_people_and_other_teams_give_no_cover(team):
    people = [qualified(team) for _ in range(3)]
    qualified(TeamFactory())
    day = LATER.date()
    AbsenceFactory(member=people[1].staff_member, starts_on=day, ends_on=day)
    session()

    assert suitable_sessions(people[0], NOW) == []


def test_a_minimum_holds_from_its_day(team):
    person = qualified(team)
    CoverMinimumFactory(team=team, starts_on=LATER.date(), people=0)
    only = session()

    assert suitable_sessions(person, NOW) == [only]


@pytest.mark.parametrize("people", [1, 3])
def test_suitable_sessions_take_four_queries(django_assert_num_queries, people):
    everybody = [staff_user() for _ in range(people)]
    for number in range(people):
        session(number)

    with django_assert_num_queries(4):
        suitable_sessions(everybody[0], NOW)


# --- Against every choice there is ----------------------------------------------------------------

DATES = st.lists(
    st.tuples(
        st.integers(0, 9),  # the half day in which it starts, of a Monday to Friday
        st.integers(1, 4),  # half days long
        st.integers(1, 4),  # half days worth
        st.integers(0, 3),  # which course
        st.booleans(),  # at short notice
    ),
    max_size=7,
)


def best_of(sessions):
    """The most half days of any choice without two of a course or two at one time."""
    found = 0
    for number in range(len(sessions) + 1):
        for choice in combinations(sessions, number):
            courses = [row.course_id for row in choice]
            clash = any(
                one.during.lower < other.during.upper and other.during.lower < one.during.upper
                for one, other in combinations(choice, 2)
            )
            if len(set(courses)) == len(courses) and not clash:
                found = max(found, sum(row.half_days for row in choice))
    return found


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(DATES, st.integers(1, 12))
def test_the_forecast_agrees_with_every_choice_tried(dates, missing):
    Forecast.objects.all().delete()
    Session.objects.all().delete()
    AllowancePolicy.objects.update(days=missing / 2)
    person = staff_user()
    courses = [CourseFactory() for _ in range(4)]
    for start, length, worth, course, is_soon in dates:
        first = datetime(2030, 1, 14 if is_soon else 28, 9, tzinfo=UTC)
        last = min(start + length - 1, 9)
        SessionFactory(
            course=courses[course],
            starts_at=first + timedelta(days=start // 2, hours=start % 2 * 4),
            ends_at=first + timedelta(days=last // 2, hours=4 + last % 2 * 4),
            half_days=worth,
        )
    sessions = list(Session.objects.all())
    in_time = [row for row in sessions if row.starts_at.date() >= date(2030, 1, 28)]
    best = best_of(sessions)
    fragile = any(best_of([row for row in sessions if row != gone]) < missing for gone in sessions)
    colour = Colour.GREEN
    if best < missing:
        colour = Colour.RED
    elif best_of(in_time) < missing or fragile:
        colour = Colour.AMBER

    found = forecast(person)

    assert (found.colour, found.reachable) == (colour, min(best, missing))


# --- The week's run -------------------------------------------------------------------------------


def test_running_twice_replaces_the_week():
    person = staff_user()
    forecast_who_will_miss_their_five_days()
    session(0), session(1)
    forecast_who_will_miss_their_five_days()

    found = Forecast.objects.get()

    assert (found.person, found.week, found.colour) == (person, date(2030, 1, 7), Colour.GREEN)


def test_another_week_is_another_forecast():
    staff_user()
    forecast_the_year(at=NOW)
    forecast_the_year(at=NOW + timedelta(days=7))

    assert [row.week.day for row in Forecast.objects.order_by("week")] == [7, 14]


def test_without_a_policy_there_is_no_forecast():
    AllowancePolicy.objects.all().delete()
    staff_user()

    assert forecast_the_year(at=NOW) == 0


@pytest.mark.parametrize("people", [1, 5])
def test_the_queries_do_not_grow_with_the_people(django_assert_num_queries, people):
    for number in range(people):
        staff_user()
        session(number)

    with django_assert_num_queries(43):
        forecast_the_year(at=NOW)


def test_forecasts_are_deleted_after_two_years_and_with_the_person():
    person = staff_user()
    for at in (NOW - timedelta(days=740), NOW):
        with time_machine.travel(at, tick=False):
            forecast_the_year(at=at)

    delete_forecasts_past_their_time()
    assert [row.week for row in Forecast.objects.all()] == [date(2030, 1, 7)]

    delete_forecasts(person)
    assert Forecast.objects.count() == 0
