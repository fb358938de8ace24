"""What else closes or opens when an application enters a state: one table, followed with every step."""

from applications import panel_emails
from applications.actions.checks import begin_checks_of
from applications.actions.disclosure import ask_for_declaration, end_disclosure
from applications.actions.interviews import free_interviews, invite_again
from applications.actions.offer_ends import end_offer_of_application, revive_offer
from applications.actions.references import stop_references
from applications.actions.reserves import leave_reserve_list
from applications.models import PanelMember
from applications.rules import panel as panel_rules
from applications.states import ApplicationState as A


def tell_panel_of_withdrawal(application, move):
    """Tell the panel, by the code, that somebody it reads is out. Who knows the applicant is not told."""
    if move.from_state not in panel_rules.READ_BY_PANEL:
        return
    members = PanelMember.objects.serving().filter(
        vacancy=application.vacancy_id, declared_at__isnull=False
    )
    for member in members.select_related("person", "vacancy"):
        if panel_rules.can_read_applications(
            member.person, member
        ) and not panel_rules.has_conflict(member, application):
            panel_emails.applicant_withdrew(member, application, move)


# What an application that goes no further leaves behind is closed.
CLOSING = [
    end_offer_of_application,
    free_interviews,
    leave_reserve_list,
    stop_references,
    end_disclosure,
]

# The state that is entered, and what follows from it, in this order. Each is called with the locked
# application and the ApplicationMove, in the transaction of the step.
CONSEQUENCES = {
    A.DRAFT:        [],
    A.SUBMITTED:    [],
    A.SHORTLISTING: [free_interviews, leave_reserve_list, end_disclosure],
    A.INTERVIEW:    [invite_again, ask_for_declaration],
    A.OFFERED:      [begin_checks_of, revive_offer, leave_reserve_list, ask_for_declaration],
    A.CHECKS:       [begin_checks_of, revive_offer, ask_for_declaration],
    A.HIRED:        [end_disclosure],
    A.UNSUCCESSFUL: CLOSING,
    A.WITHDRAWN:    [tell_panel_of_withdrawal, *CLOSING],
}  # fmt: skip


def follow(application, move):
    """Do what follows from a step of a locked application."""
    for consequence in CONSEQUENCES[move.to_state]:
        consequence(application, move)
