from django.utils import timezone
from django.utils.formats import date_format

from accounts.registries import Section, gather, keepings, privacy
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


@gather.register
def mail_to(user):
    """The e-mails to the person: the words of those that are no secrets."""
    mine = Message.objects.filter(to__iexact=user.email, is_secret=False)
    rows = [
        {
            "written": date_format(timezone.localtime(message.created_at), "j F Y, H:i"),
            "subject": message.subject,
            **{name: str(said) for name, said in message.context.items() if said},
        }
        for message in mine
    ]
    return [Section("E-mails to you", rows)] if rows else []
