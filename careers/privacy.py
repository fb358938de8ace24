from accounts.gathering import section
from accounts.registries import gather, privacy
from careers.actions import forget_stories_of
from careers.models import Story


def blank_stories(user):
    return forget_stories_of(person=user)


# Stories keep no history of their own: what is withdrawn and blanked is gone.
privacy.register(Story, eraser=blank_stories, event_retention=None)


@gather.register
def stories_of(user):
    """Stories the person told."""
    return section("Your stories", Story.objects.filter(person=user))
