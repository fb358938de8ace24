"""The twelve people of the demo get the forecasts they were made for."""

from datetime import date, datetime, time

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from demo.loaders import organisation, training
from demo.loaders.training.promises import PROMISES
from organisation.models import BankHoliday
from training.models import Forecast, Session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "today", [date(2026, 6, 10), date(2026, 9, 9), date(2026, 11, 22), date(2027, 1, 15)]
)
def test_the_twelve_get_the_forecasts_they_were_made_for(today):
    with time_machine.travel(timezone.make_aware(datetime.combine(today, time(6))), tick=False):
        call_command("load_reference_data", verbosity=0)
        organisation.load(today)
        training.load(today)

    holidays = BankHoliday.objects.values_list("on", flat=True)
    days = {day for row in Session.objects.all() for day in (row.starts_on, row.ends_at.date())}
    assert days & set(holidays) == set()

    names = [row.name for row in PROMISES]
    found = Forecast.objects.filter(person__full_name__in=names).select_related("person")

    assert {row.person.full_name: (row.colour, row.reason) for row in found} == {
        row.name: (row.colour, row.reason) for row in PROMISES
    }
    refusals = {row.person.full_name: row.refusals for row in found if row.refusals}
    assert refusals == {row.name: row.refused for row in PROMISES if row.refused}
