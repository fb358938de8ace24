"""The door to the outbox: put a message in inside your transaction, and workers deliver it."""

import json
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model

from notifications.models import DemoMail, Message, MessageAttachment
from notifications.states import MessageState
from notifications.waking import tell_a_worker

DELIVERY_TASK = "notifications.tasks.deliver_messages_that_are_due"
# What a mail may say in its head besides what delivery says: how to unsubscribe (RFC 2369 and 8058).
HEADERS = {"List-Unsubscribe", "List-Unsubscribe-Post"}
NOBODY = "nobody@erased.invalid"


@dataclass(frozen=True)
class Attachment:
    """A file to send along: its name, its bytes and its type, such as "text/calendar"."""

    filename: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class Letter:
    """One of several messages: see `put` for what its parts are. Without a `template` they share one."""

    to: str
    context: dict
    about: Model | None = None
    headers: dict | None = None
    key: str | None = None
    template: str = ""
    attachments: tuple = ()


@transaction.atomic(savepoint=False)  # part of the caller's transaction: all or nothing
def put(
    *,
    template,
    to,
    context,
    about=None,
    attachments=(),
    key=None,
    secret=False,
    resend_of=None,
    headers=None,
):
    """Queue one message to the address `to` and return it.

    `template` names `<template>.txt` (its first line is `Subject: …`) and `<template>.html`; `context`
    holds plain values (strings, numbers, lists). `about` is the saved model it concerns. With a `key`
    the message is queued once however often this is called. A `secret` context is stored encrypted
    and blanked once sent. `headers` are some of HEADERS, stored with the context and as secret as it.
    A worker is told on commit; if Redis is away, the next minute's run sends it.
    """
    letter = Letter(to, context, about, headers)
    fields = _fields(template, letter, secret) | {"resend_of": resend_of}
    if key is None:
        message = Message.objects.create(**fields)
    else:
        message, made = Message.objects.get_or_create(key=key, defaults=fields)
        if not made:
            return message
    MessageAttachment.objects.bulk_create(_files(message, attachments))
    transaction.on_commit(poke_a_worker, robust=True)
    return message


@transaction.atomic(savepoint=False)
def put_together(letters):
    """Queue some Letters, each with a template and a key, in one statement and one for their files.

    One whose key has been queued before stays as it is.
    """
    messages = Message.objects.bulk_create(
        [
            Message(key=letter.key, **_fields(letter.template, letter, secret=False))
            for letter in letters
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["key"],
    )
    pairs = zip(messages, letters, strict=True)
    MessageAttachment.objects.bulk_create(
        [file for message, letter in pairs for file in _files(message, letter.attachments)],
        ignore_conflicts=True,
    )
    transaction.on_commit(poke_a_worker, robust=True)


@transaction.atomic(savepoint=False)
def put_many(*, template, letters, secret=False):
    """Queue a message for each Letter, in one statement for them all; return how many there were.

    A Letter whose key has been queued before is left out.
    """
    letters = list(letters)  # a generator can be gone through only once
    keys = [letter.key for letter in letters if letter.key]
    queued = set(Message.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else ()
    messages = [
        Message(key=letter.key, **_fields(template, letter, secret))
        for letter in letters
        if letter.key not in queued
    ]
    # Another run may queue the same keys at this very moment: the first of the two has them.
    Message.objects.bulk_create(messages, ignore_conflicts=bool(keys))
    if messages:
        transaction.on_commit(poke_a_worker, robust=True)
    return len(messages)


def _files(message, attachments):
    return [
        MessageAttachment(
            message=message,
            filename=file.filename,
            mimetype=file.mimetype,
            content=file.content,
        )
        for file in attachments
    ]


def _fields(template, letter, secret):
    context = letter.context
    if letter.headers:
        if not set(letter.headers) <= HEADERS:
            raise ValueError(f"A mail's own headers can only be {sorted(HEADERS)}.")
        context = {**context, "headers": letter.headers}
    return {
        "template": template,
        "to": letter.to,
        "context": {} if secret else context,
        "is_secret": secret,
        "secret_context": json.dumps(context) if secret else "",
        "about_type": letter.about._meta.label if letter.about else "",
        "about_id": str(letter.about.pk) if letter.about else "",
    }


@transaction.atomic(savepoint=False)
def take_back(key):
    """Drop the message with this key if it has not gone out yet. Returns whether it has been sent."""
    message = Message.objects.select_for_update().filter(key=key).first()
    if message is not None and message.state == MessageState.QUEUED:
        message.delete()
        return False
    return message is not None and message.state == MessageState.SENT


def blank_messages_about(thing):
    """Blank the words and the address of every message about `thing`, and drop what is still queued.

    For when its personal details are blanked, in the same transaction.
    """
    _blank(Message.objects.filter(about_type=thing._meta.label, about_id=str(thing.pk)))


def blank_messages_to(address):
    """Blank every message to `address` and drop what is still queued; return how many there were."""
    DemoMail.objects.filter(to=address).delete()
    return _blank(Message.objects.filter(to__iexact=address))


def _blank(messages):
    messages.filter(state=MessageState.QUEUED).delete()
    found = list(messages.values_list("pk", flat=True))
    delete_copies_of(Message.objects.filter(pk__in=found))
    MessageAttachment.objects.filter(message__in=found).delete()
    return Message.objects.filter(pk__in=found).update(
        to=NOBODY, subject="", context={}, secret_context="", last_error=""
    )


def delete_copies_of(messages):
    """Delete what the demo inbox has of these messages, however late they were sent."""
    copies = [message.message_id for message in messages.only("reference")]
    DemoMail.objects.filter(message_id__in=copies).delete()


def poke_a_worker():
    """Tell a worker that mail is waiting. Without a broker the minute's run finds it anyway."""
    tell_a_worker(DELIVERY_TASK)
