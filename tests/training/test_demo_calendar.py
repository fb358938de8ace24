"""The days of the demo's year on which something is held."""

from datetime import date

import pytest
from django.core.management import call_command

from demo.loaders.training.calendar import working_day

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 8, 31), date(2026, 9, 1)),
        (date(2027, 3, 26), date(2027, 3, 30)),  # Good Friday to Easter Monday
        (date(2027, 3, 29), date(2027, 3, 30)),
        (date(2026, 12, 24), date(2027, 1, 4)),
        (date(2026, 11, 24), date(2026, 11, 24)),
    ],
)
def test_nothing_is_held_at_a_weekend_on_a_bank_holiday_or_between_the_years(day, expected):
    call_command("load_reference_data", verbosity=0)

    assert working_day(day) == expected
