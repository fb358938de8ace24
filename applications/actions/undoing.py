"""Taking back a withdrawal, or a refusal that HR made by hand."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.states import InvalidTransition
from applications import emails, panel_emails, queries, rules
from applications.actions.answering import lock_vacancy, locked
from applications.actions.deciding import make_move
from applications.exceptions import (
    AlreadyApplied,
    PlaceTaken,
    TooLateToTakeBack,
    TooLateToUndo,
    WordsMissing,
)
from applications.models import RefusalUndone
from applications.states import ApplicationEvent, ApplicationState
from notifications import outbox

AGAIN = "We are looking at your application again."
NO_REASON = "Say why in a sentence."
WITH_OFFER = {ApplicationState.OFFERED, ApplicationState.CHECKS}


@transaction.atomic
def take_withdrawal_back(*, application, by):
    """Bring a withdrawn application back to the state it had. Repeating it does nothing.

    Tells the applicant and the HR mailbox. Raises TooLateToTakeBack after settings.WITHDRAWAL_UNDO_HOURS,
    PlaceTaken when the vacancy is filled or withdrawn, or others have an offer for all its posts where
    this person had one, AlreadyApplied when they have another application for the job, PermissionDenied
    for anyone but the applicant, or HR for somebody who applied by phone or on paper, and InvalidTransition
    when it was never withdrawn.
    """
    # The vacancy first: marking it filled takes the same lock, so one of the two finds the other done.
    vacancy = lock_vacancy(application.vacancy_id)
    application = locked(application)
    if by != application.applicant and not rules.can_speak_for(by, application):
        raise PermissionDenied("Only the applicant takes a withdrawal back.")
    last = application.moves.order_by("moved_at", "pk").last()
    if application.state != ApplicationState.WITHDRAWN:
        if last is None or last.from_state != ApplicationState.WITHDRAWN:
            raise InvalidTransition(f"Application {application.pk} is not withdrawn.")
        return application
    _refuse(application, vacancy, last.from_state, by)
    move = make_move(application, last.from_state, by=by)
    application.withdrawn_at = None
    application.withdrawal_reason = ""
    application.save(update_fields=["state", "withdrawn_at", "withdrawal_reason", "changed_at"])
    audit.record(
        ApplicationEvent.WITHDRAWAL_TAKEN_BACK,
        application,
        by=by,
        from_state=move.from_state,
        to_state=move.to_state,
    )
    emails.withdrawal_taken_back(application, move)
    emails.withdrawal_taken_back_hr(application, move)
    return application


def _refuse(application, vacancy, state_before, by):
    """Raise what stands in the way of bringing the application back."""
    if not rules.can_take_withdrawal_back(by, application, now=timezone.now()):
        raise TooLateToTakeBack(application.reference)
    if rules.is_gone_for_good(vacancy):
        raise PlaceTaken(vacancy.reference)
    taken = queries.posts_taken_by_others(application)
    if state_before in WITH_OFFER and taken >= vacancy.number_of_posts:
        raise PlaceTaken(vacancy.reference)
    if queries.in_the_way_of_taking_back(application):
        raise AlreadyApplied(vacancy.reference)


@transaction.atomic
def undo_refusal(*, application, reason, by):
    """Take back a refusal by hand: the application returns to the state it had, and what follows comes back.

    The applicant is told only when they had been told: a letter that has not gone out is dropped. Raises
    PermissionDenied without the permission `applications.undo_decision` or for one's own application,
    WordsMissing without the reason, and TooLateToUndo when the vacancy is filled or withdrawn, an offer had
    been made, or a table decided it. Returns whether the applicant had been told.
    """
    # The vacancy first: marking it filled takes the same lock.
    lock_vacancy(application.vacancy_id)
    application = locked(application)
    if not by.has_perm("applications.undo_decision") or by == application.applicant:
        raise PermissionDenied("You cannot undo this refusal.")
    if not reason.strip():
        raise WordsMissing(NO_REASON)
    refusal = queries.refusal_by_hand(application)
    if not rules.can_undo_refusal(by, application, refusal):
        raise TooLateToUndo(application.reference)
    was_told = outbox.take_back(emails.key_of_move(refusal))
    move = make_move(application, refusal.from_state, by=by, words=AGAIN if was_told else "")
    application.decision, application.decided_at, application.decided_by = "", None, None
    application.save(update_fields=["state", "decision", "decided_at", "decided_by", "changed_at"])
    RefusalUndone.objects.create(
        application=application, move=refusal, reason=reason, was_told=was_told, undone_by=by
    )
    audit.record(
        ApplicationEvent.REFUSAL_UNDONE,
        application,
        by=by,
        from_state=move.from_state,
        to_state=move.to_state,
        was_told=was_told,
    )
    if was_told:
        panel_emails.application_reconsidered(application, f"refusal:{refusal.pk}")
    return was_told
