import pytest
from celery import current_app
from django.db import transaction
from kombu import pools

from notifications import outbox
from notifications.models import Message
from notifications.states import MessageState

LETTER = {"subject": "Hello", "text": "A letter", "html": ""}
TEMPLATE = "notifications/emails/ready_made"


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_when_its_transaction_is_rolled_back():
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.put(template=TEMPLATE, to="a@example.org", context=LETTER)
        raise RuntimeError

    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_the_same_key_queues_one_message():
    first = outbox.put(template=TEMPLATE, to="a@example.org", context=LETTER, key="application-1")
    second = outbox.put(template=TEMPLATE, to="a@example.org", context=LETTER, key="application-1")

    assert first == second
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_an_attachment_is_kept_once_when_the_key_repeats():
    file = outbox.Attachment("session.ics", b"BEGIN:VCALENDAR", "text/calendar")
    for _ in range(2):
        message = outbox.put(
            template=TEMPLATE, to="a@example.org", context=LETTER, key="b", attachments=[file]
        )

    assert [bytes(kept.content) for kept in message.attachments.all()] == [b"BEGIN:VCALENDAR"]


@pytest.mark.django_db
def test_a_secret_message_is_stored_encrypted():
    message = outbox.put(
        template=TEMPLATE, to="a@example.org", context={"text": "code 4711"}, secret=True
    )

    stored = Message.objects.extra(select={"raw": "secret_context"}).get(pk=message.pk)
    assert message.context == {}
    assert "4711" not in stored.raw
    assert "4711" in Message.objects.get(pk=message.pk).secret_context


@pytest.fixture
def redis_is_away(settings):
    """Point the broker where nothing listens, and back afterwards."""

    def use(url):
        current_app.conf.broker_url = url
        pools.reset()
        current_app._pool = None
        current_app.amqp._producer_pool = None

    use("redis://127.0.0.1:1/0")
    yield
    use(settings.CELERY_BROKER_URL)


@pytest.mark.django_db(transaction=True)
def test_putting_a_message_works_while_redis_is_away(redis_is_away, caplog):
    outbox.put(template=TEMPLATE, to="a@example.org", context=LETTER)

    assert Message.objects.get().state == MessageState.QUEUED
    assert (
        "No worker could be told to run notifications.tasks.deliver_messages_that_are_due"
        in caplog.text
    )
