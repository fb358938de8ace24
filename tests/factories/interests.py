from datetime import timedelta

import factory
from django.utils import timezone

from applications import consent
from applications.models import HoursWanted, JobInterest
from organisation.models import RoleFamily
from tests.factories.accounts import UserFactory
from tests.factories.organisation import DistrictFactory


class JobInterestFactory(factory.django.DjangoModelFactory):
    """Somebody on the register for half a year to come."""

    class Meta:
        model = JobInterest
        skip_postgeneration_save = True

    person = factory.SubFactory(UserFactory)
    families = [RoleFamily.SOCIAL_WORK]
    hours = HoursWanted.ANY
    consent_version = consent.VERSION
    consented_at = factory.LazyFunction(timezone.now)
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=182))

    @factory.post_generation
    def areas(self, create, extracted, **kwargs):
        self.districts.set(extracted or [DistrictFactory()])
