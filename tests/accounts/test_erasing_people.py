"""Erasing from the list of people: first who, what and why; never somebody whose record it is."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.actions import erase_person, what_erasing_takes
from accounts.models import AuditEvent, DeletionRecord, User
from applications.models import Application, MonitoringAnswers
from notifications.models import Message
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import DocumentFactory, SentApplicationFactory
from tests.factories.keeping import LegalHoldFactory
from tests.factories.organisation import StaffMemberFactory

pytestmark = pytest.mark.django_db
LIST = "admin:accounts_user_changelist"


@pytest.fixture
def hr(client):
    hr = HRAdminFactory(full_name="Hal Resources")
    client.force_login(hr)
    return hr


def choose(client, *people, **said):
    sent = {"action": "erase_selected", "_selected_action": [row.pk for row in people], **said}
    return client.post(reverse(LIST), sent, follow=True).content.decode()


def erased():
    return set(User.objects.filter(erased_at__isnull=False))


def those_who_stay(hr):
    held = UserFactory(full_name="Hilda Held")
    LegalHoldFactory(person=held)
    return {
        "They work here": StaffMemberFactory(user__full_name="Stan Staff").user,
        "They may do everything here": UserFactory(full_name="Sue Per", is_superuser=True),
        "They have a role of HR (HR admin)": HRAdminFactory(full_name="Hetty Are"),
        "This is you": hr,
        "A legal hold keeps something of theirs": held,
    }


def test_nothing_goes_before_somebody_has_read_what_goes_and_said_why(client, hr):
    person = SentApplicationFactory(applicant__full_name="Mo Applicant").applicant
    page = choose(client, person)
    without_reason = choose(client, person, confirmed="Erase")

    assert (page.count("Nothing has happened yet."), page.count("Mo Applicant")) == (1, 1)
    assert page.count("<li>Applications and interview bookings: 1</li>") == 1
    assert without_reason.count("Choose why they are erased") == 1
    assert erased() == set()

    said = choose(client, person, confirmed="Erase", reason="asked")

    assert said.count("1 person erased.") == 1
    assert erased() == {person}
    line = AuditEvent.objects.get(event="person_erased")
    assert (line.by, line.facts["reason"]) == (hr, "asked")


def test_who_stays_is_named_with_the_reason_and_no_button_erases_them(client, hr):
    staying = those_who_stay(hr)
    person = UserFactory(full_name="Mo Applicant")

    page = choose(client, person, *staying.values())

    for words, who in staying.items():
        assert page.count(f"<strong>{who.full_name}</strong> ({who.email}): {words}") == 1
        assert page.count(f'name="_selected_action" value="{who.pk}"') == 0
    assert page.count('name="_selected_action"') == 1
    assert page.count("1 person is erased") == 1


def test_who_stays_is_not_erased_by_a_form_of_ones_own(client, hr):
    staying = those_who_stay(hr)

    said = choose(client, *staying.values(), confirmed="Erase", reason="asked")

    assert (erased(), DeletionRecord.objects.count()) == (set(), 0)
    assert said.count("is not erased.") == len(staying)


def test_the_action_itself_refuses_who_stays(client, hr):
    staying = those_who_stay(hr)
    staying.pop("A legal hold keeps something of theirs")
    for words, who in staying.items():
        with pytest.raises(PermissionDenied, match=words.replace("(", r"\(").replace(")", r"\)")):
            erase_person(person=who, by=hr)


def test_somebody_who_works_here_and_may_not_sign_in_stays_and_who_left_can_go():
    member = StaffMemberFactory(user__is_active=False)
    gone = StaffMemberFactory(left_on=timezone.localdate() - timedelta(days=1))
    hr = HRAdminFactory()

    with pytest.raises(PermissionDenied, match="They work here"):
        erase_person(person=member.user, by=hr)
    erase_person(person=gone.user, by=hr)

    assert erased() == {gone.user}


def test_looking_at_what_would_go_changes_nothing_and_tells_nothing_confidential(
    django_capture_on_commit_callbacks,
):
    document = DocumentFactory(application=SentApplicationFactory())
    person = document.application.applicant
    MonitoringAnswers.objects.create(application=document.application, religion="quaker")
    letters = Message.objects.count()

    with django_capture_on_commit_callbacks() as callbacks:
        takes = dict(what_erasing_takes(person=person))

    assert "applications and interview bookings" in takes
    assert [words for words in takes if "monitoring" in words or "equality" in words] == []
    assert MonitoringAnswers.objects.count() == 1
    assert Application.objects.get().full_name == document.application.full_name
    assert document.file.storage.exists(document.file.name) is True
    assert (callbacks, Message.objects.count(), AuditEvent.objects.count()) == ([], letters, 0)


def test_a_whole_list_is_not_erased_at_once(client, hr):
    people = UserFactory.create_batch(21)

    said = choose(client, *people, confirmed="Erase", reason="asked")

    assert said.count("Choose 20 people or fewer") == 1
    assert erased() == set()
