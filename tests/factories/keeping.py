"""Warnings, holds and periods of data protection, as tests need them."""

from datetime import UTC, date, datetime, timedelta

import factory
from django.utils import timezone

from accounts.models import LegalHold, RetentionPeriod
from applications.models import Application, DeletionWarning
from tests.factories.accounts import HRAdminFactory, UserFactory

FAR_AWAY = date(2090, 1, 1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def warned(application, at=LONG_AGO):
    """Note that the applicant was written to, for the period that runs now."""
    found = [
        *Application.objects.drafts_at_their_end(FAR_AWAY).filter(pk=application.pk),
        *Application.objects.words_at_their_end(FAR_AWAY).filter(pk=application.pk),
    ]
    for row in found:
        DeletionWarning.objects.get_or_create(
            application=row, began_at=row.period_began_at, defaults={"warned_at": at}
        )
    return application


class LegalHoldFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LegalHold

    person = factory.SubFactory(UserFactory)
    held_by = factory.SubFactory(HRAdminFactory)
    reason = "A claim was brought"
    review_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=90))


class RetentionPeriodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RetentionPeriod

    category = "unsuccessful_application"
    months = 6
    from_on = date(2026, 1, 1)
    why = "A shorter limit"
