"""What is done about the checks before somebody starts: begun, handed on, seen, confirmed, taken back."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.states import InvalidTransition
from applications.actions.answering import locked
from applications.exceptions import (
    CannotBeLeftOut,
    FactsMissing,
    ReferencesMissing,
    SamePerson,
    WordsMissing,
)
from applications.models import Check, CheckStep
from applications.queries import checks as check_queries
from applications.queries.references import has_enough_references, references_received
from applications.rules import checks as check_rules
from applications.states import CheckEvent, CheckHolder, CheckNature, CheckState
from training.queries.recommended import months_after

# What is noted of a check when it is seen, and stands empty until then.
SEEN_FACTS = [
    "seen_on",
    "what_was_seen",
    "number",
    "way",
    "level",
    "outcome",
    "issued_on",
    "expires_on",
    "follow_up_on",
]
DATES = {"seen_on", "issued_on", "expires_on", "follow_up_on"}
IN_CENTRAL_RECORD = {
    CheckEvent.CENTRAL_RECORD_SEEN: CheckEvent.SEEN_IN_CENTRAL_RECORD,
    CheckEvent.CENTRAL_RECORD_EXPORTED: CheckEvent.TAKEN_IN_CENTRAL_RECORD,
}
BOTH_ACCEPTED = "Note that both references are accepted"
ONE_ACCEPTED = "Ask the other referee"
NO_REASON = "Say why in a sentence."


def begin_checks_of(application, move):
    """Begin the checks of an application to which an offer was made. Follows from the step; repeats nothing."""
    make_checks(application, by=move.moved_by)


@transaction.atomic
def begin_missing_checks(*, application, by):
    """Begin what the role has come to need since the offer was made. Returns how many were begun.

    Raises PermissionDenied for whoever may not record the checks of this application.
    """
    application = locked(application)
    if not check_rules.can_record_checks(by, application):
        raise PermissionDenied("You cannot record the checks of this application.")
    return make_checks(application, by=by)


def make_checks(application, *, by):
    """Make a row for each check that the role needs today and the locked application lacks."""
    begun = set(application.checks.values_list("kind", flat=True))
    now = timezone.now()
    needs = check_queries.needs_of(application.vacancy.role, timezone.localdate(now))
    made = Check.objects.bulk_create(
        Check(
            application=application,
            kind=need.kind,
            needs_second_person=need.needs_second_person,
            valid_months=need.valid_months,
            holder=holder,
            held_since=now,
            next_step=next_step,
        )
        for need in needs
        if need.kind.pk not in begun
        for holder, next_step in [_begins_with(need.kind, application)]
    )
    CheckStep.objects.bulk_create(
        CheckStep(check_of=check, to_state=check.state, holder=check.holder, done_by=by)
        for check in made
    )
    if made:
        audit.record(CheckEvent.CHECKS_BEGUN, application, by=by, number=len(made))
    return len(made)


def _begins_with(kind, application):
    """Return with whom a check lies first and what they do, references that were accepted before counted."""
    if kind.nature == CheckNature.REFERENCES:
        if has_enough_references(application):
            return CheckHolder.HR, BOTH_ACCEPTED
        if any(reference.is_accepted for reference in references_received(application)):
            return kind.lies_first_with, ONE_ACCEPTED
    return kind.lies_first_with, kind.first_step


@transaction.atomic
def hand_check_on(*, check, holder, next_step, by):
    """Note with whom a check lies from now on, a CheckHolder, and what they do next.

    Raises PermissionDenied for whoever may not record it, and InvalidTransition for a confirmed one.
    """
    check = _locked(check, by)
    if not check_rules.can_hand_on(check):
        raise InvalidTransition(f"{check.state} cannot be handed on.")
    changed = check.holder != holder or check.state != CheckState.HELD
    _move(check, CheckState.HELD)
    _lie_with(check, holder, next_step, anew=changed)
    check.reason = ""
    check.save()
    _note(CheckEvent.CHECK_HANDED_ON, check, next_step, by, holder=holder)
    return check


@transaction.atomic
def note_what_was_seen(*, check, by, **facts):
    """Note what was seen of a check, when, and the facts its nature has: SEEN_FACTS. Nothing is confirmed yet.

    One that was confirmed and runs out waits to be confirmed again. Raises FactsMissing naming what must
    be there, PermissionDenied for whoever may not record it, and InvalidTransition.
    """
    check = _locked(check, by)
    if not check_rules.can_note_what_was_seen(check):
        raise InvalidTransition(f"{check.state} is not seen again.")
    missing = check_rules.missing_facts(check.kind.nature, facts)
    if missing:
        raise FactsMissing(", ".join(missing))
    _move(check, CheckState.SEEN)
    for name in SEEN_FACTS:
        setattr(check, name, facts.get(name) or (None if name in DATES else ""))
    check.seen_at, check.seen_by = timezone.now(), by
    check.second_at = check.second_by = check.confirmed_at = check.confirmed_by = None
    check.reason = ""
    _lie_with(check, CheckHolder.HR, "", anew=True)
    if check.kind.nature == CheckNature.DBS:
        _destroy_later(check, check.seen_on)
    check.save()
    _note(CheckEvent.CHECK_SEEN, check, check.what_was_seen, by, seen_on=check.seen_on.isoformat())
    return check


@transaction.atomic
def confirm_check(*, check, by):
    """Confirm what was seen: a second person does, where the kind needs one.

    Raises SamePerson when that is who saw it, ReferencesMissing for the references before enough were
    accepted, PermissionDenied and InvalidTransition.
    """
    check = _locked(check, by)
    is_of_references = check.kind.nature == CheckNature.REFERENCES
    if is_of_references and not has_enough_references(check.application):
        raise ReferencesMissing(check.kind.slug)
    if check.needs_second_person and by.pk == check.seen_by_id:
        raise SamePerson(check.kind.slug)
    check.move_to(CheckState.CONFIRMED)
    check.confirmed_at, check.confirmed_by = timezone.now(), by
    if by.pk != check.seen_by_id:
        check.second_at, check.second_by = check.confirmed_at, by
    _lie_with(check, "", "", anew=True)
    check.save()
    _note(CheckEvent.CHECK_CONFIRMED, check, "", by)
    return check


@transaction.atomic
def doubt_check(*, check, reason, by):
    """Note that there is a problem with a check, and which. HR has it then.

    Raises WordsMissing without the reason, PermissionDenied and InvalidTransition.
    """
    check = _with_reason(check, reason, by)
    check.move_to(CheckState.DOUBTFUL)
    check.reason = reason
    _lie_with(check, CheckHolder.HR, "", anew=True)
    if check.kind.nature == CheckNature.DBS:
        _destroy_later(check, timezone.localdate())
    check.save()
    _note(CheckEvent.CHECK_DOUBTED, check, reason, by)
    return check


@transaction.atomic
def leave_check_out(*, check, reason, by):
    """Note that this person does not need a check, and why. Exceptions are those of `doubt_check`.

    Where the kind needs a second person, it stays open until `confirm_left_out`. Raises CannotBeLeftOut
    for the registration of somebody whose job the law keeps for registered people (Children and Social Work
    Act 2017, section 52), and for the right to work, identity and certificate that the role needs.
    """
    check = _with_reason(check, reason, by)
    _refuse_to_leave_out(check)
    check.reason = reason
    if check.needs_second_person:
        check.move_to(CheckState.LEAVING)
        _lie_with(check, CheckHolder.HR, "", anew=True)
        event = CheckEvent.CHECK_SAID_NOT_NEEDED
    else:
        check.move_to(CheckState.UNNEEDED)
        _lie_with(check, "", "", anew=True)
        event = CheckEvent.CHECK_NOT_NEEDED
    check.save()
    _note(event, check, reason, by)
    return check


@transaction.atomic
def confirm_left_out(*, check, by):
    """Confirm, as a second person, that a check is not needed.

    Raises SamePerson when `by` is who said so, CannotBeLeftOut when the role has come to need it,
    PermissionDenied, and InvalidTransition when nobody has said so.
    """
    check = _locked(check, by)
    if check.state != CheckState.LEAVING:
        raise InvalidTransition(f"{check.state} was not said to be needless.")
    if not check_rules.can_confirm_left_out(by, check, check_queries.said_not_needed_by(check)):
        raise SamePerson(check.kind.slug)
    _refuse_to_leave_out(check)
    check.move_to(CheckState.UNNEEDED)
    _lie_with(check, "", "", anew=True)
    check.save()
    _note(CheckEvent.CHECK_NOT_NEEDED, check, "", by)
    return check


def _refuse_to_leave_out(check):
    needs = check_queries.needs_of(check.application.vacancy.role, timezone.localdate())
    if why := check_rules.why_not_left_out(check, needs):
        raise CannotBeLeftOut(why)


@transaction.atomic
def undo_confirmation(*, check, reason, by):
    """Take back that a check is confirmed: HR has it again, and what was seen stays to be put right.

    Raises WordsMissing without the reason, and PermissionDenied without the permission
    `applications.undo_check`, for one's own, once the person is appointed, or when it is not confirmed.
    """
    check = _with_reason(check, reason, by)
    if not check_rules.can_undo_check(by, check):
        raise PermissionDenied("This confirmation cannot be taken back.")
    return _reopen(check, reason, by)


@transaction.atomic
def take_check_up(*, check, reason, by):
    """Take up again a check that was left out: HR has it, and it stands in the way of a firm offer.

    Raises WordsMissing without the reason, and PermissionDenied as `undo_confirmation` does.
    """
    check = _with_reason(check, reason, by)
    if not check_rules.can_take_check_up(by, check):
        raise PermissionDenied("This check cannot be taken up again.")
    check.reason = ""
    return _reopen(check, reason, by)


def _reopen(check, reason, by):
    check.move_to(CheckState.HELD)
    check.confirmed_at = check.confirmed_by = check.second_at = check.second_by = None
    _lie_with(check, CheckHolder.HR, "", anew=True)
    check.save()
    _note(CheckEvent.CHECK_REOPENED, check, reason, by)
    return check


@transaction.atomic
def note_record_taken(*, event, about, by, applications=(), **facts):
    """Note that somebody looked at, printed or took away what an inspector asks for: a CheckEvent.

    Of the central record a line goes beside each of the `applications` in it too.
    """
    if not check_rules.can_print_inspection_file(by):
        raise PermissionDenied("You cannot take this record.")
    if event in IN_CENTRAL_RECORD:
        audit.record_each(IN_CENTRAL_RECORD[event], applications, by=by)
    return audit.record(event, about, by=by, **facts)


def _locked(check, by):
    """Return the check as it is now. The application first: appointing somebody takes the same lock."""
    application = locked(check.application)
    if not check_rules.can_record_checks(by, application):
        raise PermissionDenied("You cannot record this check.")
    found = Check.objects.select_for_update(of=["self"]).select_related("kind").get(pk=check.pk)
    found.application = application
    return found


def _with_reason(check, reason, by):
    if not reason.strip():
        raise WordsMissing(NO_REASON)
    return _locked(check, by)


def _move(check, new_state):
    """Change the state of a check that may have it already: it was handed on, or put right."""
    if check.state != new_state:
        check.move_to(new_state)


def _lie_with(check, holder, next_step, *, anew):
    check.holder, check.next_step = holder, next_step
    if anew:
        check.held_since = timezone.now() if holder else None


def _destroy_later(check, day):
    check.destroy_on = months_after(day, settings.DBS_DETAILS_KEPT_MONTHS)
    check.destroyed_at = None


def _note(event, check, words, by, **facts):
    """Keep the step with its words, and a line of audit without them."""
    CheckStep.objects.create(
        check_of=check, to_state=check.state, holder=check.holder, words=words, done_by=by
    )
    audit.record(event, check, by=by, kind=check.kind.slug, **facts)
