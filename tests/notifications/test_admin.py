import pytest
from django.urls import reverse

from notifications.models import Message
from notifications.states import MessageState
from tests.factories.accounts import HRAdminFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:notifications_message_changelist")


@pytest.fixture
def hr(client):
    hr = HRAdminFactory()
    client.force_login(hr)
    return client


def test_hr_finds_a_message_by_its_recipient(hr):
    MessageFactory(to="sam@example.org")
    MessageFactory(to="kim@example.org")

    page = hr.get(LIST, {"q": "sam@"})

    assert [row.to for row in page.context["cl"].result_list] == ["sam@example.org"]


def test_hr_sends_a_failed_message_again(hr):
    message = MessageFactory(state=MessageState.FAILED)

    hr.post(LIST, {"action": "resend_selected", "_selected_action": [message.pk]})

    copy = Message.objects.get(resend_of=message)
    assert (copy.to, copy.context, copy.state) == (message.to, message.context, MessageState.QUEUED)


def test_a_secret_message_is_never_sent_again_or_shown(hr):
    message = MessageFactory(
        state=MessageState.FAILED, is_secret=True, context={}, secret_context=""
    )

    page = hr.post(
        LIST, {"action": "resend_selected", "_selected_action": [message.pk]}, follow=True
    )
    detail = hr.get(reverse("admin:notifications_message_change", args=[message.pk]))

    assert Message.objects.count() == 1
    assert "left alone" in page.content.decode()
    assert "secret_context" not in detail.content.decode().lower().replace(" ", "_")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(hr, count, django_assert_num_queries):
    MessageFactory.create_batch(count)
    hr.get(LIST)

    with django_assert_num_queries(5):
        page = hr.get(LIST)

    assert len(page.context["cl"].result_list) == count
