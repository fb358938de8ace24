"""When a referee may be asked, who reads a reference, and who closes what does not agree."""

from django.conf import settings
from django.utils.dateformat import format as format_date

from applications.models import PanelMember, RefereeKind
from applications.rules.panel import can_read_applications, has_conflict
from applications.states import ASKED_ANYWAY, ASKED_WITH_CONSENT, ApplicationState, ReferenceState


def can_manage_references(user):
    """HR asks, corrects and stops."""
    return user.has_perm("applications.ask_reference")


def can_view_reference(user, application):
    """HR reads references, but never those about themselves."""
    return user.has_perm("applications.view_reference") and user.pk != application.applicant_id


def can_judge_reference(user, request):
    return (
        user.has_perm("applications.accept_reference")
        and user.pk != request.application.applicant_id
        and request.application.blanked_at is None
        and hasattr(request, "reference")
    )


def why_not_asked(application, referee):
    """Return why this referee cannot be asked as the application stands now, or nothing.

    With the applicant's consent from shortlisting on, without it once an offer has been made: that is what
    the form told them.
    """
    state = application.state
    if application.blanked_at:
        return "What this application told was deleted."
    if application.is_over:
        return "The application is over."
    if state in ASKED_ANYWAY or (state in ASKED_WITH_CONSENT and referee.ask_before_interview):
        return ""
    if state in ASKED_WITH_CONSENT:
        return (
            "The applicant does not want this referee asked before an interview, so we ask once an "
            "offer has been made."
        )
    return "We ask for references once the application is being shortlisted."


def why_not_now(user, application, referee, in_the_way):
    """Return why `user` cannot ask this referee now, or nothing.

    `in_the_way` is the ReferenceRequest that is open or answered already, if there is one.
    """
    if not can_manage_references(user):
        return "You cannot ask for references."
    if user.pk == application.applicant_id:
        return "This is your own application."
    if in_the_way is not None:
        return _already(in_the_way)
    return why_not_asked(application, referee)


def _already(request):
    if request.is_open:
        return f"We asked on {format_date(request.asked_at, 'j F Y')} and wait for the answer."
    return "We have this reference."


def why_not_sent_again(user, request):
    """Return why the link of an open request cannot be sent anew, or nothing."""
    if not request.is_open:
        return "This request is no longer open."
    return why_not_now(user, request.application, request.referee, None)


def can_change_referee(user, application):
    """HR corrects a referee as long as the application goes on."""
    return (
        can_manage_references(user)
        and user.pk != application.applicant_id
        and not application.is_draft
        and not application.is_over
    )


def can_change_own_referee(user, request):
    """The applicant may change how a referee is reached who has been asked and does not answer."""
    return (
        user.pk == request.application.applicant_id
        and request.is_open
        and not request.application.is_over
    )


def can_record_reference(user, application, in_the_way):
    """HR writes a reference down that came outside the portal, asked or not, while it is still wanted."""
    return (
        can_change_referee(user, application)
        and application.state in ASKED_WITH_CONSENT | ASKED_ANYWAY
        and (in_the_way is None or in_the_way.is_open)
    )


def can_explain_discrepancy(user, discrepancy):
    """HR may, and at the interview stage the lead of the panel, who reads no reference."""
    application = discrepancy.application
    if discrepancy.closed_at or application.blanked_at or user.pk == application.applicant_id:
        return False
    return user.has_perm("applications.explain_discrepancy") or leads_interview(user, application)


def leads_interview(user, application):
    """Say whether somebody leads the panel of an application that is at its interview."""
    if application.state != ApplicationState.INTERVIEW:
        return False
    members = PanelMember.objects.serving().filter(
        vacancy=application.vacancy_id, person=user, is_lead=True
    )
    return any(
        can_read_applications(user, member) and not has_conflict(member, application)
        for member in members.select_related("person")
    )


def is_last_employer(referee):
    """The form has the present or last employer first, where there is or was one."""
    return referee.position == 1 and referee.kind == RefereeKind.EMPLOYER


def enough_references(received, *, had_a_job):
    """Say whether enough were accepted, the last employer's among them where there ever was one.

    `received` is what queries.references.references_received gives.
    """
    accepted = [reference for reference in received if reference.is_accepted]
    has_last = any(reference.is_last_employer for reference in accepted)
    return len(accepted) >= settings.REFERENCES_NEEDED and (has_last or not had_a_job)


def is_over_for_referee(request, now):
    """Say whether a link to this request does nothing any more."""
    return request.state != ReferenceState.ASKED or request.is_expired(now)
