"""Messages about enquiries. Each is put in the outbox inside the caller's transaction, once."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from notifications import outbox


def enquiry_sent(enquiry):
    """Tell the nominations mailbox, the officer if there is one, and the person who asked."""
    outbox.put(
        template="returners/emails/enquiry_for_mailbox",
        to=settings.NOMINATIONS_MAILBOX,
        context=_for_colleagues(enquiry),
        about=enquiry,
        key=f"enquiry-{enquiry.pk}-mailbox",
    )
    outbox.put(
        template="returners/emails/enquiry_received",
        to=enquiry.email,
        context=_for_the_person(enquiry),
        about=enquiry,
        key=f"enquiry-{enquiry.pk}-received",
    )
    if enquiry.officer:
        enquiry_assigned(enquiry)


def enquiry_assigned(enquiry):
    """Tell the officer that the enquiry is theirs."""
    outbox.put(
        template="returners/emails/enquiry_assigned",
        to=enquiry.officer.email,
        context=_for_colleagues(enquiry),
        about=enquiry,
    )


def officer_changed(enquiry):
    """Tell the person who asked that somebody else is their officer now."""
    outbox.put(
        template="returners/emails/officer_changed",
        to=enquiry.email,
        context=_for_the_person(enquiry),
        about=enquiry,
    )


def reply_by(enquiry):
    """The date by which we promise to have been in touch."""
    sent_on = timezone.localdate(enquiry.created_at)
    return sent_on + timedelta(days=settings.RETURNER_REPLY_DAYS)


def _for_the_person(enquiry):
    return {
        "first_name": enquiry.full_name.split(" ")[0],
        "reference": enquiry.reference,
        "officer": str(enquiry.officer or ""),
        "reply_by": date_format(reply_by(enquiry), "l j F Y"),
        "scheme_path": reverse("returners:scheme"),
    }


def _for_colleagues(enquiry):
    return {
        "reference": enquiry.reference,
        "full_name": enquiry.full_name,
        "email": enquiry.email,
        "phone": enquiry.phone,
        "registration_status": enquiry.get_registration_status_display(),
        "left_register_in": enquiry.left_register_in,
        "lives_in": enquiry.lives_in,
        "message": enquiry.message,
        "officer": str(enquiry.officer or ""),
        "reply_by": date_format(reply_by(enquiry), "l j F Y"),
        "admin_path": reverse("admin:returners_enquiry_change", args=[enquiry.pk]),
    }
