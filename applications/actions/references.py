"""Asking referees: the first letter, a new link, a corrected address, the reminder, and stopping."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import reference_emails, reference_links
from applications.actions.answering import locked
from applications.exceptions import CannotAsk
from applications.models import RefereeChange, ReferenceLetter, ReferenceRequest
from applications.rules import references as reference_rules
from applications.states import LetterKind, ReferenceEvent, ReferenceState
from notifications import outbox

CHANGEABLE = ("full_name", "email", "phone", "job_title")


@transaction.atomic
def ask_for_reference(*, referee, by):
    """Ask a referee of a sent application by e-mail, with a link that only they hold.

    Raises CannotAsk with the reason: not yet, no longer, or asked already. Returns the request.
    """
    application, referee = lock_referee(referee)
    current = in_the_way_of(referee)
    problem = reference_rules.why_not_now(by, application, referee, current)
    if problem:
        raise CannotAsk(problem)
    now = timezone.now()
    request = ReferenceRequest.objects.create(
        application=application,
        referee=referee,
        asked_at=now,
        asked_by=by,
        expires_at=_good_until(now),
    )
    _send_link(request, LetterKind.ASKED, by=by)
    audit.record(ReferenceEvent.REFERENCE_ASKED, request, by=by, position=referee.position)
    return request


@transaction.atomic
def send_reference_link_again(*, request, by):
    """Send the referee of an open request a new link; every link before it stops working.

    The twelve weeks begin again, and what the referee saved stays. Raises CannotAsk with the reason.
    """
    request = lock_request(request)
    problem = reference_rules.why_not_sent_again(by, request)
    if problem:
        raise CannotAsk(problem)
    _ask_anew(request, LetterKind.AGAIN, by=by)
    audit.record(ReferenceEvent.REFERENCE_SENT_AGAIN, request, by=by)
    return request


@transaction.atomic
def correct_referee(*, referee, contact, reason, by):
    """Change how a referee is named and reached, as HR, and why. An open request goes to them anew.

    `contact` has the keys of CHANGEABLE. What was before is kept. Raises PermissionDenied for anybody
    but HR, for one's own application, and when the application is over. Returns the RefereeChange, or
    None when nothing changed.
    """
    application, referee = lock_referee(referee)
    if not reference_rules.can_change_referee(by, application):
        raise PermissionDenied("You cannot change this referee.")
    return _change(application, referee, contact, reason, by)


@transaction.atomic
def change_own_referee(*, referee, contact, by):
    """Let the applicant change how a referee is reached who was asked and does not answer. HR is told.

    Raises PermissionDenied for anybody else, and when there is no open request. Returns the RefereeChange,
    or None when nothing changed.
    """
    application, referee = lock_referee(referee)
    current = in_the_way_of(referee)
    if current is None or not reference_rules.can_change_own_referee(by, current):
        raise PermissionDenied("This referee cannot be changed now.")
    change = _change(application, referee, contact, "", by)
    if change is not None:
        reference_emails.referee_changed_hr(change, current)
    return change


def _change(application, referee, contact, reason, by):
    before = {name: getattr(referee, name) for name in CHANGEABLE}
    if before == contact:
        return None
    change = RefereeChange.objects.create(
        referee=referee,
        name_before=before["full_name"],
        email_before=before["email"],
        reason=reason,
        changed_by=by,
    )
    for name in CHANGEABLE:
        setattr(referee, name, contact[name])
    referee.save(update_fields=CHANGEABLE)
    somebody_else = any(before[name] != contact[name] for name in ("full_name", "email"))
    audit.record(
        ReferenceEvent.REFEREE_CORRECTED,
        application,
        by=by,
        position=referee.position,
        link_changed=somebody_else,
    )
    current = in_the_way_of(referee)
    if somebody_else and current is not None and current.is_open:
        # What the person before saved is theirs: nobody else reads it.
        current.draft, current.draft_saved_at = "", None
        if reference_rules.why_not_asked(application, referee):
            _end_links(current)
        else:
            _ask_anew(current, LetterKind.CORRECTED, by=by)
    return change


@transaction.atomic
def stop_reference_request(*, request, reason, by):
    """Stop an open request, as HR, with a reason; the referee is told that it is no longer needed.

    Raises PermissionDenied without the permission `applications.ask_reference` or for one's own
    application, and InvalidTransition when it is no longer open.
    """
    request = lock_request(request)
    application = request.application
    if not reference_rules.can_manage_references(by) or by.pk == application.applicant_id:
        raise PermissionDenied("You cannot stop this request.")
    _stop(request, by=by, reason=reason)
    return request


def stop_references(application, move):
    """Stop every open request of an application that has come to its end, and tell who has not answered.

    A consequence: called with the locked application and its ApplicationMove.
    """
    for request in application.reference_requests.open().select_related("referee"):
        request.application = application
        _stop(request, by=None, reason="")


def _stop(request, *, by, reason):
    request.move_to(ReferenceState.STOPPED)
    request.ended_at = timezone.now()
    request.stopped_by, request.stopped_why = by, reason
    request.draft, request.draft_saved_at = "", None
    request.save()
    letters = list(request.letters.filter(ended_at__isnull=True))
    _end_links(request)
    audit.record(ReferenceEvent.REFERENCE_STOPPED, request, by=by)
    # A letter that has not gone out is dropped, and who has none need not be told.
    has_heard = [outbox.take_back(reference_emails.key_of(letter)) for letter in letters]
    if any(has_heard):
        reference_emails.reference_not_needed(request)


def remind_referees(*, now):
    """Remind each referee once who was asked some days ago and has not answered. Safe to repeat.

    After a corrected address or a link sent anew the days count from that letter. Returns how many were
    reminded.
    """
    since = now - timedelta(days=settings.REFERENCE_REMINDER_DAYS)
    due = ReferenceLetter.objects.filter(
        request__state=ReferenceState.ASKED,
        request__expires_at__gt=now,
        ended_at__isnull=True,
        reminds_of__isnull=True,
        reminder__isnull=True,
        sent_at__lte=since,
    )
    pairs = list(due.values_list("pk", "request"))
    return sum(_remind(letter, request, now) for letter, request in pairs)


@transaction.atomic
def _remind(letter_pk, request_pk, now):
    """Remind of one letter, unless that was done meanwhile or is not wanted any more."""
    request = lock_request(ReferenceRequest.objects.get(pk=request_pk))
    letter = request.letters.filter(
        pk=letter_pk, ended_at__isnull=True, reminder__isnull=True
    ).first()
    over = reference_rules.is_over_for_referee(request, now)
    if (
        letter is None
        or over
        or reference_rules.why_not_asked(request.application, request.referee)
    ):
        return False
    _send_link(request, LetterKind.REMINDER, by=None, reminds_of=letter)
    audit.record(ReferenceEvent.REFERENCE_REMINDED, request, by=None)
    return True


def lock_referee(referee):
    """Lock the application of a referee. Returns both as they are now."""
    application = locked(referee.application)
    return application, application.referees.get(pk=referee.pk)


def lock_request(request):
    """Lock the application of a request, and it. Returns the request as it is now."""
    application = locked(request.application)
    request = (
        ReferenceRequest.objects.select_for_update(of=["self"])
        .select_related("referee")
        .get(pk=request.pk)
    )
    request.application = application
    return request


def in_the_way_of(referee):
    """Return the request of a referee that is open or answered, or None."""
    return referee.requests.in_the_way().select_related("application", "referee").first()


def _ask_anew(request, kind, *, by):
    _end_links(request)
    request.asked_at = timezone.now()
    request.expires_at = _good_until(request.asked_at)
    request.save()
    _send_link(request, kind, by=by)


def _end_links(request):
    request.letters.filter(ended_at__isnull=True).update(ended_at=timezone.now())


def _send_link(request, kind, *, by, reminds_of=None):
    token = reference_links.new_token()
    letter = ReferenceLetter.objects.create(
        request=request,
        kind=kind,
        token_hash=reference_links.hash_of(token),
        sent_by=by,
        reminds_of=reminds_of,
    )
    reference_emails.reference_asked(letter, reference_links.path_of(token))
    return letter


def _good_until(asked_at):
    return asked_at + timedelta(weeks=settings.REFERENCE_LINK_WEEKS)


def erase_references(application):
    """Delete all that was asked and told about an applicant, and the letters about it.

    The caller holds the application's lock.
    """
    for request in application.reference_requests.all():
        outbox.blank_messages_about(request)
    application.discrepancies.all().delete()
    application.reference_requests.all().delete()
