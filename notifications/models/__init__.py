from notifications.models.delivery import DemoMail, MailStop, SuppressedAddress
from notifications.models.messages import Message, MessageAttachment

__all__ = ["DemoMail", "MailStop", "Message", "MessageAttachment", "SuppressedAddress"]
