from django.contrib import messages
from django.core.exceptions import PermissionDenied

from applications.exceptions import TooLateToUndo


def say_if_undone(request, decision):
    """Say to HR that a decision was undone already, and return whether it was."""
    if decision.undone_at is None:
        return False
    messages.info(request, "This decision has been undone already.")
    return True


def undo_and_tell(request, undo, decision, reason):
    """Undo a decision of a panel with the action `undo`, and say to HR what came of it."""
    try:
        was_told = undo(decision=decision, reason=reason, by=request.user)
    except (TooLateToUndo, PermissionDenied):
        words = "This cannot be undone: it has gone further, or the job is filled or withdrawn."
        messages.error(request, words)
    else:
        told = "The applicant has been told." if was_told else "The applicant had not been told."
        say_undone(request, decision.application, f"The decision is undone. {told}")


def say_undone(request, application, words):
    """Say that something is undone; nobody knows whether who has no address was rung about it before."""
    if application.applicant.can_be_written_to:
        messages.success(request, words)
    else:
        ring = f"ring {application.full_name} on {application.phone} again and tell them."
        messages.warning(request, f"It is undone. If you have rung them about it, {ring}")
