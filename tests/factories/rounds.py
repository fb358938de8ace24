from datetime import timedelta

import factory
from django.conf import settings

from tests.factories.training import SessionFactory, officer
from training.models import FairRound
from training.queries import hash_of

SEED = "5eed" * 16


class FairRoundFactory(factory.django.DjangoModelFactory):
    """A round of a week that closes a month before its session, which knows of it."""

    class Meta:
        model = FairRound
        skip_postgeneration_save = True

    session = factory.SubFactory(SessionFactory)
    closes_at = factory.LazyAttribute(lambda row: row.session.starts_at - timedelta(days=30))
    opens_at = factory.LazyAttribute(lambda row: row.closes_at - timedelta(days=7))
    announced_at = factory.LazyAttribute(lambda row: row.opens_at - timedelta(days=1))
    announced_by = factory.LazyFunction(officer)
    points = factory.LazyFunction(lambda: settings.FAIR_ROUND_POINTS)
    seed = SEED
    seed_hash = factory.LazyAttribute(lambda row: hash_of(row.seed))

    @factory.post_generation
    def tell_the_session(fair_round, create, extracted, **kwargs):  # noqa: N805
        session = fair_round.session
        if create and fair_round.is_running:
            session.requests_open_at = fair_round.opens_at
            session.requests_close_at = fair_round.closes_at
            session.save(update_fields=["requests_open_at", "requests_close_at"])
