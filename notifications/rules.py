from notifications.states import MessageState


def can_resend(user, message):
    """HR may send again what is over and holds no code or signed link."""
    return (
        user.has_perm("notifications.resend_message")
        and not message.is_secret
        and message.state != MessageState.QUEUED
    )
