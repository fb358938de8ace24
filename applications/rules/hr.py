"""What HR may do with one application of several, and why not: the preview and the deed ask the same."""

from applications.rules.applications import can_move_application
from applications.states import ApplicationState, BulkKind

OWN = "It is your own application."
BLANKED = "What this person told us has been deleted."
NO_ADDRESS = "They gave no e-mail address: ring them."
NOT_SENT = "It has not been sent."
NO_RIGHT = "You do not have the right to do this."
OFFERED = "An offer was made: decide this one by itself."
MOVED_MEANWHILE = "It moved on after the preview."
# Nobody is moved together with others once there is an offer.
AFTER_AN_OFFER = {ApplicationState.OFFERED, ApplicationState.CHECKS}


def can_write_messages(user):
    return user.has_perm("applications.add_applicationmessage")


def can_use_bulk(user):
    """Who moves applications along or writes to applicants does so with several at once."""
    return user.has_perm("applications.move_application") and can_write_messages(user)


def can_manage_templates(user):
    return user.has_perm("applications.change_messagetemplate")


def can_see_recruitment_reports(user):
    return user.has_perm("applications.view_application") and user.has_perm(
        "applications.move_application"
    )


def why_no_message(user, application):
    """Return why `user` cannot write to an applicant, as a sentence, or nothing."""
    if application.is_draft:
        return NOT_SENT
    if user.pk == application.applicant_id:
        return OWN
    if application.blanked_at:
        return BLANKED
    if not can_write_messages(user):
        return NO_RIGHT
    return "" if application.applicant.can_be_written_to else NO_ADDRESS


def why_no_move(user, application, to_state):
    """Return why `user` cannot move an application to a state, as a sentence, or nothing."""
    if user.pk == application.applicant_id:
        return OWN
    if not user.has_perm("applications.move_application"):
        return NO_RIGHT
    if can_move_application(user, application, to_state):
        return ""
    here, there = application.get_state_display(), ApplicationState(to_state).label
    return f"It is at “{here}” and cannot go from there to “{there}”."


def why_left_out(user, bulk, application, from_state=None):
    """Return why an application is left out of what a bulk action does, as a sentence, or nothing.

    `from_state` is the state it had in the preview: one that has moved since is left alone.
    """
    if from_state is not None and application.state != from_state:
        return MOVED_MEANWHILE
    if bulk.kind == BulkKind.MOVE:
        if application.state in AFTER_AN_OFFER:
            return OFFERED
        return why_no_move(user, application, bulk.to_state)
    return why_no_message(user, application)
