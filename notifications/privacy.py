from accounts.registries import keepings, privacy
from accounts.retention import kept_since
from notifications.actions import delete_messages
from notifications.models import DemoMail, Message, SuppressedAddress
from notifications.outbox import blank_messages_to


def blank_messages(user):
    return blank_messages_to(user.email)


def forget_suppression(user):
    """Forget that the person's address takes no mail: nobody writes to it any more."""
    deleted, _ = SuppressedAddress.objects.filter(address=user.email.lower()).delete()
    return deleted


# Messages keep no history of their own: what is blanked is gone.
privacy.register(Message, eraser=blank_messages, event_retention=None)
privacy.register(SuppressedAddress, eraser=forget_suppression, event_retention=None)


keepings.register(
    "email",
    kind="email",
    what="E-mails",
    due=lambda on: Message.objects.filter(created_at__lt=kept_since("email", on=on)),
    batch=delete_messages,
    oldest="created_at",
    mailbox="to",
)
keepings.register(
    "demo_mail",
    kind="email",
    what="Copies of e-mails in the demo inbox",
    due=lambda on: DemoMail.objects.filter(sent_at__lt=kept_since("email", on=on)),
    oldest="sent_at",
    mailbox="to",
)
