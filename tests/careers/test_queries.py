from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from careers import queries
from careers.models import EventKind
from careers.pathways import draw_pathways
from careers.templatetags.careers_tags import event_times
from organisation.models import PathwayStep, RoleFamily
from tests.factories.careers import EventFactory, PublishedStoryFactory, StoryFactory
from tests.factories.organisation import RoleFactory, TeamFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory

LONDON = timezone.get_default_timezone()

pytestmark = pytest.mark.django_db


def test_stories_for_team_are_its_published_ones():
    team = TeamFactory()
    told = PublishedStoryFactory(team=team)
    StoryFactory(team=team)
    PublishedStoryFactory()

    assert list(queries.stories_for_team(team)) == [told]


def test_vacancies_like_a_story_put_the_role_first_then_the_team_then_the_family():
    story = PublishedStoryFactory()
    family = LiveVacancyFactory()
    team = LiveVacancyFactory(team=story.team, role=RoleFactory(family=RoleFamily.BUSINESS_SUPPORT))
    role = LiveVacancyFactory(role=story.role)
    LiveVacancyFactory(role=RoleFactory(family=RoleFamily.LEADERSHIP))
    ClosedVacancyFactory(role=story.role)

    found = queries.vacancies_like_story(story, timezone.localdate())

    assert list(found) == [role, team, family]


def test_vacancy_figures_count_what_is_open_and_where():
    LiveVacancyFactory.create_batch(2)
    LiveVacancyFactory(place_name="Romsey")
    ClosedVacancyFactory(place_name="Alton")

    figures = queries.vacancy_figures(AnonymousUser(), timezone.localdate())
    assert figures == {"open": 3, "places": 2}


def test_an_event_is_upcoming_on_its_own_day_and_past_on_the_next():
    event = EventFactory()
    EventFactory(cancelled_at=timezone.now())

    assert list(queries.upcoming_events(date(2030, 6, 3))) == [event]
    assert list(queries.past_events(date(2030, 6, 3))) == []
    assert list(queries.upcoming_events(date(2030, 6, 4))) == []
    assert list(queries.past_events(date(2030, 6, 4))) == [event]


def test_an_event_that_ends_late_in_summer_belongs_to_its_london_day():
    # Half past midnight in London in June is still the day before in UTC.
    ends_at = datetime(2030, 6, 4, 0, 30, tzinfo=LONDON)
    event = EventFactory(ends_at=ends_at)

    assert list(queries.upcoming_events(date(2030, 6, 4))) == [event]


@pytest.mark.parametrize(
    ("hours", "words"),
    [((17, 0, 19, 30), "5pm to 7:30pm"), ((11, 15, 12, 0), "11:15am to 12pm")],
)
def test_event_times_read_as_people_say_them(hours, words):
    first_hour, first_minute, last_hour, last_minute = hours
    event = EventFactory.build(
        kind=EventKind.TALK,
        starts_at=datetime(2030, 6, 3, first_hour, first_minute, tzinfo=LONDON),
        ends_at=datetime(2030, 6, 3, last_hour, last_minute, tzinfo=LONDON),
    )

    assert event_times(event) == words


def steps_between(*pairs):
    names = {name for pair in pairs for name in pair}
    roles = {name: RoleFactory(name=name, slug=name.lower()) for name in names}
    return [
        PathwayStep.objects.create(from_role=roles[start], to_role=roles[end], how="Moved.")
        for start, end in pairs
    ]


def test_the_map_puts_each_role_below_all_that_lead_to_it():
    steps = steps_between(("A", "B"), ("B", "C"), ("A", "C"), ("D", "C"))

    rows = {stop.role.name: stop.row for stop in draw_pathways(steps).stops}

    # D leads straight to C, so it stands just above C and not at the top.
    assert rows == {"A": 0, "B": 1, "D": 1, "C": 2}


def test_the_map_ends_when_steps_run_in_a_ring():
    pathways = draw_pathways(steps_between(("A", "B"), ("B", "A")))

    assert {stop.role.name for stop in pathways.stops} == {"A", "B"}


def test_no_two_roles_of_the_map_overlap():
    steps = steps_between(("A", "D"), ("B", "D"), ("C", "D"), ("D", "E"), ("D", "F"))

    places = [(stop.row, stop.x) for stop in draw_pathways(steps).stops]

    assert len(set(places)) == len(places)


def test_published_stories_filter_by_family_and_route():
    leader = PublishedStoryFactory(role=RoleFactory(family=RoleFamily.LEADERSHIP), route="return")
    PublishedStoryFactory(published_at=timezone.now() - timedelta(days=1))

    assert list(queries.published_stories(family="leadership")) == [leader]
    assert list(queries.published_stories(family="leadership", route="graduate")) == []
