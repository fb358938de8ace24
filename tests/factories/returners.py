from datetime import date

import factory
from django.utils import timezone

from returners.models import Enquiry, RegistrationStatus, RestorationRule
from returners.states import EnquiryState
from tests.factories.accounts import UserFactory


class OfficerFactory(UserFactory):
    email = factory.Sequence(lambda n: f"officer{n}@example.org")
    roles = ["workforce_development_officer"]


class EnquiryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enquiry

    full_name = "Rosa Tamsin"
    email = factory.Sequence(lambda n: f"returner{n}@example.org")
    lives_in = "Romsey"
    registration_status = RegistrationStatus.WAS_REGISTERED
    state = EnquiryState.ASSIGNED
    officer = factory.SubFactory(OfficerFactory)
    agreed_to_contact_at = factory.LazyFunction(timezone.now)
    keep_until = date(2099, 1, 1)


class RestorationRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RestorationRule

    years_from = 2
    years_to = 5
    days = 30
    hours_per_day = 7
    starts_on = date(2019, 12, 2)
    source = "The regulator"
    as_at = date(2025, 6, 9)
