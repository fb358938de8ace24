from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from accounts.actions import erase_person
from accounts.models import AuditEvent
from careers.actions import cancel_event, publish_story, withdraw_story
from careers.attention import stories_to_ask_about_again
from careers.exceptions import StoryNeedsConsent
from careers.states import STORY_TRANSITIONS, StoryEvent, StoryState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.careers import (
    EventFactory,
    PublishedStoryFactory,
    StoryFactory,
    StoryStepFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


def story_in(state):
    return StoryFactory(
        state=state,
        published_at=timezone.now() if state == StoryState.PUBLISHED else None,
        withdrawn_on=TODAY if state == StoryState.WITHDRAWN else None,
    )


def test_publish_story_shows_it_and_says_who_did_it():
    hr, story = HRAdminFactory(), StoryFactory()

    story = publish_story(story=story, by=hr)

    event = AuditEvent.objects.get()
    assert (story.state, event.event, event.by) == ("published", StoryEvent.STORY_PUBLISHED, hr)


@pytest.mark.parametrize("state", StoryState.values)
def test_publish_story_follows_the_table(state):
    story = story_in(state)

    if StoryState.PUBLISHED in STORY_TRANSITIONS[state]:
        assert publish_story(story=story, by=HRAdminFactory()).state == StoryState.PUBLISHED
    else:
        with pytest.raises(PermissionDenied):
            publish_story(story=story, by=HRAdminFactory())


@pytest.mark.parametrize("state", StoryState.values)
def test_withdraw_story_follows_the_table(state):
    story = story_in(state)

    if StoryState.WITHDRAWN in STORY_TRANSITIONS[state]:
        assert withdraw_story(story=story, by=HRAdminFactory()).state == StoryState.WITHDRAWN
    else:
        with pytest.raises(PermissionDenied):
            withdraw_story(story=story, by=HRAdminFactory())


@pytest.mark.parametrize(
    ("given", "review"),
    [
        (None, None),
        (timedelta(days=1), timedelta(days=300)),  # agreed, but only from tomorrow
        (timedelta(days=-365), timedelta(days=0)),  # to be asked again today
    ],
)
def test_publish_story_needs_a_consent_that_holds_today(given, review):
    today = timezone.localdate()
    story = StoryFactory(
        consent_given_on=given and today + given,
        review_on=None if review is None else today + review,
    )

    with pytest.raises(StoryNeedsConsent):
        publish_story(story=story, by=HRAdminFactory())


def test_the_database_refuses_a_published_story_without_consent():
    with pytest.raises(IntegrityError, match="published_story_has_consent"):
        PublishedStoryFactory(consent_given_on=None)


def test_publish_story_refuses_people_without_the_permission():
    with pytest.raises(PermissionDenied):
        publish_story(story=StoryFactory(), by=UserFactory())


def test_the_person_may_withdraw_their_own_story_and_nobody_elses():
    person = UserFactory()

    own = withdraw_story(story=PublishedStoryFactory(person=person), by=person)

    assert (own.state, own.withdrawn_on) == (StoryState.WITHDRAWN, timezone.localdate())
    with pytest.raises(PermissionDenied):
        withdraw_story(story=PublishedStoryFactory(), by=person)


def test_erasing_a_person_withdraws_and_blanks_their_story():
    person = UserFactory()
    story = PublishedStoryFactory(person=person)
    StoryStepFactory(story=story)

    erase_person(person=person, by=HRAdminFactory())

    story.refresh_from_db()
    assert (story.state, story.name, story.body) == (StoryState.WITHDRAWN, "Withdrawn", "")
    assert story.steps.count() == 0


def test_cancel_event_happens_once_and_needs_the_permission():
    event, hr = EventFactory(), HRAdminFactory()

    with pytest.raises(PermissionDenied):
        cancel_event(event=event, by=UserFactory())
    assert cancel_event(event=event, by=hr).cancelled_at is not None
    with pytest.raises(PermissionDenied):
        cancel_event(event=event, by=hr)


def test_attention_counts_stories_to_ask_about_within_a_month():
    today = timezone.localdate()
    PublishedStoryFactory(review_on=today + timedelta(days=30))
    PublishedStoryFactory(review_on=today + timedelta(days=31))
    StoryFactory(review_on=today)

    assert [item.count for item in stories_to_ask_about_again(HRAdminFactory())] == [1]
    assert stories_to_ask_about_again(UserFactory()) == []
