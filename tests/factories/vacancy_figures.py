from datetime import date

import factory
from django.core.files.base import ContentFile

from organisation.models import Post
from tests.factories.accounts import HRAdminFactory
from tests.factories.organisation import RoleFactory, TeamFactory
from tests.factories.vacancies import LiveVacancyFactory
from vacancies.models import Campaign, ImportRun, SheetFormat, ViewCount, ViewSource
from vacancies.states import ImportState


class CampaignFactory(factory.django.DjangoModelFactory):
    """A campaign like that of 2017: 100 posts on 400 social workers."""

    class Meta:
        model = Campaign

    name = factory.Sequence(lambda n: f"Campaign {n}")
    slug = factory.Sequence(lambda n: f"campaign-{n}")
    posts_wanted = 100
    money = 6_500_000
    social_workers = 400
    starts_on = date(2026, 1, 5)
    ends_on = date(2026, 12, 31)
    source = "The council's article"
    as_at = date(2017, 11, 21)


class ImportRunFactory(factory.django.DjangoModelFactory):
    """A checked file without rows."""

    class Meta:
        model = ImportRun

    state = ImportState.CHECKED
    source = "Old system"
    original_name = "adverts.csv"
    file = factory.LazyFunction(lambda: ContentFile(b"Title,Closes on\n", name="adverts.csv"))
    file_format = SheetFormat.CSV
    uploaded_by = factory.SubFactory(HRAdminFactory)


class ViewCountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ViewCount

    vacancy = factory.SubFactory(LiveVacancyFactory)
    day = date(2026, 3, 10)
    source = ViewSource.OUR_SEARCH
    number = 1


class PostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Post

    number = factory.Sequence(lambda n: f"P9{n:04d}")
    role = factory.SubFactory(RoleFactory)
    team = factory.SubFactory(TeamFactory)
