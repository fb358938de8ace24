"""Closing one's own account: what happens is told before, and happens."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.actions import close_account
from accounts.models import AuditEvent, DeletionRecord, User
from applications.models import Application
from applications.states import ApplicationState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.organisation import StaffMemberFactory
from tests.factories.vacancies import LiveVacancyFactory
from vacancies.models import SavedVacancy

pytestmark = pytest.mark.django_db
PASSWORD = "riverbank-lantern-42"


@pytest.fixture
def person():
    person = UserFactory(full_name="Mo Applicant")
    person.set_password(PASSWORD)
    person.save()
    return person


def test_closing_withdraws_deletes_and_signs_out(client, person):
    ApplicationFactory(applicant=person)
    sent = SentApplicationFactory(applicant=person)
    SavedVacancy.objects.create(user=person, vacancy=LiveVacancyFactory())
    client.force_login(person)

    close_account(person=person)

    sent.refresh_from_db()
    person = User.objects.get(pk=person.pk)
    assert (sent.state, sent.full_name) == (ApplicationState.WITHDRAWN, "")
    assert (Application.objects.count(), SavedVacancy.objects.count()) == (1, 0)
    assert (person.is_active, person.full_name, person.erased_at is None) == (False, "", False)
    assert client.get(reverse("accounts:account")).status_code == 302
    assert AuditEvent.objects.get(event="account_closed").by == person
    record = DeletionRecord.objects.get(category="person_erased")
    assert (record.subject, record.deleted_by) == (person.pseudonym, person)


def test_the_password_is_asked_again_and_then_the_account_is_closed(client, person):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = reverse("accounts:close")

    told = client.get(page).content.decode()
    asked = client.post(page)
    still_there = User.objects.get(pk=person.pk).is_active
    client.post(asked.url, {"password": PASSWORD})
    client.post(page)

    assert told.count("This cannot be undone") == 1
    assert asked.url.startswith("/accounts/reauthenticate/")
    assert still_there is True
    assert User.objects.get(pk=person.pk).is_active is False
    assert client.get(reverse("accounts:closed")).status_code == 200


@pytest.mark.parametrize("make", [lambda: StaffMemberFactory().user, HRAdminFactory])
def test_who_works_here_cannot_close_and_is_told_why(client, make):
    person = make()
    client.force_login(person)

    page = client.get(reverse("accounts:close")).content.decode()
    with pytest.raises(PermissionDenied):
        close_account(person=person)

    assert page.count("You cannot close your account while you work here") == 1
    assert page.count("Close my account") == 0
    assert User.objects.get(pk=person.pk).is_active is True
