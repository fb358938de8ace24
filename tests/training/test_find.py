"""Finding training by date, place and places left; what is suggested, and why."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from organisation.models import Place
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    SessionFactory,
)
from training.queries import mandatory_with_expiry, suggestions_for
from training.queries.recommended import months_after
from training.states import BookingState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
WINCHESTER, ALTON = (51.063, -1.308), (51.149, -0.973)


@pytest.fixture
def dates():
    """A course in Winchester in a week, one in Alton in three, one online in five, one without a date."""
    for name, (latitude, longitude) in {"Winchester": WINCHESTER, "Alton": ALTON}.items():
        Place.objects.create(name=name, latitude=latitude, longitude=longitude, district=name)
    session("In Winchester", 7, WINCHESTER)
    session("In Alton", 21, ALTON)
    session("Online", 35)
    CourseFactory(title="Some day")


def session(title, days, point=(None, None), **fields):
    return SessionFactory(
        course__title=title,
        starts_at=NOW + timedelta(days=days),
        latitude=point[0],
        longitude=point[1],
        **fields,
    )


def search(client, **query):
    return client.get(reverse("training:course-list"), query)


def titles(client, **query):
    return [course.title for course in search(client, **query).context["page"].object_list]


def test_everything_is_found_the_soonest_first(client, person, dates):
    assert titles(client) == ["In Winchester", "In Alton", "Online", "Some day"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"from": "20/1/2030"}, ["In Alton", "Online"]),
        ({"to": "28/1/2030"}, ["In Winchester", "In Alton"]),
        ({"to": "31/12/9999"}, ["In Winchester", "In Alton", "Online"]),
        ({"from": "1/1/0001"}, ["In Winchester", "In Alton", "Online"]),
        ({"from": "28 January 2030", "to": "2030-01-28"}, ["In Alton"]),
        ({"place": "Winchester", "radius": "5"}, ["In Winchester"]),
        ({"place": "winchester", "radius": "20"}, ["In Winchester", "In Alton"]),
        ({"place": "Alton", "radius": "20", "sort": "distance"}, ["In Alton", "In Winchester"]),
    ],
)
def test_dates_and_places_keep_what_has_a_date_that_fits(client, person, dates, query, found):
    assert titles(client, **query) == found


def test_places_left_leaves_out_what_is_full(client, person):
    full = session("Full", 7, capacity=1)
    BookingFactory(session=full)
    session("Free", 8, capacity=1)

    assert titles(client, places="on") == ["Free"]


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({"from": "32/1/2030"}, {"from": ["Enter the first day like 27/3/2027"]}),
        ({"to": "soon"}, {"to": ["Enter the last day like 27/3/2027"]}),
        (
            {"from": "2/2/2030", "to": "1/2/2030"},
            {"to": ["This is before the first day. Give a later one."]},
        ),
        (
            {"place": "Wincester"},
            {"place": ["We do not know a place called “Wincester”. Did you mean Winchester?"]},
        ),
        ({"sort": "distance"}, {"place": ["Give a town or postcode to sort by distance"]}),
    ],
)
def test_what_makes_no_sense_is_told_kept_and_not_searched_for(
    client, person, dates, query, errors
):
    response = search(client, **query)

    assert response.context["form"].errors == errors
    words = response.content.decode()
    for typed in set(query.values()) - {"distance"}:
        assert f'value="{typed}"' in words
    assert "Online" in [course.title for course in response.context["page"]]


def test_nothing_fits_is_said_with_a_way_on(client, person, dates):
    words = search(client, q="nothing like it").content.decode()

    assert "No course fits" in words
    assert "Take out a word or a filter: a topic, a day, a place, or places left." in words
    assert f'href="{reverse("training:outside-create")}">Ask for an outside course</a>' in words


@pytest.mark.parametrize(("place", "is_in_use"), [("Nowhereville", True), ("", False)])
def test_filters_with_a_mistake_in_them_are_marked_so_that_no_script_folds_them(
    client, person, place, is_in_use
):
    words = search(client, place=place).content.decode()

    assert ('<details class="hp-filters" open data-in-use>' in words) is is_in_use


# --- What is suggested -----------------------------------------------------------------------------


def mandatory(title, refresher_months=24, **fields):
    return CourseFactory(
        title=title,
        topic="safeguarding",
        is_mandatory=True,
        counts_towards_five=False,
        refresher_months=refresher_months,
        **fields,
    )


def attended(person, course, on):
    return BookingFactory(
        person=person,
        session=SessionFactory(course=course, starts_at=datetime(*on, 9, tzinfo=UTC)),
        state=BookingState.ATTENDED,
        half_days_attended=2,
    )


def suggested(person):
    return [(row.course.title, row.reason) for row in suggestions_for(person.staff_member, NOW)]


def test_a_refresher_that_is_due_before_long_comes_first_with_its_month(person):
    attended(person, mandatory("The basics"), (2028, 3, 10))
    attended(person, mandatory("Long gone"), (2027, 5, 10))
    attended(person, mandatory("Not yet"), (2029, 12, 10))
    attended(person, mandatory("Once is enough", None), (2020, 12, 10))
    mandatory("Never been")

    assert suggested(person) == [
        ("Long gone", "Your safeguarding refresher was due in May 2029"),
        ("The basics", "Your safeguarding refresher is due in March"),
        ("Never been", "Mandatory, and you have not been yet"),
    ]


def test_what_is_booked_is_not_suggested(person):
    course = mandatory("The basics")
    BookingFactory(person=person, session__course=course)

    assert suggested(person) == []


def test_what_is_for_ones_role_is_suggested_until_one_is_on_it(person):
    role = person.staff_member.role
    mine, other = CourseFactory(title="For my role"), CourseFactory(title="For others")
    mine.roles.set([role])
    for course in (mine, other):
        SessionFactory(course=course)
    assert suggested(person) == [("For my role", f"Chosen for your role: {role.name.lower()}")]

    BookingFactory(person=person, session__course=mine)

    assert suggested(person) == []


def test_the_page_says_why(client, person):
    attended(person, mandatory("The basics"), (2028, 3, 10))

    assert "Your safeguarding refresher is due in March" in search(client).content.decode()


def test_mandatory_training_expires(person):
    attended(person, mandatory("The basics"), (2028, 2, 29))

    (course,) = mandatory_with_expiry(person.staff_member, NOW)

    assert (course.due_on, course.is_due, course.is_overdue) == (date(2030, 2, 28), True, False)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(day, months, later):
    assert months_after(day, months) == later
