import pytest
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

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
def test_a_secret_message_is_stored_encrypted(django_assert_num_queries):
    message = outbox.put(
        template=TEMPLATE, to="a@example.org", context={"text": "code 4711"}, secret=True
    )

    stored = Message.objects.extra(select={"raw": "secret_context"}).get(pk=message.pk)
    assert message.context == {}
    assert "4711" not in stored.raw
    assert "4711" in Message.objects.get(pk=message.pk).secret_context


@pytest.mark.django_db(transaction=True)
def test_putting_a_message_works_while_redis_is_away(settings, caplog):
    current_app.conf.broker_url = "redis://127.0.0.1:1/0"
    current_app.pool.force_close_all()
    try:
        message = outbox.put(template=TEMPLATE, to="a@example.org", context=LETTER)
    finally:
        current_app.conf.broker_url = settings.CELERY_BROKER_URL
        current_app.pool.force_close_all()

    assert Message.objects.get().state == MessageState.QUEUED == message.state
    assert "No worker could be told of new mail" in caplog.text


def test_a_broker_that_is_away_raises_what_the_outbox_expects(settings):
    # Guards the test above: if Celery's exception changed, the outbox would let it through.
    app = current_app
    with (
        app.connection_for_write(url="redis://127.0.0.1:1/0") as connection,
        pytest.raises(OperationalError),
    ):
        app.send_task("nothing", connection=connection, retry=False)
