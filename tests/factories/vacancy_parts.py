from datetime import timedelta

import factory
from django.utils import timezone

from accounts.retention import start_of
from organisation.models import TeamFacts
from tests.factories.accounts import UserFactory
from tests.factories.organisation import DistrictFactory, TeamFactory
from tests.factories.vacancies import LiveVacancyFactory
from vacancies.models import (
    ChatBooking,
    ChatSlot,
    OtherPlace,
    Payment,
    PaymentKind,
    SavedVacancy,
    SiftDate,
    Visibility,
)


class OtherPlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OtherPlace

    vacancy = factory.SubFactory(LiveVacancyFactory)
    place_name = "Alton"
    latitude = 51.1493
    longitude = -0.9747
    district = factory.SubFactory(DistrictFactory)


class PaymentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Payment

    vacancy = factory.SubFactory(LiveVacancyFactory)
    kind = PaymentKind.SUPPLEMENT
    name = "Market supplement"
    amount = 3_000


class SiftDateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SiftDate

    vacancy = factory.SubFactory(LiveVacancyFactory, rolling=True)
    sift_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))


class TeamFactsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeamFacts

    team = factory.SubFactory(TeamFactory)
    caseload_from = 12
    caseload_to = 16
    supervision_every_weeks = 2
    people = 9
    as_at = factory.LazyFunction(timezone.localdate)
    owner = factory.SubFactory(UserFactory)


class StaffOnlyVacancyFactory(LiveVacancyFactory):
    visibility = Visibility.STAFF_ONLY


class StaffFirstVacancyFactory(LiveVacancyFactory):
    """Open to staff today, to everyone a week from now."""

    visibility = Visibility.STAFF_FIRST
    public_from = factory.LazyAttribute(lambda vacancy: vacancy.opens_on + timedelta(days=7))


class SavedVacancyFactory(factory.django.DjangoModelFactory):
    """A job saved a month ago."""

    class Meta:
        model = SavedVacancy

    user = factory.SubFactory(UserFactory)
    vacancy = factory.SubFactory(LiveVacancyFactory)
    saved_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=30))


class ChatSlotFactory(factory.django.DjangoModelFactory):
    """A chat three days from now, at noon."""

    class Meta:
        model = ChatSlot

    vacancy = factory.SubFactory(LiveVacancyFactory)
    host = factory.SubFactory(UserFactory)
    starts_at = factory.LazyFunction(
        lambda: start_of(timezone.localdate() + timedelta(days=3)) + timedelta(hours=12)
    )


class ChatBookingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ChatBooking

    slot = factory.SubFactory(ChatSlotFactory)
    name = "Robin"
    email = "robin@example.org"
