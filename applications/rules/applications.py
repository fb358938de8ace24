"""Who may do what with an application. A draft belongs to its writers alone; HR sees what was sent."""

from django.conf import settings

from applications.rules.panel import is_on_panel
from applications.sections import missing
from applications.states import (
    APPLICATION_TRANSITIONS,
    MOVES_OF_THE_APPLICANT,
    TURNED_DOWN_WITH_WORDS,
    UNDOING,
    ApplicationState,
    DocumentState,
)
from vacancies.rules import can_see_vacancy
from vacancies.states import VacancyState

# What only the decision about a shortlisting does: at least two people have read the application.
BY_SHORTLISTING = {ApplicationState.SHORTLISTING: {ApplicationState.INTERVIEW}}

# What only an offer does, when it is made, accepted and firm.
BY_OFFER = {
    ApplicationState.INTERVIEW: {ApplicationState.OFFERED},
    ApplicationState.OFFERED: {ApplicationState.CHECKS},
    ApplicationState.CHECKS: {ApplicationState.HIRED},
}


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


def can_type_words(user, application):
    """Who writes a draft may, even when its job has just closed: nothing is saved by it."""
    return is_writer(user, application) and application.is_draft


def can_delete_draft(user, application):
    """Its writers may delete what was never sent, even when the job has closed."""
    return is_writer(user, application) and application.is_draft


def can_answer_monitoring(user, application, on):
    """The applicant alone may give, change or clear these answers, from sending until the job closes."""
    return (
        user == application.applicant
        and not application.is_draft
        and application.blanked_at is None
        and application.vacancy.is_open(on)
    )


def can_see_equality_report(user):
    return user.has_perm("applications.view_equality_report")


def can_withdraw_application(user, application):
    return user == application.applicant and application.can_become(ApplicationState.WITHDRAWN)


def can_speak_for(user, application):
    """HR may do for somebody who rang, wrote on paper or has no address what others do by signing in."""
    is_theirs = application.entered_how or not application.applicant.can_be_written_to
    return (
        bool(is_theirs)
        and user.has_perm("applications.move_application")
        and user.pk != application.applicant_id
    )


def can_note_withdrawal(user, application):
    return can_speak_for(user, application) and application.can_become(ApplicationState.WITHDRAWN)


def is_gone_for_good(vacancy):
    """Say whether nobody can be appointed to a vacancy any more."""
    return vacancy.state in (VacancyState.FILLED, VacancyState.WITHDRAWN)


def can_take_withdrawal_back(user, application, now):
    """The applicant may, or HR for them, for some hours; whether the place is still there the action finds out."""
    return (
        (user == application.applicant or can_speak_for(user, application))
        and application.state == ApplicationState.WITHDRAWN
        and application.blanked_at is None
        and now < application.withdrawal_can_be_taken_back_until
    )


def can_move_application(user, application, to_state):
    """HR may, along the table, but never their own application."""
    return (
        user.has_perm("applications.move_application")
        and user != application.applicant
        and to_state in moves_for_hr(application)
    )


def moves_for_hr(application):
    """Return the states HR can move the application to by hand, in the order of the table.

    To an interview the panel's shortlisting leads, and back only undoing a decision. From there an offer
    leads to the first day.
    """
    before = application.state
    if application.is_draft or application.is_over:
        return []
    allowed = APPLICATION_TRANSITIONS[before] - MOVES_OF_THE_APPLICANT
    allowed -= {after for start, after in UNDOING if start == before}
    allowed -= BY_SHORTLISTING.get(before, set()) | BY_OFFER.get(before, set())
    return [state for state in ApplicationState if state in allowed]


def can_undo_refusal(user, application, refusal):
    """Who may undo a decision takes back a refusal by hand. One after an offer stays, for the offer is over.

    `refusal` is the step that turned the applicant down, or None where a table decided it: that has an
    undoing of its own.
    """
    return (
        refusal is not None
        and user.has_perm("applications.undo_decision")
        and user.pk != application.applicant_id
        and application.blanked_at is None
        and application.state == ApplicationState.UNSUCCESSFUL
        and (ApplicationState.UNSUCCESSFUL, refusal.from_state) in UNDOING
        and not is_gone_for_good(application.vacancy)
    )


def needs_words(application, to_state):
    """Say whether the applicant must be written one sentence with this step."""
    return (application.state, to_state) in TURNED_DOWN_WITH_WORDS


def can_see_application(user, application):
    """The applicant always may; who writes it down for them until, and HR once, it has been sent."""
    if application.is_draft:
        return is_writer(user, application)
    return user == application.applicant or user.has_perm("applications.view_application")


def can_open_document(user, document):
    """Those who see the application may open its files, unless a scan refused them.

    While scanning is on, nobody but the applicant opens a file before it is scanned.
    """
    waits = settings.CLAMD_URL and document.state == DocumentState.UNSCANNED
    return (
        can_see_application(user, document.application)
        and not document.is_refused
        and not (waits and user != document.application.applicant)
    )


def can_send_cv_again(user, application):
    """After sending, the applicant may give another CV in place of one that the scan refused."""
    cv = application.cv()
    return (
        user == application.applicant
        and not application.is_draft
        and not application.is_over
        and cv is not None
        and cv.is_refused
    )
