"""Counting in working days: Monday to Friday without the bank holidays that are observed."""

from datetime import timedelta

from organisation.models import BankHoliday


def working_days_before(on, number):
    """Return the last day after which `number` whole working days have gone by before the date `on`.

    What happened on a Thursday is three working days old on the Wednesday after.
    """
    earliest = on - timedelta(days=2 * number + 21)
    holidays = BankHoliday.objects.observed().filter(on__range=(earliest, on))
    holidays = set(holidays.values_list("on", flat=True))
    day = on - timedelta(days=1)
    while number:
        number -= day.weekday() < 5 and day not in holidays
        day -= timedelta(days=1)
    return day
