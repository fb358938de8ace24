"""What HR writes to applicants, and the templates they begin with."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import message_emails
from applications.actions.answering import locked
from applications.models import ApplicationMessage
from applications.placeholders import fill
from applications.rules import hr
from applications.states import BulkEvent

SUBJECT_LONGEST = ApplicationMessage._meta.get_field("subject").max_length


@transaction.atomic
def send_message(*, application, subject, words, one_time_key, by, template=None):
    """Write to the applicant of a sent application: once for a `one_time_key`, the form's UUID.

    Placeholders in `subject` and `words` are filled; `template` is the MessageTemplate they began with.
    Raises PermissionDenied with the reason as its words, for instance when they gave no address. Returns
    the ApplicationMessage.
    """
    application = locked(application)
    sent = ApplicationMessage.objects.filter(one_time_key=one_time_key).first()
    if sent is not None:
        return sent
    why = hr.why_no_message(by, application)
    if why:
        raise PermissionDenied(why)
    message = ApplicationMessage.objects.create(
        application=application,
        subject=fill(subject, application)[:SUBJECT_LONGEST],
        words=fill(words, application),
        sent_by=by,
        template=template,
        one_time_key=one_time_key,
    )
    audit.record(BulkEvent.MESSAGE_SENT, application, by=by, message=message.pk)
    message_emails.hr_message(message)
    return message


@transaction.atomic
def save_template(*, template, by):
    """Store a new or changed MessageTemplate. Raises PermissionDenied, and for one that is retired."""
    if not hr.can_manage_templates(by) or template.retired_at:
        raise PermissionDenied("You cannot change this template.")
    if template.made_by is None:
        template.made_by = by
    template.save()
    audit.record(BulkEvent.TEMPLATE_SAVED, template, by=by)
    return template


@transaction.atomic
def retire_template(*, template, by):
    """Take a template out of use. Messages that began with it keep it. Doing it again does nothing."""
    if not hr.can_manage_templates(by):
        raise PermissionDenied("You cannot retire this template.")
    template = type(template).objects.select_for_update(of=["self"]).get(pk=template.pk)
    if template.retired_at is None:
        template.retired_at, template.retired_by = timezone.now(), by
        template.save(update_fields=["retired_at", "retired_by"])
        audit.record(BulkEvent.TEMPLATE_RETIRED, template, by=by)
    return template
