"""Who may be on a panel, read as one of it, and decide on what it found."""

from django.conf import settings
from django.db.models import Q

from applications.models import Application, DisclosureReader, PanelMember
from applications.states import STATE_OF_OUTCOME, UNDOING, ApplicationState

# What the panel reads. Who is invited stays on its list, to prepare the interview.
READ_BY_PANEL = [ApplicationState.SHORTLISTING, ApplicationState.INTERVIEW]
ROLE = "panel_member"


def can_manage_panel(user):
    """HR says who is on a panel."""
    return user.has_perm("applications.manage_panel")


def reads_names(user):
    """Who sees applications with their names cannot read them blind."""
    return user.has_perm("applications.view_application")


def has_applied(person, vacancy):
    """Say whether the person has an application for the vacancy, a draft too, that is not withdrawn."""
    return Application.objects.of(person).not_withdrawn().filter(vacancy=vacancy).exists()


def why_not_on_panel(person, vacancy):
    """Return why somebody cannot be on the panel of a vacancy, as a sentence, or nothing."""
    if not person.has_role(ROLE):
        return "Give them the role “Panel member” first."
    if reads_names(person):
        return "They see applications with the names, so they cannot read them blind."
    if has_applied(person, vacancy):
        return "They have applied for this job themselves."
    if DisclosureReader.objects.filter(person=person, vacancy=vacancy).exists():
        return "They are named to read the self-declarations for this job, or were."
    return ""


def is_on_panel(person, vacancy):
    """Say whether somebody serves on the panel of a vacancy, or has read for it."""
    rows = PanelMember.objects.filter(person=person, vacancy=vacancy)
    return rows.filter(Q(ended_at__isnull=True) | Q(declared_at__isnull=False)).exists()


def serves(user, member):
    """Say whether a row of the panel still lets its person in: the role and the row must both hold."""
    return (
        member.person_id == user.pk
        and member.ended_at is None
        and user.has_role(ROLE)
        and not reads_names(user)
    )


def can_read_applications(user, member):
    """A member reads once they have said that they will tell whom they know."""
    return serves(user, member) and member.declared_at is not None


def can_score(member, application):
    """A member scores what is in shortlisting, unless they know the applicant."""
    return application.state == ApplicationState.SHORTLISTING and not has_conflict(
        member, application
    )


def has_conflict(member, application):
    return application.panel_conflicts.filter(member=member).exists()


def can_reopen_scores(user, sheet):
    """HR gives scores back to their writer as long as nothing is decided."""
    return (
        user.has_perm("applications.reopen_scoresheet")
        and sheet.sent_at is not None
        and sheet.voided_at is None
        and sheet.member.ended_at is None
        and sheet.application.state == ApplicationState.SHORTLISTING
    )


def can_decide_outcome(user, application):
    """HR decides what is in shortlisting, but never their own application."""
    return (
        user.has_perm("applications.move_application")
        and user.pk != application.applicant_id
        and application.state == ApplicationState.SHORTLISTING
    )


def can_undo_outcome(user, decision):
    """Who may undoes a decision as long as the application has gone no further."""
    application = decision.application
    return (
        user.has_perm("applications.undo_decision")
        and user.pk != application.applicant_id
        and decision.decided_at is not None
        and decision.undone_at is None
        and application.blanked_at is None
        and (application.state, ApplicationState.SHORTLISTING) in UNDOING
        and application.state == STATE_OF_OUTCOME[decision.outcome]
    )


def enough_readers(number):
    return number >= settings.SHORTLIST_FEWEST_READERS
