from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.queries import broken_invariants
from careers.models import Story
from careers.queries import past_events, upcoming_events, vacancies_like_story
from demo.loaders.careers import EVENTS, invented_event
from returners.models import Enquiry
from vacancies.models import Vacancy


@pytest.mark.django_db
def test_the_demo_loads_once_and_breaks_nothing():
    call_command("load_reference_data")

    call_command("load_demo")
    call_command("load_demo")

    today = timezone.localdate()
    assert (Story.objects.published().count(), Enquiry.objects.count()) == (6, 6)
    assert (upcoming_events(today).count(), len(past_events(today))) == (5, 2)
    assert list(broken_invariants()) == []
    assert all(vacancies_like_story(story, today) for story in Story.objects.published())


@pytest.mark.django_db
def test_no_advert_of_the_demo_was_published_after_it_was_loaded(time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 2, tzinfo=UTC), tick=False)
    call_command("load_reference_data")

    call_command("load_demo")

    assert Vacancy.objects.filter(published_at=timezone.now()).exists()
    assert not Vacancy.objects.filter(published_at__gt=timezone.now()).exists()


@pytest.mark.parametrize("today", [date(2026, 12, 21), date(2027, 2, 28), date(2028, 2, 29)])
def test_no_event_of_the_demo_falls_on_a_weekend_or_at_christmas(today):
    days = [timezone.localdate(invented_event(today, *row).starts_at) for row in EVENTS]

    assert [day for day in days if day.weekday() >= 5 or (day.month, day.day) == (12, 25)] == []
