"""What referees answer, what HR writes down for them, and what becomes of it."""

import json

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import reconciler, reference_emails
from applications.actions.answering import locked
from applications.actions.references import in_the_way_of, lock_referee, lock_request
from applications.exceptions import DecidedMeanwhile, LinkIsOver, WordsMissing
from applications.models import Discrepancy, Reference, ReferenceLetter, ReferenceRequest
from applications.queries import references as reference_queries
from applications.rules import references as reference_rules
from applications.states import ReferenceEvent, ReferenceState

NO_EXPLANATION = "Write how this is explained."
NO_REASON = "Say why this reference is not acceptable."


@transaction.atomic
def save_reference_draft(*, letter, words):
    """Keep what a referee has typed so far, as the boxes of the form have it. Nobody else reads it.

    Raises LinkIsOver when the link works no longer.
    """
    request = _lock_by_link(letter)
    request.draft = json.dumps(words)
    request.draft_saved_at = timezone.now()
    request.save(update_fields=["draft", "draft_saved_at"])


@transaction.atomic
def answer_reference(*, letter, answers):
    """Keep what a referee sends, and list where it differs from the application. HR is told that it came.

    `answers` has the fields of Reference. The link works no longer afterwards. Raises LinkIsOver when it
    had stopped working before. Returns the Reference.
    """
    request = _lock_by_link(letter)
    _end(request, ReferenceState.ANSWERED)
    reference = Reference.objects.create(request=request, **answers)
    list_discrepancies(request.application, reference)
    audit.record(ReferenceEvent.REFERENCE_ANSWERED, request, by=None)
    reference_emails.reference_answered_hr(request)
    return reference


@transaction.atomic
def refuse_reference(*, letter, reason):
    """Note that a referee cannot give a reference, and why. HR is told. Raises LinkIsOver."""
    request = _lock_by_link(letter)
    request.refused_why = reason
    _end(request, ReferenceState.REFUSED)
    audit.record(ReferenceEvent.REFERENCE_REFUSED, request, by=None)
    reference_emails.reference_answered_hr(request)
    return request


@transaction.atomic
def record_reference(*, referee, answers, one_time_key, by):
    """Write down a reference that came by phone, on paper or by e-mail. The link, if any, is over.

    `answers` has the fields of Reference, `taken_how` and `received_on` among them. The same form sent
    again gives the same reference. Raises PermissionDenied for anybody but HR, for one's own application
    and when the application does not want one. Returns the Reference.
    """
    application, referee = lock_referee(referee)
    made = Reference.objects.filter(
        one_time_key=one_time_key, request__application=application
    ).first()
    if made is not None:
        return made
    current = in_the_way_of(referee)
    if not reference_rules.can_record_reference(by, application, current):
        raise PermissionDenied("No reference of this referee can be written down now.")
    if current is None:
        request = ReferenceRequest.objects.create(
            application=application,
            referee=referee,
            state=ReferenceState.OUTSIDE,
            ended_at=timezone.now(),
        )
    else:
        request = lock_request(current)
        _end(request, ReferenceState.OUTSIDE)
    reference = Reference.objects.create(
        request=request, one_time_key=one_time_key, taken_by=by, **answers
    )
    list_discrepancies(application, reference)
    audit.record(ReferenceEvent.REFERENCE_RECORDED, request, by=by, how=str(reference.taken_how))
    return reference


def _lock_by_link(letter):
    """Lock the request of a link that still works. Raises LinkIsOver."""
    request = lock_request(letter.request)
    letter = ReferenceLetter.objects.filter(pk=letter.pk, ended_at__isnull=True).first()
    if letter is None or reference_rules.is_over_for_referee(request, timezone.now()):
        raise LinkIsOver
    return request


def _end(request, state):
    request.move_to(state)
    request.ended_at = timezone.now()
    request.draft, request.draft_saved_at = "", None
    request.save()
    request.letters.filter(ended_at__isnull=True).update(ended_at=request.ended_at)


def list_discrepancies(application, reference):
    """List in what a reference differs from a locked application, and what nobody accounts for."""
    history = reference_queries.history_of(application)
    let_pass = settings.REFERENCE_MONTHS_LET_PASS
    told = reference_queries.told_by(reference)
    of_reference = reconciler.differences(history, told, let_pass=let_pass)
    found = {f"{reference.pk}:{one.key}": (one, reference) for one in of_reference}
    found |= {f"-:{one.key}": (one, None) for one in reconciler.uncovered(history)}
    known = reference_queries.discrepancies_about(application, found)
    Discrepancy.objects.bulk_create(
        Discrepancy(
            application=application,
            reference=about,
            key=key,
            kind=one.kind,
            began_on=one.span.first,
            ended_on=one.span.last,
            application_says=one.application_says,
            reference_says=one.reference_says,
        )
        for key, (one, about) in found.items()
        if key not in known
    )


@transaction.atomic
def open_reference(*, request, by):
    """Let somebody of HR read a reference, and record that they did. Raises PermissionDenied."""
    if not reference_rules.can_view_reference(by, request.application):
        raise PermissionDenied("You cannot read this reference.")
    audit.record(ReferenceEvent.REFERENCE_OPENED, request, by=by)
    return request.reference


@transaction.atomic
def accept_reference(*, request, by):
    """Say that a reference that came is acceptable: from then on it counts. Returns the request.

    Raises PermissionDenied without the permission `applications.accept_reference` or for one's own
    application, and DecidedMeanwhile when it was set aside and the referee has been asked again since.
    Doing it again changes nothing.
    """
    return _judge(request, True, "", by)


@transaction.atomic
def set_reference_aside(*, request, reason, by):
    """Say that a reference is not acceptable, and why: it does not count, and the referee can be asked anew.

    Raises WordsMissing without a reason, and PermissionDenied as `accept_reference` does.
    """
    if not reason.strip():
        raise WordsMissing(NO_REASON)
    return _judge(request, False, reason, by)


def _judge(request, is_acceptable, reason, by):
    request = lock_request(request)
    if not reference_rules.can_judge_reference(by, request):
        raise PermissionDenied("You cannot judge this reference.")
    if request.is_acceptable == is_acceptable:
        return request
    current = in_the_way_of(request.referee)
    if is_acceptable and current is not None and current.pk != request.pk:
        raise DecidedMeanwhile(request.application.reference)
    request.is_acceptable, request.judged_why = is_acceptable, reason
    request.judged_at, request.judged_by = timezone.now(), by
    request.save(update_fields=["is_acceptable", "judged_at", "judged_by", "judged_why"])
    events = ReferenceEvent
    event = events.REFERENCE_ACCEPTED if is_acceptable else events.REFERENCE_NOT_ACCEPTED
    audit.record(event, request, by=by)
    return request


@transaction.atomic
def explain_discrepancy(*, discrepancy, explanation, by):
    """Close something that does not agree with an explanation, as HR or as the lead at an interview.

    Raises WordsMissing without one, DecidedMeanwhile when it is closed already, and PermissionDenied for
    anybody else. Returns the Discrepancy.
    """
    application = locked(discrepancy.application)
    discrepancy = Discrepancy.objects.select_for_update().get(pk=discrepancy.pk)
    discrepancy.application = application
    if discrepancy.closed_at:
        raise DecidedMeanwhile(application.reference)
    if not reference_rules.can_explain_discrepancy(by, discrepancy):
        raise PermissionDenied("You cannot explain this.")
    if not explanation.strip():
        raise WordsMissing(NO_EXPLANATION)
    discrepancy.explanation = explanation
    discrepancy.closed_at, discrepancy.closed_by = timezone.now(), by
    discrepancy.save(update_fields=["explanation", "closed_at", "closed_by"])
    audit.record(ReferenceEvent.DISCREPANCY_EXPLAINED, discrepancy, by=by)
    return discrepancy
