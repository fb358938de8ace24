"""What becomes of an application after the panel has read it: the lead proposes, HR decides, HR can undo."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import panel_emails
from applications.actions.answering import lock_vacancy, locked
from applications.actions.deciding import NO_WORDS, make_move, take_step
from applications.exceptions import (
    DecidedMeanwhile,
    NotReadYet,
    TooLateToUndo,
    WordsMissing,
)
from applications.models import ShortlistDecision
from applications.queries.shortlist import Shortlist
from applications.rules import panel as panel_rules
from applications.states import (
    STATE_OF_OUTCOME,
    ApplicationEvent,
    ApplicationState,
    Outcome,
    PanelEvent,
)
from notifications import outbox
from vacancies.states import VacancyState

NO_REASON = "Say why this is otherwise than the mark, the scheme or the panel speaks for."
AGAIN = "We are looking at your application again."


@transaction.atomic
def propose_outcome(*, member, application, outcome, words, reason, mark, by):
    """Propose what becomes of an application, as the lead of its panel. Nobody is told, and HR decides.

    `mark` is the pass mark the lead looked at, or None. The last proposal counts; an empty `outcome` takes
    it back. Raises PermissionDenied for anybody but the lead, DecidedMeanwhile, NotReadYet, and
    WordsMissing without the sentence or the reason it needs. Returns what is proposed, or None.
    """
    application = locked(application)
    if not panel_rules.can_read_applications(by, member) or not member.is_lead:
        raise PermissionDenied("Only the lead of the panel proposes.")
    if panel_rules.has_conflict(member, application):
        raise PermissionDenied("You cannot propose for somebody you know.")
    row = _row_to_decide(application)
    if not outcome:
        application.shortlist_decisions.filter(decided_at__isnull=True).delete()
        return None
    _refuse_without_words(row, outcome, words, reason, mark)
    decision = row.decision or ShortlistDecision(application=application)
    decision.outcome = decision.proposed_outcome = outcome
    decision.words, decision.reason, decision.mark = words, reason, mark
    decision.proposed_at, decision.proposed_by = timezone.now(), by
    decision.save()
    audit.record(PanelEvent.OUTCOME_PROPOSED, application, by=by, outcome=outcome)
    return decision


@transaction.atomic
def decide_outcome(*, application, outcome, words, reason, mark, by):
    """Decide what becomes of an application that the panel has read, and tell the applicant.

    `words` is the sentence they read, `reason` ours, needed when it is otherwise than the pass `mark`, an
    interview scheme or the panel's proposal speaks for. Raises PermissionDenied without the permission
    `applications.move_application` or for one's own application, DecidedMeanwhile, NotReadYet while
    somebody is still to read it, and WordsMissing. Returns the decision.
    """
    application = locked(application)
    if application.state != ApplicationState.SHORTLISTING:
        raise DecidedMeanwhile(application.reference)
    if not panel_rules.can_decide_outcome(by, application):
        raise PermissionDenied("You cannot decide this application.")
    row = _row_to_decide(application)
    decision = row.decision or ShortlistDecision(application=application)
    otherwise = decision.proposed_outcome not in ("", outcome)
    _refuse_without_words(row, outcome, words, reason, mark, otherwise=otherwise)
    decision.outcome, decision.words = outcome, words
    decision.reason, decision.mark = reason, mark
    decision.move = take_step(application, STATE_OF_OUTCOME[outcome], by=by, words=words)
    decision.decided_at, decision.decided_by = decision.move.moved_at, by
    decision.save()
    audit.record(PanelEvent.OUTCOME_DECIDED, application, by=by, outcome=outcome)
    return decision


def _row_to_decide(application):
    """Return the row of the table for a locked application, or say why nothing can be decided."""
    if application.state != ApplicationState.SHORTLISTING:
        raise DecidedMeanwhile(application.reference)
    row = Shortlist(application.vacancy, only=application).rows[0]
    if not row.is_read:
        raise NotReadYet(application.code)
    return row


def _refuse_without_words(row, outcome, words, reason, mark, *, otherwise=False):
    if outcome == Outcome.NOT_TAKEN and not words.strip():
        raise WordsMissing(NO_WORDS)
    if (otherwise or row.needs_reason(outcome, mark)) and not reason.strip():
        raise WordsMissing(NO_REASON)


@transaction.atomic
def undo_outcome(*, decision, reason, by):
    """Take a decision of the shortlisting back: the application waits for another one.

    The applicant is told only when they had been told: a letter that has not gone out is dropped. The
    vacancy is locked, so that it is not filled meanwhile. Raises PermissionDenied without the permission
    `applications.undo_decision`, and TooLateToUndo when the application has gone further or the vacancy
    is filled or withdrawn. Returns whether the applicant had been told.
    """
    vacancy = lock_vacancy(decision.application.vacancy_id)
    application = locked(decision.application)
    decision = ShortlistDecision.objects.select_related("move").get(pk=decision.pk)
    decision.application = application
    if not by.has_perm("applications.undo_decision") or by == application.applicant:
        raise PermissionDenied("You cannot undo this decision.")
    over = vacancy.state in (VacancyState.FILLED, VacancyState.WITHDRAWN)
    if over or not panel_rules.can_undo_outcome(by, decision):
        raise TooLateToUndo(application.reference)
    was_told = outbox.take_back(f"application_moved:{decision.move_id}")
    move = make_move(
        application, ApplicationState.SHORTLISTING, by=by, words=AGAIN if was_told else ""
    )
    application.decision, application.decided_at, application.decided_by = "", None, None
    application.save(update_fields=["state", "decision", "decided_at", "decided_by", "changed_at"])
    decision.undone_at, decision.undone_by, decision.undone_why = timezone.now(), by, reason
    decision.save(update_fields=["undone_at", "undone_by", "undone_why"])
    audit.record(
        ApplicationEvent.APPLICATION_MOVED,
        application,
        by=by,
        from_state=move.from_state,
        to_state=move.to_state,
    )
    audit.record(PanelEvent.OUTCOME_UNDONE, application, by=by, was_told=was_told)
    if was_told:
        panel_emails.application_reconsidered(application, decision.pk)
    return was_told
