"""Who may do what, and when. The same rule hides the button and guards the action."""

from training.queries import people_managed_by
from training.states import BookingState, NominationState, SessionState


def can_book(user, session, at):
    """Staff may book a place on a planned session until it starts."""
    return (
        user.has_role("staff")
        and session.state == SessionState.PLANNED
        and not session.has_started(at)
    )


def can_book_for(user, person):
    """People book for themselves; officers and HR book for anybody who works here."""
    return user == person or user.has_perm("training.add_booking")


def can_cancel_booking(user, booking, at):
    """The person may cancel until the course's cut-off; officers and HR until the session starts."""
    if not booking.can_become(BookingState.CANCELLED_BY_PERSON):
        return False
    if user.pk == booking.person_id:
        return booking.is_waiting or at < booking.cancel_before
    return user.has_perm("training.change_booking") and not booking.session.has_started(at)


def can_mark_attendance(user, booking, at):
    """The session's trainer, officers and HR, once it has started."""
    return booking.session.has_started(at) and (
        user == booking.session.trainer or user.has_perm("training.change_booking")
    )


def can_plan_sessions(user):
    return user.has_perm("training.change_session")


def can_nominate(user, nominee, on):
    """A manager may nominate the people they manage: their reports and the teams they lead."""
    return user != nominee and people_managed_by(user, on).filter(user=nominee).exists()


def can_nominate_anyone(user):
    """Line managers have somebody to nominate."""
    return user.has_role("line_manager")


def can_put_self_forward(user, intake):
    """Staff in a role the programme is open to may put themselves forward for an intake."""
    return (
        user.has_role("staff")
        and intake.version.open_to.filter(pk=user.staff_member.role_id).exists()
    )


def can_decide_nomination(user, nomination):
    """Officers and HR decide, never about themselves."""
    return (
        nomination.state == NominationState.AWAITING_DECISION
        and user.has_perm("training.decide_nomination")
        and user != nomination.nominee
    )


def can_withdraw_nomination(user, nomination):
    """Whoever made a nomination may take it back until it is decided."""
    return nomination.state == NominationState.AWAITING_DECISION and user == nomination.nominated_by
