from decimal import Decimal

import pytest

from tests.factories.vacancies import VacancyFactory
from vacancies.pay import Pay, actual_pay, pay_of


@pytest.mark.parametrize(
    ("hours", "weeks", "pay"),
    [
        ("37", None, 37_000),
        ("18.5", None, 18_500),
        ("22.20", None, 22_200),
        ("37", "52.143", 37_000),
        ("37", "44.6", 31_648),  # 37,000 x 44.6 / 52.143 is 31,647.58
        ("30", "39", 22_438),
    ],
)
def test_pay_follows_hours_and_weeks(hours, weeks, pay):
    paid_weeks = weeks and Decimal(weeks)

    assert actual_pay(37_000, Decimal(hours), paid_weeks) == pay


def test_half_a_pound_is_rounded_up_and_less_is_rounded_down():
    assert actual_pay(37_001, Decimal("18.5")) == 18_501  # 18,500.50
    assert actual_pay(37_001, Decimal("18.4")) == 18_400  # 18,400.497…


def test_a_full_week_and_year_is_paid_as_it_is_stated():
    pay = pay_of(VacancyFactory.build(team=None, district=None, role=None, grade=None))

    assert pay == Pay(37_200, 41_800, 37_200, 41_800)
    assert not pay.is_part


def test_term_time_shows_both():
    vacancy = VacancyFactory.build(
        team=None, district=None, role=None, grade=None, weekly_hours=Decimal(30), paid_weeks=39
    )

    assert pay_of(vacancy) == Pay(22_560, 25_349, 37_200, 41_800)
    assert pay_of(vacancy).is_part
