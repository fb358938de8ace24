from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from careers.models import Figure
from organisation.models import PathwayStep
from tests.factories.careers import (
    EventFactory,
    FigureFactory,
    PublishedStoryFactory,
    StoryFactory,
    StoryStepFactory,
)
from tests.factories.organisation import RoleFactory
from tests.factories.vacancies import LiveVacancyFactory

pytestmark = pytest.mark.django_db

PAGES = {
    "careers:home": 5,
    "careers:working-here": 4,
    "careers:story-list": 2,
    "careers:pathway-list": 3,
    "careers:event-list": 2,
}


def words(page):
    return " ".join(page.content.decode().split())


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), PAGES.items())
def test_pages_cost_the_same_whatever_there_is_to_show(
    client, name, queries, count, django_assert_num_queries
):
    for _ in range(count):
        story = PublishedStoryFactory()
        LiveVacancyFactory(role=story.role)
        EventFactory()
        FigureFactory()
        PathwayStep.objects.create(from_role=RoleFactory(), to_role=story.role, how="Moved.")

    with django_assert_num_queries(queries):
        page = client.get(reverse(name))

    assert page.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_story_costs_the_same_whatever_its_length(client, count, django_assert_num_queries):
    story = PublishedStoryFactory()
    StoryStepFactory.create_batch(count, story=story)
    LiveVacancyFactory.create_batch(count, role=story.role)

    with django_assert_num_queries(4):
        page = client.get(story.get_absolute_url())

    assert len(page.context["steps"]) == len(page.context["vacancies"]) == count


@pytest.mark.parametrize(
    "name",
    [*PAGES, "careers:accessibility", "careers:privacy", "careers:cookies"],
)
def test_every_page_stands_without_any_data(client, name):
    assert client.get(reverse(name)).status_code == 200


def test_a_reader_goes_from_a_story_to_a_matching_vacancy(client):
    story = PublishedStoryFactory(name="Ida Wren")
    vacancy = LiveVacancyFactory(role=story.role, title="Social worker in Romsey")

    page = client.get(story.get_absolute_url())

    assert "Do what Ida does" in words(page)
    assert f'href="{vacancy.get_absolute_url()}">Social worker in Romsey</a>' in words(page)
    assert client.get(vacancy.get_absolute_url()).status_code == 200


def test_a_story_without_a_vacancy_like_it_still_leads_on(client):
    page = client.get(PublishedStoryFactory().get_absolute_url())

    assert "No job like this is open today" in words(page)


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_only_published_stories_are_read(client, state):
    story = StoryFactory(
        state=state, withdrawn_on=date(2026, 3, 2) if state == "withdrawn" else None
    )

    assert client.get(story.get_absolute_url()).status_code == 404
    assert list(client.get(reverse("careers:story-list")).context["page"].object_list) == []


def test_the_words_of_a_story_cannot_carry_a_script(client):
    story = PublishedStoryFactory(body="Hello <script>alert(1)</script> **there**")

    page = words(client.get(story.get_absolute_url()))

    assert "<script>alert" not in page
    assert "<strong>there</strong>" in page


def test_the_timeline_ends_with_now(client):
    story = PublishedStoryFactory()
    StoryStepFactory(story=story, position=2, role_text="Social worker")
    StoryStepFactory(story=story, position=1, role_text="Administrator")

    steps = client.get(story.get_absolute_url()).context["steps"]

    assert [step["title"] for step in steps] == ["Administrator", "Social worker"]
    assert [step.get("state") for step in steps] == [None, "now"]


def test_the_list_of_stories_is_filtered_and_ignores_what_it_does_not_know(client):
    told = PublishedStoryFactory(route="return")
    PublishedStoryFactory(route="office")
    address = reverse("careers:story-list")

    by_route = client.get(address, {"route": "return"})
    unknown = client.get(address, {"route": "by-balloon", "page": "no"})

    assert list(by_route.context["page"].object_list) == [told]
    assert len(unknown.context["page"].object_list) == 2


@time_machine.travel("2030-06-04 12:00")
def test_past_events_are_kept_apart(client):
    past = EventFactory()

    page = client.get(reverse("careers:event-list"))

    assert list(page.context["upcoming"]) == []
    assert list(page.context["past"]) == [past]
    assert "How to come" not in words(page)


def test_figures_are_loaded_with_their_source_and_what_hr_changed_is_kept(client):
    call_command("load_figures", stdout=StringIO())
    Figure.objects.filter(key="development-days").update(number="6")
    call_command("load_figures", stdout=StringIO())

    page = words(client.get(reverse("careers:working-here")))

    assert "Each year you have 6 days for your own learning." in page
    assert "6 June 2022" in page


def test_the_sitemap_lists_published_stories_and_pages(client):
    told, untold = PublishedStoryFactory(), StoryFactory()

    sitemap = client.get("/sitemap.xml").content.decode()

    assert told.get_absolute_url() in sitemap
    assert untold.get_absolute_url() not in sitemap
    assert reverse("returners:scheme") in sitemap


def test_the_map_of_careers_tells_each_step_in_words(client):
    step = PathwayStep.objects.create(
        from_role=RoleFactory(name="Administrator", slug="administrator"),
        to_role=RoleFactory(name="Intensive worker", slug="intensive-worker"),
        how="Took direct work days.",
    )
    story = PublishedStoryFactory(role=step.to_role, name="Ida Wren")
    LiveVacancyFactory.create_batch(2, role=step.to_role)

    page = words(client.get(reverse("careers:pathway-list")))

    assert 'href="#intensive-worker">intensive worker</a>. Took direct work days.' in page
    assert f'href="{story.get_absolute_url()}">Read how Ida got here</a>' in page
    assert '?role=intensive-worker">2 jobs open' in page
