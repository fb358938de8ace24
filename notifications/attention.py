from django.template.defaultfilters import pluralize
from django.urls import reverse

from accounts.registries import AttentionItem, attention
from notifications.models import MailStop, Message
from notifications.states import MessageState


@attention.register
def mail_that_needs_a_look(user):
    if not user.has_perm("notifications.view_message"):
        return []
    url = reverse("admin:notifications_message_changelist")
    failed = Message.objects.filter(state=MessageState.FAILED).count()
    words = f"message{pluralize(failed)} could not be delivered"
    items = [AttentionItem(words, f"{url}?state__exact=failed", failed)]
    if MailStop.objects.filter(ended_at__isnull=True).exists():
        stops = reverse("admin:notifications_mailstop_changelist")
        items.append(AttentionItem("stop of all e-mail is on", stops, 1))
    return items
