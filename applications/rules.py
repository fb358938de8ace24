"""Who may do what with an application. A draft belongs to its writer alone; HR sees what was sent."""

from applications.panel_rules import is_on_panel
from applications.states import (
    APPLICATION_TRANSITIONS,
    MOVES_OF_THE_APPLICANT,
    UNDOING,
    ApplicationState,
    DocumentState,
)
from vacancies.rules import can_see_vacancy

# What only the decision about a shortlisting does: at least two people have read the application.
BY_SHORTLISTING = {ApplicationState.SHORTLISTING: {ApplicationState.INTERVIEW}}


def can_start_application(user, vacancy, on):
    """Anyone with an account may apply who sees the vacancy and while it is open on the date `on`.

    Who reads the applications for it, or has, may not.
    """
    return (
        user.has_perm("applications.apply")
        and vacancy.is_open(on)
        and not is_on_panel(user, vacancy)
        and can_see_vacancy(user, vacancy, on)
    )


def can_enter_application(user, person):
    """HR may write down the application of somebody who rang, but never their own."""
    return user.has_perm("applications.enter_application") and user != person


def can_change_answers(user, application, on):
    """The applicant may, until the application is sent or the vacancy closes."""
    return (
        user == application.applicant and application.is_draft and application.vacancy.is_open(on)
    )


def can_submit_application(user, application, on):
    return can_change_answers(user, application, on) and not parts_missing(application)


def can_withdraw_application(user, application):
    return user == application.applicant and application.can_become(ApplicationState.WITHDRAWN)


def can_move_application(user, application, to_state):
    """HR may, along the table, but never their own application."""
    return (
        user.has_perm("applications.move_application")
        and user != application.applicant
        and to_state in moves_for_hr(application)
    )


def moves_for_hr(application):
    """Return the states HR can move the application to by hand, in the order of the table.

    To an interview the panel's shortlisting leads, and back only undoing a decision.
    """
    before = application.state
    allowed = APPLICATION_TRANSITIONS[before] - MOVES_OF_THE_APPLICANT
    allowed -= {after for start, after in UNDOING if start == before} | BY_SHORTLISTING.get(
        before, set()
    )
    return [state for state in ApplicationState if state in allowed and not application.is_draft]


def can_see_application(user, application):
    """The applicant always may; HR once it has been sent."""
    return user == application.applicant or (
        user.has_perm("applications.view_application") and not application.is_draft
    )


def can_open_document(user, document):
    """Those who see the application may open its files, unless a scan refused them."""
    return (
        can_see_application(user, document.application) and document.state != DocumentState.REFUSED
    )


def details_are_complete(application):
    registration_known = application.registration or not application.vacancy.needs_registration
    return bool(
        application.full_name
        and application.phone
        and application.town
        and application.right_to_work is not None
        and application.needs_sponsorship is not None
        and registration_known
    )


def parts_missing(application):
    """Return the names of the parts that must be there before sending and are not."""
    parts = {
        "details": details_are_complete(application),
        "statement": bool(application.statement.strip()),
    }
    return [name for name, complete in parts.items() if not complete]
