"""Taking a withdrawal back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.states import InvalidTransition
from applications import emails, queries, rules
from applications.actions.answering import lock_vacancy, locked
from applications.actions.deciding import make_move
from applications.exceptions import AlreadyApplied, PlaceTaken, TooLateToTakeBack
from applications.states import ApplicationEvent, ApplicationState

WITH_OFFER = {ApplicationState.OFFERED, ApplicationState.CHECKS}


@transaction.atomic
def take_withdrawal_back(*, application, by):
    """Bring a withdrawn application back to the state it had. Repeating it does nothing.

    Tells the applicant and the HR mailbox. Raises TooLateToTakeBack after settings.WITHDRAWAL_UNDO_HOURS,
    PlaceTaken when the vacancy is filled or withdrawn, or others have an offer for all its posts where
    this person had one, AlreadyApplied when they have another application for the job, PermissionDenied
    for anyone but the applicant, and InvalidTransition when it was never withdrawn.
    """
    # The vacancy first: marking it filled takes the same lock, so one of the two finds the other done.
    vacancy = lock_vacancy(application.vacancy_id)
    application = locked(application)
    if by != application.applicant:
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
