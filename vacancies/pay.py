"""What a post pays in a year, from what it would pay full time for the whole year."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings


@dataclass(frozen=True)
class Pay:
    """The lower and the higher salary of an advert, in whole pounds a year: actual and full time.

    `is_part` says that the two differ: the post is for fewer hours or fewer weeks.
    """

    actual_from: int
    actual_to: int
    full_time_from: int
    full_time_to: int

    @property
    def is_part(self):
        return (self.actual_from, self.actual_to) != (self.full_time_from, self.full_time_to)


def actual_pay(full_time_pay, weekly_hours, paid_weeks=None):
    """Return what is paid in a year for `weekly_hours` in `paid_weeks`, to the nearest whole pound.

    `full_time_pay` is in pounds a year for `settings.FULL_TIME_WEEKLY_HOURS`. Without `paid_weeks` the
    post is paid for the whole year, which has `settings.WEEKS_A_YEAR`. Half a pound is rounded up.
    """
    pay = Decimal(full_time_pay) * Decimal(weekly_hours) / settings.FULL_TIME_WEEKLY_HOURS
    if paid_weeks is not None:
        pay = pay * Decimal(paid_weeks) / Decimal(str(settings.WEEKS_A_YEAR))
    return int(pay.quantize(Decimal(1), ROUND_HALF_UP))


def pay_of(vacancy):
    """Return the Pay of a vacancy."""
    stated = (vacancy.salary_from, vacancy.salary_to)
    if vacancy.paid_weeks is None and vacancy.weekly_hours == settings.FULL_TIME_WEEKLY_HOURS:
        return Pay(*stated, *stated)  # Most are: lists of cards need not reckon.
    part = (vacancy.weekly_hours, vacancy.paid_weeks)
    return Pay(
        actual_from=actual_pay(stated[0], *part),
        actual_to=actual_pay(stated[1], *part),
        full_time_from=stated[0],
        full_time_to=stated[1],
    )
