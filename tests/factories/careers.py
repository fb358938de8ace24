from datetime import date, datetime

import factory
from django.utils import timezone

from careers.models import Event, EventKind, Figure, Route, Story, StoryStep
from careers.states import StoryState
from tests.factories.organisation import RoleFactory, TeamFactory

LONDON = timezone.get_default_timezone()


class StoryFactory(factory.django.DjangoModelFactory):
    """A draft whose person has agreed to it."""

    class Meta:
        model = Story

    name = "Ida Wren"
    slug = factory.Sequence(lambda n: f"ida-wren-{n}")
    headline = "I typed the letters"
    standfirst = "Ida began at the front desk."
    body = "She asked to **go along**."
    team = factory.SubFactory(TeamFactory)
    role = factory.SubFactory(RoleFactory)
    start_role = factory.SubFactory(RoleFactory)
    route = Route.OFFICE
    consent_given_on = date(2020, 1, 6)
    review_on = date(2099, 1, 6)


class PublishedStoryFactory(StoryFactory):
    state = StoryState.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)


class StoryStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StoryStep

    story = factory.SubFactory(PublishedStoryFactory)
    position = factory.Sequence(lambda n: n)
    when = "2016"
    role_text = "Administrator"


class EventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Event

    title = factory.Sequence(lambda n: f"Open evening {n}")
    kind = EventKind.OPEN_EVENING
    starts_at = datetime(2030, 6, 3, 17, tzinfo=LONDON)
    ends_at = datetime(2030, 6, 3, 19, 30, tzinfo=LONDON)
    place_name = "Eastleigh library"
    summary = "Talk with us."
    how_to_join = "Come along."


class FigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Figure

    key = factory.Sequence(lambda n: f"figure-{n}")
    number = "5"
    words = "days of learning"
    source = "An article"
    as_at = date(2022, 6, 6)
