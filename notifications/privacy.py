from accounts.registries import privacy
from notifications.models import Message
from notifications.outbox import blank_messages_to


def blank_messages(user):
    return blank_messages_to(user.email)


# Messages keep no history of their own: what is blanked is gone.
privacy.register(Message, eraser=blank_messages, event_retention=None)
