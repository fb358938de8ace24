"""What becomes of an application after the interviews: the lead proposes, HR decides, HR can undo."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from applications import interview_emails
from applications.actions.answering import lock_vacancy, locked
from applications.actions.deciding import make_move, take_step
from applications.actions.reserves import end_reserve
from applications.exceptions import DecidedMeanwhile, NotReadYet, TooLateToUndo, WordsMissing
from applications.models import InterviewDecision, ReserveListEntry
from applications.queries.interview_table import InterviewTable
from applications.rules import interviews as interview_rules
from applications.rules import panel as panel_rules
from applications.states import (
    ApplicationEvent,
    ApplicationState,
    InterviewEvent,
    InterviewOutcome,
    ReserveEnded,
)
from notifications import outbox
from vacancies.states import VacancyState

NO_WORDS = "Write one sentence that the applicant reads."
NO_REASON = "Say why this is otherwise than the panel proposes."
NO_DATE = "Say until when the place on the reserve list lasts."
AGAIN = "We have taken our last letter back, and we are looking at your interview again."


@transaction.atomic
def propose_interview_outcome(*, member, application, outcome, words, reason, by):
    """Propose what becomes of somebody who was interviewed, as the lead. Nobody is told, and HR decides.

    The last proposal counts; an empty `outcome` takes it back. Raises PermissionDenied for anybody but the
    lead, DecidedMeanwhile, NotReadYet while scores are missing, and WordsMissing without the sentence that a
    refusal needs. Returns what is proposed, or None.
    """
    application = locked(application)
    if not panel_rules.can_read_applications(by, member) or not member.is_lead:
        raise PermissionDenied("Only the lead of the panel proposes.")
    is_theirs = member.vacancy_id == application.vacancy_id
    if not is_theirs or panel_rules.has_conflict(member, application):
        raise PermissionDenied("You cannot propose for this application.")
    row = _row_to_decide(application)
    if not outcome:
        application.interview_decisions.filter(decided_at__isnull=True).delete()
        return None
    _refuse_without_words(outcome, words)
    decision = row.decision or InterviewDecision(application=application)
    decision.outcome = decision.proposed_outcome = outcome
    decision.words, decision.reason = words, reason
    decision.proposed_at, decision.proposed_by = timezone.now(), by
    decision.save()
    facts = {"outcome": outcome}
    audit.record(InterviewEvent.INTERVIEW_OUTCOME_PROPOSED, application, by=by, **facts)
    return decision


@transaction.atomic
def decide_interview_outcome(*, application, outcome, words, reason, by, expires_on=None):
    """Decide what becomes of somebody who was interviewed.

    To be offered is only kept here: the offer tells them. The reserve list, until `expires_on`, and a
    refusal are told at once. Raises PermissionDenied without the permission `applications.move_application`
    or for one's own application, DecidedMeanwhile, NotReadYet while scores are missing, and WordsMissing
    without the sentence, the date, or the reason for another outcome than the proposed. Returns the decision.
    """
    application = locked(application)
    if application.state != ApplicationState.INTERVIEW:
        raise DecidedMeanwhile(application.reference)
    if not interview_rules.can_decide_interview(by, application):
        raise PermissionDenied("You cannot decide this application.")
    decision = _row_to_decide(application).decision or InterviewDecision(application=application)
    _refuse_without_words(outcome, words)
    if decision.proposed_outcome not in ("", outcome) and not reason.strip():
        raise WordsMissing(NO_REASON)
    if outcome == InterviewOutcome.RESERVE and expires_on is None:
        raise WordsMissing(NO_DATE)
    decision.application, decision.outcome = application, outcome
    decision.words, decision.reason = words, reason
    decision.decided_at, decision.decided_by = timezone.now(), by
    if outcome == InterviewOutcome.NOT_TAKEN:
        decision.move = take_step(application, ApplicationState.UNSUCCESSFUL, by=by, words=words)
    decision.save()
    facts = {"outcome": outcome}
    audit.record(InterviewEvent.INTERVIEW_OUTCOME_DECIDED, application, by=by, **facts)
    if outcome == InterviewOutcome.RESERVE:
        _put_on_reserve_list(decision, expires_on, by)
    return decision


def _put_on_reserve_list(decision, expires_on, by):
    entry = ReserveListEntry.objects.create(
        application=decision.application,
        decision=decision,
        expires_on=expires_on,
        reason=decision.reason,
        entered_by=by,
    )
    interview_emails.on_reserve_list(entry)


def _row_to_decide(application):
    """Return the row of the table for a locked application, or say why nothing can be decided."""
    rows = InterviewTable(application.vacancy, only=application).rows
    if application.state != ApplicationState.INTERVIEW or (rows and rows[0].is_decided):
        raise DecidedMeanwhile(application.reference)
    if not rows or not rows[0].is_scored:
        raise NotReadYet(application.code)
    return rows[0]


def _refuse_without_words(outcome, words):
    if outcome == InterviewOutcome.NOT_TAKEN and not words.strip():
        raise WordsMissing(NO_WORDS)


@transaction.atomic
def undo_interview_outcome(*, decision, reason, by):
    """Take a decision after the interviews back: the application waits for another one.

    The applicant is told only when they had been told: a letter that has not gone out is dropped. Raises
    PermissionDenied without the permission `applications.undo_decision` or for one's own application, and
    TooLateToUndo when the application has gone further or the vacancy is filled or withdrawn. Returns
    whether the applicant had been told.
    """
    vacancy = lock_vacancy(decision.application.vacancy_id)
    application = locked(decision.application)
    decision = InterviewDecision.objects.get(pk=decision.pk)
    decision.application = application
    if not by.has_perm("applications.undo_decision") or by.pk == application.applicant_id:
        raise PermissionDenied("You cannot undo this decision.")
    over = vacancy.state in (VacancyState.FILLED, VacancyState.WITHDRAWN)
    if over or not interview_rules.can_undo_interview_outcome(by, decision):
        raise TooLateToUndo(application.reference)
    was_told = _take_letter_back(decision)
    decision.undone_at, decision.undone_by, decision.undone_why = timezone.now(), by, reason
    decision.save(update_fields=["undone_at", "undone_by", "undone_why"])
    end_reserve(application, because=ReserveEnded.UNDONE, by=by)
    if decision.outcome == InterviewOutcome.NOT_TAKEN:
        _back_to_interview(application, by, was_told)
    facts = {"was_told": was_told}
    audit.record(InterviewEvent.INTERVIEW_OUTCOME_UNDONE, application, by=by, **facts)
    if was_told:
        interview_emails.reconsidered(decision, AGAIN)
    return was_told


def _take_letter_back(decision):
    """Drop the letter that told the applicant, if it has not gone out. Returns whether they were told."""
    if decision.outcome == InterviewOutcome.NOT_TAKEN:
        return outbox.take_back(f"application_moved:{decision.move_id}")
    entry = decision.reserve_entries.first()
    return bool(entry) and outbox.take_back(interview_emails.key_of_reserve(entry))


def _back_to_interview(application, by, was_told):
    words = AGAIN if was_told else ""
    move = make_move(application, ApplicationState.INTERVIEW, by=by, words=words)
    application.decision, application.decided_at, application.decided_by = "", None, None
    application.save(update_fields=["state", "decision", "decided_at", "decided_by", "changed_at"])
    audit.record(
        ApplicationEvent.APPLICATION_MOVED,
        application,
        by=by,
        from_state=move.from_state,
        to_state=move.to_state,
    )
