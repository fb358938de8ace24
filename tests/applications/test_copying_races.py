"""Copying, joining the register and inviting from it at once, with real threads and a real database."""

from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress

from applications.actions import (
    copy_answers,
    invite_to_apply,
    register_interest,
    start_application,
)
from applications.models import AnswersCopied, JobInterest, JobInvitation
from notifications.models import Message
from organisation.models import RoleFamily
from tests.applications.test_races import at_once
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.interests import JobInterestFactory
from tests.factories.organisation import DistrictFactory
from tests.factories.vacancies import LiveVacancyFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_tabs_that_copy_at_once_copy_one_application():
    person = UserFactory()
    earlier = [SentApplicationFactory(applicant=person) for _ in range(2)]
    draft = start_application(vacancy=LiveVacancyFactory(), one_time_key=uuid4(), by=person)

    def copy(row):
        return lambda: copy_answers(application=draft, earlier=row, one_time_key=uuid4(), by=person)

    results = at_once(*(copy(row) for row in earlier))

    assert sorted(type(result).__name__ for result in results) == ["AlreadyBegun", "Application"]
    assert (AnswersCopied.objects.count(), draft.employments.count()) == (1, 1)


def test_joining_the_register_in_two_tabs_makes_one_row():
    person, area = UserFactory(), DistrictFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    def join():
        return register_interest(
            families=[RoleFamily.SOCIAL_WORK],
            districts=[area],
            hours="any",
            registration="",
            phone="",
            note="",
            by=person,
        ).pk

    assert at_once(join, join) == [JobInterest.objects.get().pk] * 2


def test_two_colleagues_who_invite_at_once_send_one_letter():
    vacancy, interest = LiveVacancyFactory(), JobInterestFactory()
    colleagues = [HRAdminFactory(), HRAdminFactory()]

    def invite(by):
        return lambda: (
            invite_to_apply(interests=JobInterest.objects.all(), vacancy=vacancy, by=by).number
        )

    assert sorted(at_once(*(invite(by) for by in colleagues))) == [0, 1]
    assert JobInvitation.objects.get().person == interest.person
    assert Message.objects.count() == 1
