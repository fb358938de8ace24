from datetime import timedelta
from urllib.parse import urlencode

import factory
from django.utils import timezone

from vacancies.models import Alert, Frequency, Subscriber
from vacancies.queries import VacancyFilters
from vacancies.queries.alerts import AlertSearch
from vacancies.states import AlertState


def search_for(in_words="Every new job", *, words="", **filters):
    """What an alert searches for, made of fields of VacancyFilters; words are looked for everywhere."""
    return AlertSearch(
        filters=VacancyFilters(words=words, **filters),
        address=urlencode({"q": words} if words else {}),
        in_words=in_words,
        in_text=True,
    )


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
