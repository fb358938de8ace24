"""Six stories and seven events, all of them invented."""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from careers.models import Event, EventKind, Story, StoryStep
from careers.states import StoryState
from organisation.models import Role, Team

STORIES = Path(__file__).resolve().parents[1] / "data" / "stories"

# Days from today, hours from and to, and what it is.
EVENTS = [
    (
        9,
        (17, 19),
        "Tea with the family help teams",
        EventKind.OPEN_EVENING,
        "Eastleigh library, upstairs",
        "Six social workers and a kettle. Ask them what a Tuesday looks like, or bring a friend "
        "and just listen.",
        "Come along, you need not book. There is step-free access from the car park.",
    ),
    (
        16,
        (12, 13),
        "The apprenticeship in one lunch hour",
        EventKind.ONLINE,
        "",
        "Who can apply, what the week looks like, and what happens if you have not studied for "
        "twenty years. With two apprentices and their mentor.",
        "Write to us and we will send you the link on the morning.",
    ),
    (
        27,
        (18, 20),
        "Coming back: an evening for former social workers",
        EventKind.OPEN_EVENING,
        "The Guildhall, Winchester",
        "Three people who came back tell you how. Two of our officers bring the rules about hours "
        "and explain them in plain words.",
        "Come along, or send an enquiry first and meet your officer there.",
    ),
    (
        41,
        (10, 12),
        "How we work with neglect: a round table",
        EventKind.ROUND_TABLE,
        "Discovery centre, Basingstoke",
        "Practitioners from four teams show the exercises they use with parents, and where they "
        "have failed. It counts towards your learning if you work here.",
        "Write to us by the Friday before. There are 30 seats.",
    ),
    (
        55,
        (17, 18),
        "Final year? Meet the graduate scheme",
        EventKind.ONLINE,
        "",
        "A practice educator and two people in their first year answer everything you did not "
        "want to ask at an interview.",
        "Write to us and we will send you the link on the morning.",
    ),
    (
        -20,
        (17, 19),
        "Meet the Gosport hub",
        EventKind.OPEN_EVENING,
        "Harbour community centre, Gosport",
        "How social workers, domestic abuse workers and mental health workers share one room.",
        "It has taken place.",
    ),
    (
        -48,
        (13, 14),
        "Listening to children who do not speak",
        EventKind.TALK,
        "Civic offices, Havant",
        "A talk by our disabled children's team, with the cards and pictures they use.",
        "It has taken place.",
    ),
]


def load(today):
    """Load the stories and the events, unless they are there."""
    if Story.objects.exists() or Event.objects.exists():
        return
    roles = {role.name: role for role in Role.objects.all()}
    teams = {team.name: team for team in Team.objects.all()}
    for path in sorted(STORIES.glob("*.toml")):
        load_story(path.stem, tomllib.loads(path.read_text(encoding="utf-8")), roles, teams, today)
    Event.objects.bulk_create(invented_event(today, *row) for row in EVENTS)


def load_story(slug, told, roles, teams, today):
    steps = told.pop("steps")
    published_on = today - timedelta(days=told.pop("published_days_ago"))
    agreed_on = published_on - timedelta(days=7)
    story = Story.objects.create(
        **told
        | {
            "slug": slug,
            "team": teams[told["team"]],
            "role": roles[told["role"]],
            "start_role": roles[told["start_role"]],
            "body": told["body"].strip(),
            "state": StoryState.PUBLISHED,
            "consent_given_on": agreed_on,
            "review_on": agreed_on + timedelta(days=365),
            "published_at": moment(published_on, 9),
        }
    )
    StoryStep.objects.bulk_create(
        StoryStep(
            story=story,
            position=number,
            when=f"{today.year - step.pop('years_ago')}{' to now' if number == len(steps) else ''}",
            **step,
        )
        for number, step in enumerate(steps, start=1)
    )


def invented_event(today, days, hours, title, kind, place, summary, how_to_join):
    day = an_ordinary_day(today + timedelta(days=days))
    return Event(
        title=title,
        kind=kind,
        starts_at=moment(day, hours[0]),
        ends_at=moment(day, hours[1]),
        place_name=place,
        summary=summary,
        how_to_join=how_to_join,
    )


def an_ordinary_day(day):
    """Return `day`, or the next day on which people come: no weekend and not around Christmas."""
    while day.weekday() >= 5 or (day.month, day.day) >= (12, 21) or (day.month, day.day) <= (1, 4):
        day += timedelta(days=1)
    return day


def moment(day, hour):
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())
