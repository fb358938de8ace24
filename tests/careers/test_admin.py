import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from careers.models import Event, Story
from careers.states import StoryEvent, StoryState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.careers import EventFactory, PublishedStoryFactory, StoryFactory

pytestmark = pytest.mark.django_db

STORIES = reverse("admin:careers_story_changelist")
EVENTS = reverse("admin:careers_event_changelist")


@pytest.fixture
def hr(client):
    client.force_login(HRAdminFactory())
    return client


def choose(client, address, action, row):
    return client.post(address, {"action": action, "_selected_action": [row.pk]}, follow=True)


def test_hr_publishes_and_withdraws_a_story(hr):
    story = StoryFactory()

    choose(hr, STORIES, "publish_selected", story)
    published = Story.objects.get().state
    choose(hr, STORIES, "withdraw_selected", story)

    assert (published, Story.objects.get().state) == (StoryState.PUBLISHED, StoryState.WITHDRAWN)


def test_hr_is_told_when_a_story_lacks_consent(hr):
    story = StoryFactory(consent_given_on=None, review_on=None, name="Ida Wren")

    page = choose(hr, STORIES, "publish_selected", story)

    assert Story.objects.get().state == StoryState.DRAFT
    assert "Ida Wren has not agreed yet" in page.content.decode()


def test_hr_changes_the_words_of_a_story_and_it_is_recorded(hr):
    story = PublishedStoryFactory()
    fields = {
        "name": story.name,
        "slug": story.slug,
        "headline": "A better headline",
        "standfirst": story.standfirst,
        "body": story.body,
        "team": story.team_id,
        "role": story.role_id,
        "start_role": story.start_role_id,
        "route": story.route,
        "consent_given_on": "2026-01-06",
        "review_on": "2027-01-06",
        "state": StoryState.WITHDRAWN,
        "steps-TOTAL_FORMS": "1",
        "steps-INITIAL_FORMS": "0",
        "steps-0-position": "1",
        "steps-0-when": "2016",
        "steps-0-role_text": "Administrator",
    }

    hr.post(reverse("admin:careers_story_change", args=[story.pk]), fields)

    story.refresh_from_db()
    assert (story.headline, story.state) == ("A better headline", StoryState.PUBLISHED)
    assert story.steps.count() == 1
    assert AuditEvent.objects.get().event == StoryEvent.STORY_SAVED


def test_hr_calls_an_event_off(hr):
    event = EventFactory()

    choose(hr, EVENTS, "cancel_selected", event)

    assert Event.objects.get().cancelled_at is not None


def test_a_job_seeker_does_not_get_in(client):
    client.force_login(UserFactory())

    assert client.get(STORIES).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_stories_costs_the_same_whatever_its_length(
    hr, count, django_assert_num_queries
):
    StoryFactory.create_batch(count)
    hr.get(STORIES)

    with django_assert_num_queries(6):
        page = hr.get(STORIES)

    assert page.context["cl"].result_count == count
