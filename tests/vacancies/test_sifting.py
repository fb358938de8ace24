from datetime import timedelta

import pytest

from notifications.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.vacancies import ClosedVacancyFactory, LiveVacancyFactory
from tests.factories.vacancy_parts import SiftDateFactory
from vacancies.tasks import tell_of_sift_dates_that_have_come

pytestmark = pytest.mark.django_db


def told():
    return sorted(Message.objects.values_list("template", "to"))


def test_hr_and_the_hiring_manager_are_told_once_on_the_day(today, settings):
    manager = UserFactory()
    SiftDateFactory(vacancy=LiveVacancyFactory(rolling=True, hiring_manager=manager), sift_on=today)

    tell_of_sift_dates_that_have_come()
    tell_of_sift_dates_that_have_come()

    name = "vacancies/emails/sift_due"
    assert told() == sorted([(name, settings.HR_MAILBOX), (name, manager.email)])


@pytest.mark.parametrize(("days_ago", "mails"), [(-1, 0), (1, 1), (7, 1), (8, 0)])
def test_a_timetable_that_was_down_catches_up_for_a_week(today, days_ago, mails):
    day = today - timedelta(days=days_ago)
    SiftDateFactory(vacancy__opens_on=today - timedelta(days=20), sift_on=day)

    tell_of_sift_dates_that_have_come()

    assert len(told()) == mails


@pytest.mark.parametrize(
    "vacancy",
    [(ClosedVacancyFactory, {"rolling": True}), (LiveVacancyFactory, {"rolling": False})],
)
def test_nothing_is_sifted_that_is_over_or_not_rolling(today, vacancy):
    factory, fields = vacancy
    SiftDateFactory(vacancy=factory(**fields), sift_on=today)

    tell_of_sift_dates_that_have_come()

    assert told() == []
