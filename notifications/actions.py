from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import carry_out
from notifications import outbox
from notifications.models import MailStop, Message
from notifications.rules import can_resend
from notifications.states import MessageEvent


@transaction.atomic
def resend_message(*, message, by):
    """Queue a copy of a message that was sent, failed or suppressed.

    Raises PermissionDenied for a secret message, one still queued, or without the permission.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if not can_resend(by, message):
        raise PermissionDenied("This message cannot be sent again.")
    copy = outbox.put(
        template=message.template,
        to=message.to,
        context=message.context,
        attachments=[
            outbox.Attachment(file.filename, bytes(file.content), file.mimetype)
            for file in message.attachments.all()
        ],
        resend_of=message,
    )
    copy.about_type, copy.about_id = message.about_type, message.about_id
    copy.save(update_fields=["about_type", "about_id"])
    audit.record(MessageEvent.MESSAGE_RESENT, message, by=by, copy=copy.pk)
    return copy


@transaction.atomic
def stop_all_mail(*, reason, by):
    """Stop every e-mail from leaving until `start_mail_again`. Messages keep queueing."""
    stop = MailStop.objects.create(reason=reason, started_by=by)
    audit.record(MessageEvent.MAIL_STOPPED, stop, by=by)
    return stop


@transaction.atomic
def start_mail_again(*, by):
    """End the stop of all e-mail, if there is one; what was queued meanwhile goes out."""
    for stop in MailStop.objects.select_for_update().filter(ended_at__isnull=True):
        stop.ended_at = timezone.now()
        stop.save(update_fields=["ended_at"])
        audit.record(MessageEvent.MAIL_STARTED_AGAIN, stop, by=by)
    transaction.on_commit(outbox.poke_a_worker, robust=True)


def delete_messages_past_their_time(*, on):
    """Delete messages, and their copies in the demo inbox, past their period on the day `on`.

    One that never left goes too: it would come too late. Returns how many went.
    """
    return carry_out("email", on=on) + carry_out("demo_mail", on=on)


def delete_messages(messages):
    """Delete messages with their copies in the demo inbox, whatever was sent again of them."""
    outbox.delete_copies_of(messages)
    Message.objects.filter(resend_of__in=messages).update(resend_of=None)
    messages.delete()
