from datetime import timedelta

import factory
from django.utils import timezone

from vacancies.models import Alert, Frequency, Subscriber
from vacancies.queries import VacancyFilters
from vacancies.queries.alerts import AlertSearch
from vacancies.states import AlertState


def search_for(in_words="Every new job", **filters):
    """What an alert searches for, made of fields of VacancyFilters."""
    return AlertSearch(VacancyFilters(**filters), in_words)


class SubscriberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Subscriber

    email = factory.Sequence(lambda n: f"seeker{n}@example.org")


class AlertFactory(factory.django.DjangoModelFactory):
    """An alert for every new job, or what `finds` (a `search_for`) says: on since yesterday, due today."""

    class Meta:
        model = Alert

    subscriber = factory.SubFactory(SubscriberFactory)
    state = AlertState.ACTIVE
    frequency = Frequency.DAILY
    weekday = factory.LazyFunction(lambda: timezone.localdate().isoweekday())
    confirmed_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    next_on = factory.LazyFunction(timezone.localdate)

    @classmethod
    def _create(cls, model, finds=None, **fields):
        return model.objects.create(**(finds or search_for()).columns, **fields)


class AwaitingAlertFactory(AlertFactory):
    state = AlertState.AWAITING_CONFIRMATION
    confirmed_at = None
    next_on = None
