"""Who may do what with an application. A draft belongs to its writers alone; HR sees what was sent."""

from applications.sections import missing
from applications.states import (
    APPLICATION_TRANSITIONS,
    MOVES_OF_THE_APPLICANT,
    ApplicationState,
    DocumentState,
)
from vacancies.rules import can_see_vacancy


def can_start_application(user, vacancy, on):
    """Anyone with an account may apply who sees the vacancy and while it is open on the date `on`."""
    return (
        user.has_perm("applications.apply")
        and vacancy.is_open(on)
        and can_see_vacancy(user, vacancy, on)
    )


def can_enter_application(user, person):
    """HR may write down the application of somebody who rang, but never their own."""
    return user.has_perm("applications.enter_application") and user != person


def is_writer(user, application):
    """The applicant writes an application, and so does who of HR writes it down for them."""
    if user.pk == application.applicant_id:
        return True
    is_scribe = user.pk == application.entered_by_id
    return is_scribe and user.has_perm("applications.enter_application")


def can_change_answers(user, application, on):
    """Its writers may, until the application is sent or the vacancy closes."""
    return is_writer(user, application) and application.is_draft and application.vacancy.is_open(on)


def can_submit_application(user, held, on):
    """Its writers may, when every section is whole; `held` is what the application holds."""
    return can_change_answers(user, held.application, on) and not missing(held)


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
    """Return the states HR can move the application to, in the order of the table."""
    allowed = APPLICATION_TRANSITIONS[application.state] - MOVES_OF_THE_APPLICANT
    return [state for state in ApplicationState if state in allowed and not application.is_draft]


def can_see_application(user, application):
    """The applicant always may; who writes it down for them until, and HR once, it has been sent."""
    if application.is_draft:
        return is_writer(user, application)
    return user == application.applicant or user.has_perm("applications.view_application")


def can_open_document(user, document):
    """Those who see the application may open its files, unless a scan refused them."""
    return (
        can_see_application(user, document.application) and document.state != DocumentState.REFUSED
    )
