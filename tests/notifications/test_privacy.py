import pytest

from accounts.actions import erase_person
from notifications.models import DemoMail, Message
from notifications.states import MessageState
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db


def test_erasing_a_person_blanks_the_mail_they_had_and_drops_what_waits():
    person = UserFactory(email="sam@example.org")
    had = MessageFactory(to="Sam@example.org", state=MessageState.FAILED, last_error="550 Sam")
    waits = MessageFactory(to="sam@example.org")
    other = MessageFactory(to="kim@example.org")
    DemoMail.objects.create(to="sam@example.org", subject="Hello Sam", text="Hello")

    erase_person(person=person, by=HRAdminFactory())

    had.refresh_from_db()
    assert (had.context, had.subject, had.last_error) == ({}, "", "")
    assert "sam" not in had.to.lower()
    assert not Message.objects.filter(pk=waits.pk).exists()
    assert DemoMail.objects.count() == 0
    assert Message.objects.get(pk=other.pk).to == "kim@example.org"
