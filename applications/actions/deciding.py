from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.states import InvalidTransition
from applications import emails, rules
from applications.actions.answering import lock_vacancy, locked
from applications.actions.consequences import follow
from applications.exceptions import NotComplete, VacancyClosed, WordsMissing
from applications.models import ApplicationMove
from applications.sections import Held, missing
from applications.states import DECISION_OF_STATE, ApplicationEvent, ApplicationState

NO_WORDS = "Write one sentence that the applicant reads."


@transaction.atomic
def submit_application(*, application, by):
    """Send an application: once, however often this is called.

    Tells the applicant and the HR mailbox. Raises VacancyClosed when the closing day is over or HR has
    closed the vacancy, NotComplete when a section is missing, PermissionDenied for anyone but its writers.
    """
    # The vacancy first: closing it takes the same lock, so an application is sent before or not at all.
    vacancy = lock_vacancy(application.vacancy_id)
    application = locked(application)
    if not rules.is_writer(by, application):
        raise PermissionDenied("Only its writers send an application.")
    if not application.is_draft:
        return application
    if not vacancy.is_open(timezone.localdate()):
        raise VacancyClosed(vacancy.reference)
    if missing(Held(application)):
        raise NotComplete(application.reference)
    application.submitted_at = timezone.now()
    move = make_move(application, ApplicationState.SUBMITTED, by=by)
    application.save(update_fields=["state", "submitted_at", "changed_at"])
    application.typed_words.all().delete()
    _record(ApplicationEvent.APPLICATION_SUBMITTED, application, move)
    emails.application_sent(application, by=by)
    return application


@transaction.atomic
def withdraw_application(*, application, by, reason=""):
    """Withdraw a sent application; `reason` is a WithdrawalReason or empty. Repeating it does nothing.

    HR notes it for somebody who applied by phone or on paper. Tells the applicant and the HR mailbox. Raises
    PermissionDenied for anyone else, and InvalidTransition when the application is a draft or has come to
    its end.
    """
    application = locked(application)
    if by != application.applicant and not rules.can_speak_for(by, application):
        raise PermissionDenied("Only the applicant withdraws an application.")
    if application.state == ApplicationState.WITHDRAWN:
        return application
    take_out(application, by=by, reason=reason)
    emails.application_withdrawn(application)
    emails.application_withdrawn_hr(application)
    return application


def take_out(application, *, by, reason):
    """Withdraw a locked application: the step and its audit. The caller writes the letters."""
    application.withdrawn_at = timezone.now()
    application.withdrawal_reason = reason
    move = make_move(application, ApplicationState.WITHDRAWN, by=by)
    application.save(update_fields=["state", "withdrawn_at", "withdrawal_reason", "changed_at"])
    _record(ApplicationEvent.APPLICATION_WITHDRAWN, application, move, reason=reason)


@transaction.atomic
def move_application(*, application, to_state, by, words=""):
    """Move a sent application along, as HR does; `words` go to the applicant with the e-mail.

    Appointing and turning down record the decision. Raises InvalidTransition when the table does not
    allow the step, for instance because a colleague was quicker, PermissionDenied without the permission
    `applications.move_application` or for one's own application, and WordsMissing when somebody who was
    read or met is turned down without a sentence.
    """
    application = locked(application)
    if to_state not in rules.moves_for_hr(application):
        raise InvalidTransition(f"{application.state} cannot become {to_state}")
    if not rules.can_move_application(by, application, to_state):
        raise PermissionDenied("You cannot move this application.")
    if rules.needs_words(application, to_state) and not words.strip():
        raise WordsMissing(NO_WORDS)
    take_step(application, to_state, by=by, words=words)
    return application


def take_step(application, to_state, *, by, words="", letter=emails.application_moved):
    """Do what was decided with a locked application: the step, its decision, audit and letter. Returns the step.

    `letter` is called with the application and the step; without one the caller writes its own.
    """
    move = make_move(application, to_state, by=by, words=words)
    decision = DECISION_OF_STATE.get(to_state, "")
    application.decision = decision
    application.decided_at = move.moved_at if decision else None
    application.decided_by = by if decision else None
    application.save(update_fields=["state", "decision", "decided_at", "decided_by", "changed_at"])
    _record(ApplicationEvent.APPLICATION_MOVED, application, move)
    if letter is not None:
        letter(application, move)
    return move


def make_move(application, to_state, *, by, words=""):
    """Change the state in memory, keep a row of the step and do what follows from it.

    The caller saves the application.
    """
    from_state = application.state
    application.move_to(to_state)
    move = ApplicationMove.objects.create(
        application=application,
        from_state=from_state,
        to_state=to_state,
        moved_by=by,
        words=words,
    )
    follow(application, move)
    return move


def _record(event, application, move, **facts):
    audit.record(
        event,
        application,
        by=move.moved_by,
        from_state=move.from_state,
        to_state=move.to_state,
        **facts,
    )
