"""How workers deliver the outbox: one row lock, one e-mail, one commit at a time.

Each message is locked with SKIP LOCKED, sent and marked in a transaction of its own, over one SMTP
connection for the whole run. Any number of workers on any number of hosts can do this side by side
and none sends another's message; a worker killed in the middle repeats at most the one in its hands.
"""

import logging
from datetime import timedelta
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.utils import timezone

from notifications.models import DemoMail, MailStop, Message
from notifications.rendering import render
from notifications.states import MessageState

logger = logging.getLogger(__name__)

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
CHANGED_BY_DELIVERY = [
    "attempts",
    "due_at",
    "last_error",
    "secret_context",
    "sent_at",
    "state",
    "subject",
]


class ServerAway(Exception):
    """The mail server cannot be talked to now; what is left waits for the next run."""


class CannotRender(Exception):
    """A template is wrong. Others must go out, and this one once the template has been mended."""


class PostOffice:
    """One open connection to the mail server, or, without one in demo mode, only the demo inbox."""

    def __init__(self):
        self.connection = None
        if settings.MAIL_SERVER:
            self.connection = mail.get_connection(
                SMTP_BACKEND,
                timeout=settings.MAIL_TIMEOUT_SECONDS,
                **settings.MAIL_SERVER,
            )

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        if self.connection:
            self.connection.close()

    def send(self, email):
        if self.connection:
            self.connection.open()
            self.connection.send_messages([email])
        if settings.DEMO_MODE:
            _keep_for_demo_inbox(email)


def deliver_due_messages(*, limit=1000):
    """Deliver up to `limit` messages that are due and return how many were sent.

    Sends nothing while all mail is stopped (MailStop).
    """
    if MailStop.objects.filter(ended_at__isnull=True).exists():
        return 0
    due = Message.objects.due(timezone.now()).with_what_delivery_needs()
    due = due.select_for_update(skip_locked=True, of=["self"])
    sent = 0
    with PostOffice() as post_office:
        for _ in range(limit):
            try:
                state = _deliver_one(due, post_office)
            except ServerAway:
                break
            if state is None:
                break
            sent += state == MessageState.SENT
    return sent


def _deliver_one(due, post_office):
    """Deliver the oldest message of `due` that nobody else holds; return its new state, or None without any."""
    with transaction.atomic():
        message = due.first()
        if message is None:
            return None
        server_away = False
        message.attempts += 1
        try:
            _attempt(message, post_office)
        except SMTPRecipientsRefused as error:
            _refused(message, *next(iter(error.recipients.values())))
        except SMTPDataError as error:
            _refused(message, error.smtp_code, error.smtp_error)
        except CannotRender as error:
            words = f"Cannot be rendered: {_words(message, error.__cause__)}"
            logger.error("Message %s: %s", message.pk, words, exc_info=not message.is_secret)
            _try_later(message, words)
        except (SMTPException, OSError) as error:
            # Not this message's fault: the server is away, or refuses us as a whole.
            server_away = True
            _try_later(message, _words(message, error))
        message.save(update_fields=CHANGED_BY_DELIVERY)
    if server_away:
        raise ServerAway
    return message.state


def _attempt(message, post_office):
    if message.is_suppressed:
        message.move_to(MessageState.SUPPRESSED)
        message.secret_context = ""
        return
    try:
        email = render(message)
    except Exception as error:
        raise CannotRender(error) from error
    message.subject = "" if message.is_secret else email.subject[:250]
    post_office.send(email)
    message.move_to(MessageState.SENT)
    message.sent_at = timezone.now()
    message.secret_context = ""
    message.last_error = ""


def _refused(message, code, answer):
    words = str(code)
    if not message.is_secret:
        words += f" {_text(answer)}"
    if code >= 500:
        _fail(message, words)
    else:
        _try_later(message, words)


def _try_later(message, words):
    """Wait longer after each temporary refusal; after the last pause the message has failed."""
    pauses = settings.MAIL_RETRY_PAUSES
    if message.attempts > len(pauses):
        _fail(message, words)
        return
    message.last_error = words
    message.due_at = timezone.now() + timedelta(minutes=pauses[message.attempts - 1])


def _fail(message, words):
    logger.error("Message %s failed: %s", message.pk, words)
    message.move_to(MessageState.FAILED)
    message.last_error = words
    message.secret_context = ""


def _words(message, error):
    """Say what went wrong. Servers and templates may quote the e-mail, so of a secret one no more than the kind."""
    kind = type(error).__name__
    if isinstance(error, SMTPResponseException):
        kind = str(error.smtp_code)
        error = _text(error.smtp_error)
    return kind if message.is_secret else f"{kind}: {error}"


def _keep_for_demo_inbox(email):
    html = next((part.content for part in email.alternatives), "")
    files = [
        {"filename": name, "content": _text(content)} for name, content, _ in email.attachments
    ]
    DemoMail.objects.create(
        to=email.to[0].lower(),
        subject=email.subject[:250],
        text=email.body,
        html=html,
        attachments=files,
        message_id=email.extra_headers["Message-ID"],
    )


def _text(content):
    return content.decode(errors="replace") if isinstance(content, bytes) else content
