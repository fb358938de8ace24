"""People are written to before what they wrote goes, once a period, and it waits until they were."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from accounts.registries import attention
from applications.actions import (
    blank_applications_past_their_time,
    delete_drafts_past_their_time,
    warn_of_deletion,
)
from applications.models import Application, DeletionWarning
from applications.tasks import warn_people_before_their_words_are_deleted
from notifications.models import Message
from notifications.rendering import render
from tests.factories.accounts import HRAdminFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SentApplicationFactory
from tests.factories.vacancies import ClosedVacancyFactory

pytestmark = pytest.mark.django_db


def refused(days, **fields):
    application = SentApplicationFactory(state="unsuccessful", **fields)
    moment = timezone.now() - timedelta(days=days)
    Application.objects.filter(pk=application.pk).update(decided_at=moment)
    return application


def draft(days, **fields):
    made = ApplicationFactory(**fields)
    Application.objects.filter(pk=made.pk).update(changed_at=timezone.now() - timedelta(days=days))
    return made


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_the_letter_goes_thirty_days_before_with_a_link_to_the_answers():
    application = refused(340)
    refused(200)

    assert warn_of_deletion(on=in_days(-10)) == 0
    assert warn_of_deletion(on=in_days(0)) == 1
    assert warn_of_deletion(on=in_days(1)) == 0

    message = Message.objects.with_what_delivery_needs().get(
        template="applications/emails/words_will_be_deleted"
    )
    letter = render(message)
    assert message.to == application.applicant.email
    assert letter.body.count(f"/applications/{application.reference}/answers/") == 1
    assert letter.subject.startswith("On ")
    assert application.deletion_warnings.count() == 1


def test_without_a_warning_nothing_is_deleted_and_a_late_one_gives_all_its_days():
    application = refused(900)
    made = draft(900)

    def run(on):
        return blank_applications_past_their_time(on=on), delete_drafts_past_their_time(on=on)

    assert run(in_days(0)) == (0, 0)
    assert warn_of_deletion(on=in_days(0)) == 2
    assert run(in_days(29)) == (0, 0)
    assert run(in_days(30)) == (1, 1)
    application.refresh_from_db()
    assert application.blanked_at is not None
    assert Application.objects.filter(pk=made.pk).exists() is False


def test_who_goes_on_with_a_draft_begins_a_new_period_and_is_warned_again_before_its_end():
    made = draft(70)
    assert warn_of_deletion(on=in_days(0)) == 1

    made.save()  # somebody wrote on it

    assert delete_drafts_past_their_time(on=in_days(40)) == 0
    assert warn_of_deletion(on=in_days(40)) == 0
    assert warn_of_deletion(on=in_days(70)) == 1
    assert made.deletion_warnings.count() == 2


def test_who_cannot_be_written_to_is_not_and_their_words_go_on_their_day():
    person = UserFactory(email=User.objects.nobodys_address("rang"))
    refused(900, applicant=person)

    assert warn_of_deletion(on=in_days(0)) == 0
    assert blank_applications_past_their_time(on=in_days(0)) == 1
    assert (Message.objects.count(), DeletionWarning.objects.count()) == (0, 0)


def test_the_job_warns_today_and_never_twice():
    refused(340)

    for _ in range(2):
        warn_people_before_their_words_are_deleted()

    assert Message.objects.filter(key__startswith="words_will_be_deleted").count() == 1


def test_an_application_nobody_decides_reaches_hr_and_is_never_deleted():
    closed_at = timezone.now() - timedelta(days=200)
    old = SentApplicationFactory(vacancy=ClosedVacancyFactory(closed_at=closed_at))
    SentApplicationFactory(vacancy=ClosedVacancyFactory())
    own = next(find for find in attention if find.__name__ == "undecided_for_long")

    [item] = own(HRAdminFactory())

    assert (item.count, item.url.endswith(f"?pk__in={old.pk}")) == (1, True)
    assert own(UserFactory()) == []
    with time_machine.travel(timezone.now() + timedelta(days=4000), tick=False):
        assert warn_of_deletion(on=timezone.localdate()) == 0
        assert blank_applications_past_their_time(on=timezone.localdate()) == 0
