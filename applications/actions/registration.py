"""The registration ledger: the applicant gives a number, HR takes back what the register says of it."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from accounts import audit
from accounts.states import InvalidTransition
from applications.actions import checks as check_actions
from applications.actions.answering import locked
from applications.models import RegistrationCheck
from applications.queries import ledger as ledger_queries
from applications.register_list import is_good_status, likeness, read_list
from applications.rules import checks as check_rules
from applications.states import CheckEvent, CheckNature, CheckState, Registration
from organisation.sheets.names import small

TO_NOTE = frozenset({CheckState.WAITING, CheckState.HELD, CheckState.DOUBTFUL})


@dataclass(frozen=True)
class Told:
    """What became of one row of a list: which row, the application it is about, if any, and a sentence."""

    row: int
    application: object
    words: str
    is_good: bool = False


@transaction.atomic
def give_registration_number(*, application, number, by):
    """Keep the registration number that an applicant gives or puts right while the checks are under way.

    `number` is in its one form, such as SW12345. What the register said of another number counts no
    more. Raises PermissionDenied for anybody but the applicant, or when nobody asks for it.
    """
    application = locked(application)
    if not check_rules.can_give_registration_number(by, application):
        raise PermissionDenied("This application needs no registration number now.")
    application.registration = Registration.REGISTERED
    application.registration_number = number
    application.save(update_fields=["registration", "registration_number", "changed_at"])
    audit.record(CheckEvent.REGISTRATION_NUMBER_GIVEN, application, by=by)
    return application


@transaction.atomic
def read_register(*, file, looked_on, by):
    """Take back the list that the register gave on the day `looked_on`; a day's second list replaces the first.

    A row counts where number and name agree with somebody whose check is due. A near name waits for a
    person; any other row is told and left. Raises UnfitFile with a sentence, and PermissionDenied without
    the permission `applications.keep_ledger`. Returns (what became of each row, headings passed over).
    """
    if not check_rules.can_keep_ledger(by):
        raise PermissionDenied("You cannot keep the ledger.")
    found = read_list(file)
    due = ledger_queries.due_by_number()
    told = []
    for line in found.lines:
        told += _take(line, due.get(line.number, []), looked_on, by)
    audit.record(CheckEvent.REGISTER_READ, by, by=by, rows=len(found.lines))
    return told, found.unknown


def _take(line, applications, looked_on, by):
    if line.problem:
        return [Told(line.row, None, line.problem)]
    if not applications:
        words = f"Nobody whose check is due has the number {line.number}."
        return [Told(line.row, None, words)]
    return [_take_for(line, application, looked_on, by) for application in applications]


def _take_for(line, application, looked_on, by):
    application = locked(application)
    if application.registration_number != line.number or by == application.applicant:
        return Told(line.row, application, "Left alone: the number was changed, or it is yours.")
    alike = likeness(line.name, application.full_name)
    if alike < settings.REGISTER_NAME_NEAR:
        words = f"The register has {line.number} for another name. Ask the applicant."
        return Told(line.row, application, words)
    agrees = alike >= settings.REGISTER_NAME_AGREES or _is_known(line, application)
    look = _keep(line, application, looked_on, by, agrees=agrees)
    if not agrees:
        return Told(
            line.row, application, "The name is near: say below whether it is the same person."
        )
    _note_on_check(look, by)
    return Told(line.row, application, f"{line.status}.", is_good=look.is_registered)


def _is_known(line, application):
    """Say whether a person has said before that this name with this number is the applicant."""
    looks = application.registration_checks.counting().filter(number=line.number)
    return any(small(look.name) == small(line.name) for look in looks)


def _keep(line, application, looked_on, by, *, agrees):
    now = timezone.now()
    look, _ = RegistrationCheck.objects.update_or_create(
        application=application,
        number=line.number,
        looked_on=looked_on,
        defaults={
            "name": line.name,
            "status": line.status,
            "is_registered": is_good_status(line.status),
            "conditions": line.conditions,
            "town": line.town,
            "expires_on": line.expires_on,
            "looked_by": by,
            "read_at": now,
            "confirmed_at": now if agrees else None,
            "confirmed_by": by if agrees else None,
        },
    )
    return look


@transaction.atomic
def confirm_name(*, look, by):
    """Say that a near name on the register is the applicant's: the look counts from now on.

    Raises PermissionDenied without the permission or for one's own, and InvalidTransition when somebody
    has decided it already.
    """
    look = _to_confirm(look, by)
    look.confirmed_at, look.confirmed_by = timezone.now(), by
    look.save(update_fields=["confirmed_at", "confirmed_by"])
    audit.record(CheckEvent.REGISTRATION_NAME_CONFIRMED, look.application, by=by)
    _note_on_check(look, by)
    return look


@transaction.atomic
def reject_name(*, look, by):
    """Say that a near name on the register is somebody else's, whose row goes. Exceptions: `confirm_name`."""
    look = _to_confirm(look, by)
    audit.record(CheckEvent.REGISTRATION_NAME_REJECTED, look.application, by=by)
    look.delete()


def _to_confirm(look, by):
    application = locked(look.application)
    if not check_rules.can_keep_ledger(by) or by == application.applicant:
        raise PermissionDenied("You cannot decide this name.")
    found = RegistrationCheck.objects.to_confirm().filter(pk=look.pk).first()
    if found is None:
        raise InvalidTransition("This name was decided already.")
    found.application = application
    return found


def _note_on_check(look, by):
    """Write what the register said on the applicant's check of registration, unless it is settled."""
    checks = look.application.checks.select_related("kind", "application")
    check = checks.filter(kind__nature=CheckNature.REGISTRATION, state__in=TO_NOTE).first()
    if check is None or not check_rules.can_record_checks(by, look.application):
        return
    words = f"On the register on {date_format(look.looked_on, 'j F Y')}: {look.status}."
    if look.conditions:
        words = f"{words} Conditions: {look.conditions}"
    if not look.is_registered:
        if check.state != CheckState.DOUBTFUL:
            check_actions.doubt_check(check=check, reason=words, by=by)
        return
    check = check_actions.note_what_was_seen(
        check=check,
        by=by,
        seen_on=look.looked_on,
        what_was_seen=words,
        number=look.number,
    )
    # Conditions are for a person to think about.
    if not check.needs_second_person and not look.conditions:
        check_actions.confirm_check(check=check, by=by)
