"""What is asked about stories, events and figures, by our pages and by those of other apps."""

from django.db.models import Case, Count, IntegerField, Q, Value, When

from careers.models import Event, Figure, Story
from organisation.models import PathwayStep
from vacancies.models import Vacancy


def published_stories(family="", route=""):
    """Return stories that readers see, the newest first, of a role family and by a route if given."""
    stories = Story.objects.published().for_cards()
    if family:
        stories = stories.filter(role__family=family)
    if route:
        stories = stories.filter(route=route)
    return stories.order_by("-published_at", "-pk")


def stories_for_team(team, limit=2):
    """Return published stories of people in `team`, the newest first."""
    return published_stories().filter(team=team)[:limit]


def vacancies_like_story(story, on, limit=3):
    """Return vacancies open on the date `on` that a reader of `story` may want, the likest first.

    The same role comes first, then the same team, then the same family of roles.
    """
    family = Q(role__family=story.role.family)
    likeness = Case(
        When(role=story.role_id, then=Value(0)),
        When(team=story.team_id, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    fitting = Q(role=story.role_id) | Q(team=story.team_id) | family
    vacancies = Vacancy.objects.open_to_public(on).for_cards().filter(fitting)
    return vacancies.order_by(likeness, "closes_on", "pk")[:limit]


def vacancy_figures(user, on):
    """Return how many vacancies `user`, perhaps a visitor, may apply for on the date `on`.

    They are `open`, and in so many `places`.
    """
    return Vacancy.objects.open_to(user, on).aggregate(
        open=Count("pk"), places=Count("place_name", distinct=True)
    )


def open_vacancies_by_role(on):
    """Return the number of vacancies open on the date `on` by role id."""
    counted = Vacancy.objects.open_to_public(on).order_by().values("role")
    return dict(counted.annotate(number=Count("pk")).values_list("role", "number"))


def stories_by_role():
    """Return published stories by the id of the role that the person has today, the newest for each."""
    return {story.role_id: story for story in reversed(published_stories())}


def pathway_steps():
    """Return the steps people have taken between roles, with both roles."""
    return PathwayStep.objects.select_related("from_role", "to_role")


def upcoming_events(on):
    """Return events not over by the date `on`, the next first."""
    return Event.objects.upcoming(on)


def past_events(on, limit=6):
    """Return the latest events that were over before the date `on`."""
    return Event.objects.past(on)[:limit]


def figures():
    """Return the figures that public pages tell, by key with underscores, for templates."""
    return {figure.key.replace("-", "_"): figure for figure in Figure.objects.all()}
