from datetime import date

import factory

from organisation.models import Absence, CoverMinimum, WorkingPattern
from tests.factories.organisation import StaffMemberFactory, TeamFactory
from tests.factories.training import staff_user
from training.models import LedgerEntry, LedgerKind


class LedgerEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LedgerEntry

    person = factory.LazyFunction(staff_user)
    on = date(2030, 6, 3)
    half_days = 2
    kind = LedgerKind.IMPORTED
    key = factory.Sequence(lambda n: f"old-{n}")


class AbsenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Absence

    member = factory.SubFactory(StaffMemberFactory)
    key = factory.Sequence(lambda n: f"absence-{n}")


class WorkingPatternFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkingPattern

    member = factory.SubFactory(StaffMemberFactory)
    starts_on = date(2020, 1, 6)


class CoverMinimumFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CoverMinimum

    team = factory.SubFactory(TeamFactory)
    starts_on = date(2020, 1, 6)
    people = 1
