from django.utils import timezone

from careers.states import StoryState


def has_consent(story):
    """The person has agreed by today, and the day for asking them again has not come."""
    today = timezone.localdate()
    return bool(
        story.consent_given_on
        and story.review_on
        and story.consent_given_on <= today < story.review_on
    )


def can_publish_story(user, story):
    return user.has_perm("careers.publish_story") and story.can_become(StoryState.PUBLISHED)


def can_withdraw_story(user, story):
    """HR, or the person whose story it is: consent may be withdrawn on any day."""
    return (
        user.has_perm("careers.withdraw_story") or user.pk == story.person_id
    ) and story.can_become(StoryState.WITHDRAWN)


def can_cancel_event(user, event):
    return user.has_perm("careers.cancel_event") and event.cancelled_at is None
