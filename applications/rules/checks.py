"""Who may do what about the checks before somebody starts."""

from applications.states import ApplicationState, CheckNature, CheckState

# An offer stands, or the person was appointed and something runs out that is looked at again.
CHECKED_IN = frozenset({ApplicationState.OFFERED, ApplicationState.CHECKS, ApplicationState.HIRED})
UNDONE_IN = frozenset({ApplicationState.OFFERED, ApplicationState.CHECKS})


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


def can_leave_out(check):
    """HR says why a check is not needed, but not where the law keeps the job for registered people."""
    by_law = check.application.vacancy.role.needs_registration
    return not (by_law and check.kind.nature == CheckNature.REGISTRATION)


def can_confirm_check(user, check):
    """Who saw it may, unless a second person is needed: then anybody else of HR."""
    return (
        can_record_checks(user, check.application)
        and check.can_become(CheckState.CONFIRMED)
        and not (check.needs_second_person and user.pk == check.seen_by_id)
    )


def can_hand_on(check):
    return check.state == CheckState.HELD or (
        check.state != CheckState.CONFIRMED and check.can_become(CheckState.HELD)
    )


def can_undo_check(user, check):
    """With a permission of its own, and not once the person is appointed."""
    return (
        user.has_perm("applications.undo_check")
        and user != check.application.applicant
        and check.application.state in UNDONE_IN
        and check.state == CheckState.CONFIRMED
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
