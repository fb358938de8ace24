from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from careers.exceptions import StoryNeedsConsent
from careers.models import Event, Story
from careers.rules import (
    can_cancel_event,
    can_publish_story,
    can_withdraw_story,
    has_consent,
)
from careers.states import EventEvent, StoryEvent, StoryState


@transaction.atomic
def save_story(*, story, by):
    """Keep the words of a story, new or changed. Its state has actions of its own."""
    story.save()
    audit.record(StoryEvent.STORY_SAVED, story, by=by)
    return story


@transaction.atomic
def publish_story(*, story, by):
    """Show a story to readers.

    Raises PermissionDenied when `by` may not or the story is not a draft, and StoryNeedsConsent
    without a consent that holds today.
    """
    story = Story.objects.select_for_update().get(pk=story.pk)
    if not can_publish_story(by, story):
        raise PermissionDenied("This story cannot be published.")
    if not has_consent(story):
        raise StoryNeedsConsent(story.name)
    story.move_to(StoryState.PUBLISHED)
    story.published_at = timezone.now()
    story.save(update_fields=["state", "published_at", "updated_at"])
    audit.record(StoryEvent.STORY_PUBLISHED, story, by=by)
    return story


@transaction.atomic
def withdraw_story(*, story, by):
    """Take a story away for good, because the person wishes it or it no longer holds.

    Raises PermissionDenied when `by` may not or the story is withdrawn already.
    """
    story = Story.objects.select_for_update().get(pk=story.pk)
    if not can_withdraw_story(by, story):
        raise PermissionDenied("This story cannot be withdrawn.")
    return _withdraw(story, by)


@transaction.atomic
def ask_again_about_story(*, story, on):
    """Put a published story of somebody who has left by the date `on` on HR's list to ask about again.

    It stays published until HR has asked. Safe to run again. Returns the story.
    """
    story = Story.objects.select_for_update(of=["self"]).get(pk=story.pk)
    if Story.objects.of_leavers(on).filter(pk=story.pk).exists():
        story.review_on = on
        story.save(update_fields=["review_on", "updated_at"])
        audit.record(StoryEvent.STORY_TO_BE_REVIEWED, story, by=None)
    return story


@transaction.atomic
def forget_stories_of(*, person):
    """Withdraw the stories of a person who is erased, and blank what they tell. Returns how many."""
    stories = Story.objects.select_for_update().filter(person=person)
    for story in stories:
        if story.can_become(StoryState.WITHDRAWN):
            _withdraw(story, by=None)
        story.steps.all().delete()
        story.name, story.slug = "Withdrawn", f"withdrawn-{story.pk}"
        story.headline = story.standfirst = story.quote = story.body = ""
        story.save()
    return len(stories)


@transaction.atomic
def save_event(*, event, by):
    """Keep an event, new or changed."""
    event.save()
    audit.record(EventEvent.EVENT_SAVED, event, by=by)
    return event


@transaction.atomic
def cancel_event(*, event, by):
    """Call an event off; it is shown no longer.

    Raises PermissionDenied when `by` may not or it has been called off already.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not can_cancel_event(by, event):
        raise PermissionDenied("This event cannot be called off.")
    event.cancelled_at = timezone.now()
    event.save(update_fields=["cancelled_at"])
    audit.record(EventEvent.EVENT_CANCELLED, event, by=by)
    return event


def _withdraw(story, by):
    story.move_to(StoryState.WITHDRAWN)
    story.withdrawn_on = timezone.localdate()
    story.save(update_fields=["state", "withdrawn_on", "updated_at"])
    audit.record(StoryEvent.STORY_WITHDRAWN, story, by=by)
    return story
