from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from notifications.actions import delete_messages_past_their_time
from notifications.models import DemoMail, Message, MessageAttachment
from notifications.tasks import delete_emails_kept_long_enough
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
LAST_DAY, DAY_AFTER = date(2026, 11, 20), date(2026, 11, 21)
OLD = datetime(2025, 11, 20, tzinfo=LONDON)
YOUNGER = OLD + timedelta(days=1)


def test_an_email_is_kept_for_a_year_to_the_end_of_the_day_and_no_longer():
    old, younger = MessageFactory(created_at=OLD), MessageFactory(created_at=YOUNGER)
    MessageAttachment.objects.create(message=old, filename="a.ics", mimetype="a/b", content=b"a")

    assert delete_messages_past_their_time(on=LAST_DAY) == 0
    assert delete_messages_past_their_time(on=DAY_AFTER) == 1
    assert delete_messages_past_their_time(on=DAY_AFTER) == 0

    assert (list(Message.objects.all()), MessageAttachment.objects.count()) == ([younger], 0)


def test_an_email_in_the_demo_inbox_goes_likewise():
    DemoMail.objects.create(to="sam@example.org", subject="Old", text="", sent_at=OLD)
    DemoMail.objects.create(to="sam@example.org", subject="Younger", text="", sent_at=YOUNGER)

    assert delete_messages_past_their_time(on=DAY_AFTER) == 1
    assert [mail.subject for mail in DemoMail.objects.all()] == ["Younger"]


def test_a_younger_copy_of_an_old_email_stays_without_it():
    copy = MessageFactory(created_at=YOUNGER, resend_of=MessageFactory(created_at=OLD))

    assert delete_messages_past_their_time(on=DAY_AFTER) == 1

    copy.refresh_from_db()
    assert copy.resend_of is None


def test_the_nightly_job_runs_safely_twice():
    MessageFactory(created_at=timezone.now() - timedelta(days=400))
    kept = MessageFactory()

    delete_emails_kept_long_enough()
    delete_emails_kept_long_enough()

    assert list(Message.objects.all()) == [kept]
