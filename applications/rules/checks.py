"""Who may do what about the checks before somebody starts."""

from applications.states import ApplicationState, CheckNature, CheckState

# An offer stands, or the person was appointed and something runs out that is looked at again.
CHECKED_IN = frozenset({ApplicationState.OFFERED, ApplicationState.CHECKS, ApplicationState.HIRED})
UNDONE_IN = frozenset({ApplicationState.OFFERED, ApplicationState.CHECKS})

# What nobody can say is not needed while the role needs it, and why.
NEVER_LEFT_OUT = {
    CheckNature.RIGHT_TO_WORK: "The law asks us to check the right to work of everybody before they start, so "
    "this check cannot be left out.",
    CheckNature.IDENTITY: "Every other check is about the person whose papers we saw, so this check cannot be "
    "left out.",
    CheckNature.DBS: "This role works with children or families and needs the certificate, so this check "
    "cannot be left out.",
}
REGISTERED_BY_LAW = (
    "Nobody does this job without being registered, so this check cannot be left out."
)


def can_see_checks(user):
    return user.has_perm("applications.record_check")


def can_record_checks(user, application):
    """HR may while an offer stands and afterwards, but nobody records their own checks."""
    return (
        user.has_perm("applications.record_check")
        and user != application.applicant
        and application.state in CHECKED_IN
        and application.blanked_at is None
    )


def can_see_again(check):
    """What runs out is looked at again, without taking back that it was confirmed."""
    runs_out = check.expires_on or check.follow_up_on or check.valid_months
    return check.state == CheckState.CONFIRMED and bool(runs_out)


def can_note_what_was_seen(check):
    return (
        check.state == CheckState.SEEN
        or can_see_again(check)
        or (check.state != CheckState.CONFIRMED and check.can_become(CheckState.SEEN))
    )


def why_not_left_out(check, needs):
    """Return why nobody can say that a check is not needed, as a sentence, or nothing.

    `needs` is what the role needs today: queries.checks.needs_of.
    """
    nature = check.kind.nature
    if nature == CheckNature.REGISTRATION and check.application.vacancy.role.needs_registration:
        return REGISTERED_BY_LAW
    if any(need.kind.pk == check.kind_id for need in needs):
        return NEVER_LEFT_OUT.get(nature, "")
    return ""


def can_leave_out(check, needs):
    """HR says why a check is not needed, but not of what nobody starts without."""
    is_open = check.state != CheckState.LEAVING and check.can_become(CheckState.UNNEEDED)
    return is_open and not why_not_left_out(check, needs)


def can_confirm_left_out(user, check, said_by):
    """Somebody else than `said_by`, who said so, confirms that a check is not needed."""
    return check.state == CheckState.LEAVING and user != said_by


def can_confirm_check(user, check):
    """Who saw it may, unless a second person is needed: then anybody else of HR."""
    return (
        can_record_checks(user, check.application)
        and check.can_become(CheckState.CONFIRMED)
        and not (check.needs_second_person and user.pk == check.seen_by_id)
    )


def can_hand_on(check):
    """What is done is first taken back, or taken up again, with a reason."""
    return check.state == CheckState.HELD or (
        not check.is_done and check.can_become(CheckState.HELD)
    )


def can_undo_check(user, check):
    """With a permission of its own, and not once the person is appointed."""
    return check.state == CheckState.CONFIRMED and _can_reopen(user, check)


def can_take_check_up(user, check):
    """What was left out is taken up again by whoever may take a confirmation back."""
    return check.state == CheckState.UNNEEDED and _can_reopen(user, check)


def _can_reopen(user, check):
    return (
        user.has_perm("applications.undo_check")
        and user != check.application.applicant
        and check.application.state in UNDONE_IN
    )


def can_keep_ledger(user):
    return user.has_perm("applications.keep_ledger")


def can_print_inspection_file(user):
    return user.has_perm("applications.print_inspection_file")


def can_give_registration_number(user, application):
    """The applicant may give or put right their number while the checks are under way."""
    return (
        user == application.applicant
        and application.state in UNDONE_IN
        and application.blanked_at is None
        and application.vacancy.role.needs_registration
    )


def missing_facts(nature, facts):
    """Return the names of what must be written down of a check of this nature and is not."""
    needed = ["seen_on", "what_was_seen"]
    if nature == CheckNature.DBS:
        needed += ["number", "issued_on", "level", "outcome"]
    if nature == CheckNature.RIGHT_TO_WORK:
        needed += ["way"]
    if facts.get("expires_on") and nature == CheckNature.RIGHT_TO_WORK:
        needed += ["follow_up_on"]
    return [name for name in needed if not facts.get(name)]
