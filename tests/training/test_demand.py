"""The demand page: what people want and have no place on, counted in a fixed number of queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organisation.models import District
from tests.factories.organisation import TeamFactory
from tests.factories.outside import OutsideCourseFactory
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    NominationFactory,
    SessionFactory,
    officer,
    staff_user,
)
from training.models import CourseInterest, Topic
from training.queries.demand import (
    WANTS_OF_A_COURSE,
    Want,
    demand_by_area,
    demand_by_course,
    demand_by_topic,
)
from training.states import BookingState, EndReason, NominationState, OutsideState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def course():
    return CourseFactory(topic=Topic.LEADING)


def interested(course, number=1, **fields):
    people = [staff_user(**fields) for _ in range(number)]
    for person in people:
        CourseInterest.objects.create(course=course, person=person)
    return people


def past_session(course, days=60, **fields):
    starts_at = NOW - timedelta(days=days)
    return SessionFactory(course=course, starts_at=starts_at, **fields)


def found(course):
    return next((row for row in demand_by_course(NOW) if row.course == course), None)


def refused(course, why, ended_at=NOW - timedelta(days=30)):
    state = BookingState.LAPSED if why == EndReason.NO_PLACE else BookingState.DECLINED
    booking = BookingFactory(
        session=past_session(course), state=state, end_reason=why, ended_at=ended_at
    )
    return booking.person


def test_each_way_of_wanting_counts_once(course):
    ahead = SessionFactory(course=course, starts_at=NOW + timedelta(days=21), capacity=1)
    BookingFactory(session=ahead)
    BookingFactory(session=ahead, state=BookingState.WAITING)
    (person,) = interested(course)
    NominationFactory(session=ahead, nominee=person)
    for why in (EndReason.SAFE_COVER, EndReason.NOT_APPROVED, EndReason.NO_PLACE):
        refused(course, why)

    row = found(course)

    assert dict(zip(WANTS_OF_A_COURSE, row.counts, strict=True)) == {
        Want.WAITING: 1,
        Want.REFUSED: 3,
        Want.INTERESTED: 1,
        Want.NOMINATED: 1,
        Want.RUNS_OUT: 0,
    }
    assert (row.people, row.places_free, row.without_a_place) == (5, 0, 5)


def test_what_is_settled_does_not_count(course):
    served = refused(course, EndReason.NOT_APPROVED)
    BookingFactory(
        session=SessionFactory(course=course, starts_at=NOW + timedelta(days=20)), person=served
    )
    refused(course, EndReason.NOT_APPROVED, ended_at=NOW - timedelta(days=400))
    refused(course, EndReason.OFFER_DECLINED)
    (told,) = interested(course)
    CourseInterest.objects.filter(person=told).update(told_at=NOW)
    interested(course, left_on=date(2030, 1, 6))

    assert found(course) is None


def test_a_declined_nomination_counts_for_a_year(course):
    session = past_session(course)
    for days in (30, 500):
        NominationFactory(
            session=session,
            state=NominationState.DECLINED,
            decided_by=officer(),
            decided_at=NOW - timedelta(days=days),
        )

    assert found(course).wants == {Want.NOMINATED: 1}


@pytest.mark.parametrize(
    ("days_ago", "counts"),
    [(365 - 80, True), (365 + 300, True), (365 - 100, False)],
)
def test_mandatory_training_that_runs_out_counts(days_ago, counts):
    course = CourseFactory(is_mandatory=True, counts_towards_five=False, refresher_months=12)
    BookingFactory(
        session=past_session(course, days_ago), state=BookingState.ATTENDED, half_days_attended=2
    )

    row = found(course)

    assert (row is not None and row.wants == {Want.RUNS_OUT: 1}) == counts


def test_who_has_booked_the_refresher_is_left_out():
    course = CourseFactory(is_mandatory=True, counts_towards_five=False, refresher_months=12)
    booking = BookingFactory(
        session=past_session(course, 360), state=BookingState.ATTENDED, half_days_attended=2
    )
    ahead = SessionFactory(course=course, starts_at=NOW + timedelta(days=9))
    BookingFactory(session=ahead, person=booking.person)

    assert found(course) is None


def test_one_more_is_run_for_enough_people_with_a_trainer(course, settings):
    settings.DEMAND_RUN_ONE_MORE_PEOPLE = 3
    interested(course, 2)
    past_session(course, trainer=staff_user())
    few = found(course)
    interested(course)
    enough = found(course)

    assert (few.runs_one_more, enough.runs_one_more) == (False, True)
    assert few.why == "2 more than the places left: too few for a session of our own."
    SessionFactory(course=course, starts_at=NOW + timedelta(days=30), capacity=3)
    assert (found(course).is_met, found(course).why) == (
        True,
        "Dates to come have places for them.",
    )


@pytest.mark.parametrize(
    "session",
    [
        {"days": 800, "trainer": {}},
        {"days": 60, "trainer": {"left_on": date(2030, 1, 6)}},
        {"days": 60, "trainer": None},
    ],
)
def test_without_a_trainer_places_are_bought(course, settings, session):
    settings.DEMAND_RUN_ONE_MORE_PEOPLE = 3
    interested(course, 4)
    trainer = session["trainer"]
    past_session(
        course, session["days"], trainer=None if trainer is None else staff_user(**trainer)
    )

    row = found(course)

    assert row.runs_one_more is False
    assert "nobody here has led it in 24 months" in row.why


def test_topics_and_districts_count_each_person_once(course):
    district = District.objects.create(name="Zeals")
    team = TeamFactory(district=district)
    people = interested(course, 2, team=team)
    other = CourseFactory(topic=Topic.LEADING)
    CourseInterest.objects.create(course=other, person=people[0])
    interested(CourseFactory(topic=Topic.WELLBEING))

    names, rows = demand_by_area(NOW)

    column = names.index("Zeals")
    assert {topic: cells[column] for topic, cells in rows} == {
        "Leading and supervising": 2,
        "Looking after yourself": 0,
    }
    assert [(name, people) for name, _, people in demand_by_topic(NOW)] == [
        ("Leading and supervising", 2),
        ("Looking after yourself", 1),
    ]


def test_small_numbers_are_hidden_by_district(client, course):
    client.force_login(officer())
    interested(course, 2)

    page = client.get(reverse("admin:training_demand"))

    assert [
        cell.is_hidden for _, cells in page.context["areas"] for cell in cells if cell.number
    ] == [True] * len([cell for _, cells in page.context["areas"] for cell in cells if cell.number])
    assert page.context["chart"] == []


def test_the_link_opens_a_new_session_like_the_last(client, course):
    client.force_login(officer())
    past_session(course, trainer=staff_user(), capacity=9)
    interested(course, 6)
    address = f"{reverse('admin:training_session_add')}?again={course.pk}"

    assert address in client.get(reverse("admin:training_demand")).content.decode()
    initial = client.get(address).context["adminform"].form.initial
    assert (initial["capacity"], timezone.localdate(initial["starts_at"]) > NOW.date()) == (9, True)


@pytest.mark.parametrize("number", [1, 5])
def test_the_page_asks_the_same_of_the_database_however_much_is_wanted(
    client, django_assert_num_queries, number
):
    client.force_login(officer())
    for _ in range(number):
        wanted = CourseFactory()
        interested(wanted, number)
        BookingFactory(session=past_session(wanted), state=BookingState.BOOKED)

    with django_assert_num_queries(QUERIES):
        client.get(reverse("admin:training_demand"))


QUERIES = 7


def test_officers_and_hr_alone_see_it(client):
    client.force_login(staff_user())

    assert client.get(reverse("admin:training_demand")).status_code == 302


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (OutsideState.ASKED, True),
        (OutsideState.DECLINED, True),
        (OutsideState.APPROVED, False),
        (OutsideState.WITHDRAWN, False),
    ],
)
def test_what_is_asked_for_elsewhere_counts_by_topic_until_somebody_says_yes(state, counts):
    OutsideCourseFactory(state=state, topic=Topic.LEADING)

    assert demand_by_course(NOW) == []
    counted = [(want.label, int(want == Want.ELSEWHERE)) for want in Want]
    assert demand_by_topic(NOW) == ([(Topic.LEADING.label, counted, 1)] if counts else [])


def test_what_is_asked_for_elsewhere_has_a_column(client, course):
    client.force_login(officer())
    interested(course, 2)
    OutsideCourseFactory(topic=Topic.LEADING)

    shown = client.get(reverse("admin:training_demand")).content.decode()

    assert '<th scope="col" role="columnheader">Asked for elsewhere</th>' in shown
    assert '<td role="cell" data-heading="Asked for elsewhere">1</td>' in shown
    assert '<td role="cell" data-heading="Interested">2</td>' in shown
    assert shown.index("What to do") < shown.index(">Places left<")


def test_what_is_asked_for_elsewhere_alone_is_shown(client):
    client.force_login(officer())
    OutsideCourseFactory(topic=Topic.LEADING)

    shown = client.get(reverse("admin:training_demand")).content.decode()

    assert "Nobody is without a place" not in shown
    assert '<td role="cell" data-heading="Asked for elsewhere">1</td>' in shown
