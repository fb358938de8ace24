"""Who may arrange, choose, hold and decide interviews."""

from django.conf import settings

from applications.rules import panel as panel_rules
from applications.states import ApplicationState, InterviewOutcome


def can_arrange_interviews(user):
    """HR arranges them."""
    return user.has_perm("applications.arrange_interviews")


def can_choose(user, application, interview_round, now):
    """The applicant may until the cut-off, and HR for them until the day, while they are in interview."""
    if application.state != ApplicationState.INTERVIEW:
        return False
    if user.pk == application.applicant_id:
        return interview_round.is_open(now)
    return can_arrange_interviews(user)


def can_interview(user, member, interview_round, application):
    """An interviewer of the round may, unless they know the applicant. Whether it is booked is asked apart."""
    return (
        panel_rules.can_read_applications(user, member)
        and interview_round.interviewers.filter(pk=member.pk).exists()
        and application.state == ApplicationState.INTERVIEW
        and not panel_rules.has_conflict(member, application)
    )


def has_begun(slot, now):
    """Points are sent once the interview has begun: a draft can be kept before."""
    return slot.begins_at <= now


def can_reopen_interview(user, sheet):
    """HR gives scores of an interview back to their writer as long as nothing is decided."""
    decided = sheet.application.interview_decisions.filter(
        undone_at__isnull=True, decided_at__isnull=False
    )
    return (
        user.has_perm("applications.reopen_scoresheet")
        and sheet.sent_at is not None
        and sheet.voided_at is None
        and sheet.member.ended_at is None
        and sheet.application.state == ApplicationState.INTERVIEW
        and not decided.exists()
    )


def can_decide_interview(user, application):
    """HR decides who was interviewed, but never their own application."""
    return (
        user.has_perm("applications.move_application")
        and user.pk != application.applicant_id
        and application.state == ApplicationState.INTERVIEW
    )


STATE_AFTER = {
    InterviewOutcome.OFFER: ApplicationState.INTERVIEW,
    InterviewOutcome.RESERVE: ApplicationState.INTERVIEW,
    InterviewOutcome.NOT_TAKEN: ApplicationState.UNSUCCESSFUL,
}


def can_undo_interview_outcome(user, decision):
    """Who may undoes a decision as long as the application is where it put it."""
    application = decision.application
    return (
        user.has_perm("applications.undo_decision")
        and user.pk != application.applicant_id
        and decision.is_decided
        and decision.undone_at is None
        and application.blanked_at is None
        and application.state == STATE_AFTER[decision.outcome]
    )


def enough_interviewers(number):
    return number >= settings.INTERVIEW_FEWEST_INTERVIEWERS
