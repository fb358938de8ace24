from accounts.registries import privacy
from careers.actions import forget_stories_of
from careers.models import Story


def blank_stories(user):
    return forget_stories_of(person=user)


# Stories keep no history of their own: what is withdrawn and blanked is gone.
privacy.register(Story, eraser=blank_stories, event_retention=None)
