from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from notifications import outbox
from returners import emails
from returners.models import Enquiry
from returners.queries import enquiries_of_officers_who_left, officers_by_caseload
from returners.rules import OFFICER, can_be_assigned, can_work_on_enquiry
from returners.states import EnquiryEvent, EnquiryState


@transaction.atomic
def send_enquiry(*, one_time_key, email, by, **answers):
    """Take an enquiry, give it to the officer with the lightest caseload, and tell all three.

    `answers` are the other fields of Enquiry; `by` is the person signed in, or None for a visitor.
    The same key from the same e-mail address again gives back the enquiry that is there already.
    Sends: one e-mail each to the nominations mailbox, the officer and the person who asked.
    """
    _lock_officers()
    officer = officers_by_caseload(timezone.localdate()).first()
    email = email.lower()
    now = timezone.now()
    fields = {
        **answers,
        "email": email,
        "officer": officer,
        "state": EnquiryState.ASSIGNED if officer else EnquiryState.NEW,
        "agreed_to_contact_at": now,
        "created_at": now,
        "keep_until": _end_date(),
    }
    enquiry, made = Enquiry.objects.get_or_create(one_time_key=one_time_key, defaults=fields)
    if not made and enquiry.email != email:
        # The form was sent again with another address: a mended slip, or another person.
        enquiry, made = Enquiry.objects.create(**fields), True
    if made:
        audit.record(EnquiryEvent.ENQUIRY_SENT, enquiry, by=by, officer=officer and officer.pk)
        emails.enquiry_sent(enquiry)
    return enquiry


@transaction.atomic
def move_enquiry(*, enquiry, to, by):
    """Move an enquiry along to the state `to` and start its year of keeping again.

    Raises PermissionDenied when `by` may not, InvalidTransition when the state cannot follow.
    """
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if not can_work_on_enquiry(by, enquiry):
        raise PermissionDenied("You cannot change this enquiry.")
    if enquiry.officer_id is None and to == EnquiryState.ASSIGNED:
        raise PermissionDenied("Give this enquiry to an officer with assign_enquiry.")
    before = enquiry.state
    enquiry.move_to(to)
    enquiry.keep_until = _end_date()
    enquiry.save(update_fields=["state", "keep_until"])
    audit.record(EnquiryEvent.ENQUIRY_MOVED_ON, enquiry, by=by, before=before, now=to)
    return enquiry


@transaction.atomic
def assign_enquiry(*, enquiry, officer, by):
    """Give an open enquiry to `officer`, who is told; so is the person who asked.

    Raises PermissionDenied when `by` may not hand it over or `officer` cannot take enquiries.
    """
    enquiry = Enquiry.objects.select_for_update(of=["self"]).get(pk=enquiry.pk)
    if not can_work_on_enquiry(by, enquiry) or not can_be_assigned(officer):
        raise PermissionDenied("This enquiry cannot be given to this person.")
    if enquiry.officer == officer:
        return enquiry
    return _assign(enquiry, officer, by)


@transaction.atomic
def hand_over_enquiry(*, enquiry, on):
    """Give an open enquiry whose officer has left by the date `on` to the one with the lightest caseload.

    The new officer and the person who asked are told. Without another officer it stays as it is, on
    HR's list of what needs attention. Safe to run again.
    """
    _lock_officers()
    enquiry = Enquiry.objects.select_for_update(of=["self"]).get(pk=enquiry.pk)
    officer = officers_by_caseload(on).first()
    left = enquiries_of_officers_who_left(on).filter(pk=enquiry.pk).exists()
    return _assign(enquiry, officer, by=None) if left and officer else enquiry


def _assign(enquiry, officer, by):
    before, enquiry.officer = enquiry.officer_id, officer
    if enquiry.state == EnquiryState.NEW:
        enquiry.move_to(EnquiryState.ASSIGNED)
    enquiry.save(update_fields=["officer", "state"])
    audit.record(EnquiryEvent.ENQUIRY_ASSIGNED, enquiry, by=by, before=before, officer=officer.pk)
    emails.enquiry_assigned(enquiry)
    emails.officer_changed(enquiry)
    return enquiry


@transaction.atomic
def blank_enquiry(*, enquiry, by):
    """Blank the personal details of an enquiry and of the mail about it.

    Its dates and its state stay, for figures. An enquiry that is still open is closed by it.
    """
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    for name in ("full_name", "email", "phone", "lives_in", "message"):
        setattr(enquiry, name, "")
    if enquiry.can_become(EnquiryState.CLOSED):
        enquiry.move_to(EnquiryState.CLOSED)
    enquiry.blanked_at = timezone.now()
    enquiry.save()
    outbox.blank_messages_about(enquiry)
    audit.record(EnquiryEvent.ENQUIRY_BLANKED, enquiry, by=by)
    return enquiry


def _lock_officers():
    """Make enquiries that come at the same moment wait for each other, so that both are counted.

    All officers are locked, in the order of their ids. Whoever counts caseloads after this sees what
    the enquiry before has committed.
    """
    officers = User.objects.with_role(OFFICER).order_by("pk").select_for_update(no_key=True)
    list(officers.values_list("pk"))


def _end_date():
    return timezone.localdate() + timedelta(days=settings.RETURNER_ENQUIRY_KEPT_DAYS)
