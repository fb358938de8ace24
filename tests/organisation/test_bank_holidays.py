from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from organisation.half_days import MORNING, HalfDay
from organisation.models import BankHoliday
from organisation.queries import working_time_of
from tests.factories.accounts import HRAdminFactory
from tests.factories.organisation import StaffMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def _loaded():
    with time_machine.travel("2026-11-22 12:00", tick=False):
        call_command("load_reference_data")


@pytest.mark.usefixtures("_loaded")
def test_england_s_bank_holidays_are_there_from_last_year_to_three_years_ahead():
    of_2026 = BankHoliday.objects.filter(on__year=2026).values_list("on", flat=True)

    assert list(of_2026) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2026, 12, 28),
    ]
    years = {on.year for on in BankHoliday.objects.values_list("on", flat=True)}
    assert years == {2025, 2026, 2027, 2028, 2029}


@pytest.mark.usefixtures("_loaded")
def test_what_hr_changed_stays_when_they_are_loaded_again():
    spring = BankHoliday.objects.get(on=date(2027, 5, 31))
    spring.is_observed, spring.name = False, "Moved this year"
    spring.save()
    BankHoliday.objects.create(on=date(2027, 6, 4), name="A jubilee")

    call_command("load_reference_data")

    spring.refresh_from_db()
    assert (spring.is_observed, spring.name) == (False, "Moved this year")
    assert BankHoliday.objects.filter(on__range=("2027-05-31", "2027-06-04")).count() == 2


@pytest.mark.usefixtures("_loaded")
def test_one_that_is_not_observed_is_a_day_of_work():
    BankHoliday.objects.filter(on=date(2027, 5, 31)).update(is_observed=False)
    member = StaffMemberFactory()

    times = working_time_of([member], date(2027, 5, 1), date(2027, 5, 31))[member.pk]

    assert times.is_worked(HalfDay(date(2027, 5, 31), MORNING))
    assert not times.is_worked(HalfDay(date(2027, 5, 3), MORNING))


@pytest.mark.usefixtures("_loaded")
def test_hr_unticks_one_in_the_admin(client):
    client.force_login(HRAdminFactory())
    spring = BankHoliday.objects.get(on=date(2027, 5, 31))
    address = reverse("admin:organisation_bankholiday_change", args=[spring.pk])

    client.post(address, {"name": spring.name})

    spring.refresh_from_db()
    assert (spring.is_observed, spring.on) == (False, date(2027, 5, 31))


@pytest.mark.usefixtures("_loaded")
def test_a_second_one_on_a_day_is_refused_in_words(client):
    client.force_login(HRAdminFactory())
    data = {"on": "31/05/2027", "name": "A jubilee", "is_observed": "on"}

    page = client.post(reverse("admin:organisation_bankholiday_add"), data)

    assert page.context["adminform"].form.errors == {
        "on": ["There is a bank holiday on that day already."]
    }
