from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from notifications import outbox
from notifications.actions import start_mail_again, stop_all_mail
from notifications.delivery import deliver_due_messages
from notifications.models import DemoMail, Message, MessageAttachment, SuppressedAddress
from notifications.states import MESSAGE_TRANSITIONS, MessageState
from tests.factories.accounts import HRAdminFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db


def test_a_due_message_arrives_as_text_and_html_with_its_message_id(mail_server):
    message = MessageFactory(to="sam@example.org")

    assert deliver_due_messages() == 1

    [received] = mail_server.received
    message.refresh_from_db()
    assert received["Subject"] == "Your interview"
    assert received["To"] == "sam@example.org"
    assert received["Message-ID"] == message.message_id
    assert received.get_body(["plain"]).get_content().strip() == "Come at ten."
    assert "Come at ten." in received.get_body(["html"]).get_content()
    assert (message.state, message.subject) == (MessageState.SENT, "Your interview")


def test_an_attachment_arrives_with_its_type(mail_server):
    message = MessageFactory()
    MessageAttachment.objects.create(
        message=message,
        filename="session.ics",
        mimetype="text/calendar; method=REQUEST",
        content=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    )

    deliver_due_messages()

    [file] = mail_server.received[0].iter_attachments()
    assert file.get_filename() == "session.ics"
    assert file.get_content_type() == "text/calendar"
    assert file["Content-Type"].params["method"] == "REQUEST"


def test_many_messages_go_over_one_connection(mail_server, monkeypatch):
    MessageFactory.create_batch(5)
    opened = []
    backend = mail.get_connection("django.core.mail.backends.smtp.EmailBackend").__class__
    real_open = backend.open

    def counting_open(self):
        result = real_open(self)
        if result:
            opened.append(result)
        return result

    monkeypatch.setattr(backend, "open", counting_open)
    deliver_due_messages()

    assert len(mail_server.received) == 5
    assert len(opened) == 1


def test_a_message_for_later_waits(mail_server):
    MessageFactory(due_at=timezone.now() + timedelta(minutes=1))

    assert deliver_due_messages() == 0
    assert mail_server.received == []


def test_a_temporary_refusal_is_tried_again_after_growing_pauses(mail_server, settings):
    mail_server.answers["slow@example.org"] = "451 Try later"
    message = MessageFactory(to="slow@example.org")

    pauses = []
    for _ in settings.MAIL_RETRY_PAUSES:
        before = timezone.now()
        deliver_due_messages()
        message.refresh_from_db()
        pauses.append(round((message.due_at - before).total_seconds() / 60))
        Message.objects.update(due_at=timezone.now())

    assert pauses == settings.MAIL_RETRY_PAUSES
    assert message.state == MessageState.QUEUED
    deliver_due_messages()
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert message.last_error == "451 Try later"


def test_a_permanent_refusal_fails_with_its_reason_and_the_others_go_out(mail_server):
    mail_server.answers["gone@example.org"] = "550 No such person"
    gone = MessageFactory(to="gone@example.org")
    other = MessageFactory()

    assert deliver_due_messages() == 1

    gone.refresh_from_db()
    other.refresh_from_db()
    assert (gone.state, gone.last_error) == (MessageState.FAILED, "550 No such person")
    assert other.state == MessageState.SENT


def test_a_server_that_is_away_delays_and_loses_nothing(mail_server):
    MessageFactory.create_batch(3)
    mail_server.stop()

    assert deliver_due_messages() == 0

    states = list(Message.objects.values_list("state", flat=True))
    assert states == [MessageState.QUEUED] * 3
    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_a_message_that_cannot_be_rendered_waits_and_the_others_go_out(mail_server):
    broken = MessageFactory(template="notifications/emails/no_such_template")
    MessageFactory()

    assert deliver_due_messages() == 1

    broken.refresh_from_db()
    assert (broken.state, broken.attempts) == (MessageState.QUEUED, 1)
    assert broken.last_error == (
        "Cannot be rendered: TemplateDoesNotExist: notifications/emails/no_such_template.txt"
    )


def test_a_suppressed_address_gets_nothing(mail_server):
    SuppressedAddress.objects.create(address="left@example.org", reason="Bounced")
    message = MessageFactory(to="Left@example.org")

    assert deliver_due_messages() == 0

    message.refresh_from_db()
    assert message.state == MessageState.SUPPRESSED
    assert mail_server.received == []


def test_a_secret_is_blanked_once_sent_and_its_subject_not_kept(mail_server):
    message = MessageFactory(
        context={},
        is_secret=True,
        secret_context='{"subject": "Code 4711", "text": "4711", "html": ""}',
    )

    deliver_due_messages()

    message.refresh_from_db()
    assert mail_server.received[0]["Subject"] == "Code 4711"
    assert (message.secret_context, message.subject) == ("", "")


def test_no_mail_leaves_while_all_mail_is_stopped(mail_server):
    hr = HRAdminFactory()
    MessageFactory()
    stop_all_mail(reason="Wrong letter", by=hr)

    assert deliver_due_messages() == 0
    start_mail_again(by=hr)
    assert deliver_due_messages() == 1


def test_the_demo_inbox_keeps_a_copy_only_in_demo_mode(mail_server, settings):
    settings.DEMO_MODE = False
    MessageFactory()
    deliver_due_messages()
    assert DemoMail.objects.count() == 0

    settings.DEMO_MODE = True
    MessageFactory(to="Sam@example.org")
    deliver_due_messages()
    assert DemoMail.objects.get().to == "sam@example.org"


def test_only_queued_messages_can_change_state():
    assert MESSAGE_TRANSITIONS == {
        MessageState.QUEUED: {MessageState.SENT, MessageState.FAILED, MessageState.SUPPRESSED},
        MessageState.SENT: set(),
        MessageState.FAILED: set(),
        MessageState.SUPPRESSED: set(),
    }


UNSUBSCRIBE = {
    "List-Unsubscribe": "<https://careers.example.org/vacancies/alerts/stop/7.abc/>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}


@pytest.mark.parametrize("secret", [True, False])
def test_a_mail_says_in_its_head_how_to_unsubscribe(mail_server, secret):
    outbox.put(
        template="notifications/emails/ready_made",
        to="sam@example.org",
        context={"subject": "New jobs", "text": "One job", "html": ""},
        secret=secret,
        headers=UNSUBSCRIBE,
    )

    deliver_due_messages()

    [received] = mail_server.received
    assert {name: received[name] for name in UNSUBSCRIBE} == UNSUBSCRIBE
    assert received["Auto-Submitted"] == "auto-generated"


def test_a_secret_messages_headers_are_as_secret_as_its_words(mail_server):
    message = outbox.put(
        template="notifications/emails/ready_made",
        to="sam@example.org",
        context={"subject": "New jobs", "text": "One job", "html": ""},
        secret=True,
        headers=UNSUBSCRIBE,
    )
    stored = Message.objects.extra(select={"raw": "secret_context"}).get(pk=message.pk)

    assert stored.context == {}
    assert "alerts/stop" not in stored.raw
    deliver_due_messages()
    assert Message.objects.get(pk=message.pk).secret_context == ""


def test_no_other_headers_can_be_set():
    with pytest.raises(ValueError, match="headers can only be"):
        outbox.put(
            template="notifications/emails/ready_made",
            to="sam@example.org",
            context={},
            headers={"Bcc": "kim@example.org"},
        )


def test_many_letters_are_queued_at_once_and_each_arrives(mail_server, django_assert_num_queries):
    letters = [
        outbox.Letter(
            f"reader{number}@example.org", {"subject": "New jobs", "text": str(number), "html": ""}
        )
        for number in range(3)
    ]

    with django_assert_num_queries(1):
        queued = outbox.put_many(
            template="notifications/emails/ready_made", letters=letters, secret=True
        )
    deliver_due_messages()

    assert queued == 3
    assert {
        (mail["To"], mail.get_body(["plain"]).get_content().strip())
        for mail in mail_server.received
    } == {(f"reader{number}@example.org", str(number)) for number in range(3)}
