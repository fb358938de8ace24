"""What the checks before somebody starts come to: who needs which, what is open, who has it."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.formats import date_format

from accounts.retention import months_before, start_of
from applications.models import Application, Check, CheckKind, CheckStep, RequiredCheck
from applications.queries import disclosure
from applications.queries.references import has_enough_references
from applications.rules import checks as check_rules
from applications.states import ApplicationState, CheckNature, CheckState, DbsLevel, Registration
from organisation.models import Role

# In these an offer stands and the person has not started: their checks are under way.
WITH_CHECKS = (ApplicationState.OFFERED, ApplicationState.CHECKS)


@dataclass(frozen=True)
class Need:
    """That a role needs a check, and how: whether two people see it, and how many months it counts."""

    kind: CheckKind
    needs_second_person: bool = False
    valid_months: int | None = None


def needs_of(role, on):
    """Return the checks that a role needs on the date `on`, in their order.

    A row of the role goes before one of its family. Who needs registration follows from the role itself
    too: the title is protected by law (Children and Social Work Act 2017).
    """
    rows = RequiredCheck.objects.in_force(on).filter(Q(role=role) | Q(family=role.family))
    return _needs(role, list(rows.select_related("kind")), list(CheckKind.objects.all()))


def matrix(on):
    """Return the kinds and, for each role, the role with what it needs on the date `on`, kind by kind."""
    kinds = list(CheckKind.objects.all())
    rows = list(RequiredCheck.objects.in_force(on).select_related("kind"))
    lines = []
    for role in Role.objects.order_by("family", "name"):
        needs = {need.kind: need for need in _needs(role, rows, kinds)}
        lines.append((role, [needs.get(kind) for kind in kinds]))
    return kinds, lines


def _needs(role, rows, kinds):
    return [need for kind in kinds if (need := _need(role, kind, rows))]


def _need(role, kind, rows):
    own = [row for row in rows if row.kind_id == kind.pk and row.role_id == role.pk]
    shared = [
        row for row in rows if row.kind_id == kind.pk and row.family and row.family == role.family
    ]
    row = next(iter(own + shared), None)
    by_law = kind.nature == CheckNature.REGISTRATION and role.needs_registration
    if row and (row.is_needed or by_law):
        return Need(kind, row.needs_second_person, row.valid_months)
    return Need(kind) if by_law else None


def checks_of(application):
    """Return the checks of an application, in their order, with who saw and confirmed them."""
    people = ["seen_by", "second_by", "confirmed_by"]
    return list(application.checks.select_related("kind", *people).order_by("kind__position", "pk"))


def what_is_open(application, on, *, without_registration=False):
    """Return a plain sentence for each thing that stands in the way of a firm offer on the date `on`.

    None means that nothing does. A check counts when it is confirmed and has not run out, or when it was
    said, with the reason, that it is not needed. Registration needs a look at the register that is less
    than settings.REGISTRATION_LOOK_DAYS old besides. The sentences tell nothing of what was seen.
    """
    checks = checks_of(application)
    begun = {check.kind_id for check in checks}
    needs = needs_of(application.vacancy.role, on)
    sentences = [
        f"{need.kind}: nobody has begun this check."
        for need in needs
        if need.kind.pk not in begun and not (without_registration and _is_registration(need.kind))
    ]
    sentences += _left_out_and_needed(checks, application, needs)
    for check in checks:
        if not (without_registration and _is_registration(check.kind)):
            sentences += in_the_way(check, application, on)
    return sentences + disclosure.what_is_open(application)


def _left_out_and_needed(checks, application, needs):
    """Say which checks somebody left out that cannot be: the role has come to need them since."""
    for check in checks:
        check.application = application
        if check.state == CheckState.UNNEEDED and check_rules.why_not_left_out(check, needs):
            yield f"{check.kind}: it was left out, and cannot be. Take it up again."


def said_not_needed_by(check):
    """Return who said last that a check is not needed, while a second person is to confirm it, or None."""
    step = check.steps.filter(to_state=CheckState.LEAVING).select_related("done_by").last()
    return step.done_by if step else None


def in_the_way(check, application, on):
    """Return the sentences for one check of an application, on the date `on`."""
    sentence = _standing(check, on)
    found = [f"{check.kind}: {sentence}"] if sentence else []
    besides = BESIDES_THE_CHECK.get(check.kind.nature)
    if besides and check.state != CheckState.UNNEEDED:
        found += [f"{check.kind}: {words}" for words in besides(application, on)]
    return found


def _is_registration(kind):
    return kind.nature == CheckNature.REGISTRATION


def _standing(check, on):
    """Say what is open about a check itself, or nothing."""
    if check.state == CheckState.UNNEEDED:
        return ""
    if check.state == CheckState.CONFIRMED:
        return _run_out(check, on)
    if check.state == CheckState.DOUBTFUL:
        return "there is a problem to be settled."
    if check.state == CheckState.SEEN:
        who = "a second person" if check.needs_second_person else "somebody"
        return f"seen on {_day(check.seen_on)}, and {who} is still to confirm it."
    if check.state == CheckState.LEAVING:
        return "said not to be needed, and a second person is still to confirm it."
    since = f", since {_day(timezone.localdate(check.held_since))}" if check.held_since else ""
    words = "not begun" if check.state == CheckState.WAITING else "under way"
    return f"{words}. It lies with {_lower(check.get_holder_display())}{since}."


def _lower(words):
    return words.replace("The ", "the ", 1).replace("A ", "a ", 1).replace("An ", "an ", 1)


def _run_out(check, on):
    if check.level and check.level != DbsLevel.ENHANCED_BARRED:
        words = check.get_level_display().lower()
        return (
            f"the certificate is {words}. The work needs {DbsLevel.ENHANCED_BARRED.label.lower()}."
        )
    if check.expires_on and check.expires_on < on:
        return f"it ran out on {_day(check.expires_on)}."
    from_day = check.issued_on or check.seen_on
    if check.valid_months and from_day < months_before(on, check.valid_months):
        return f"it is from {_day(from_day)} and counts for {check.valid_months} months."
    return ""


def _register_in_the_way(application, on):
    """Say what the register has not told us yet of somebody who needs to be on it."""
    if application.registration == Registration.AWAITING:
        yield "the applicant waits to be registered, so the offer stays conditional."
        return
    if not application.registration_number:
        yield "we have no number to look up."
        return
    look = latest_look(application)
    if look is None:
        yield "nobody has looked the number up on the register."
    elif not look.is_registered:
        yield f"on {_day(look.looked_on)} the register did not say that they may practise."
    elif look.looked_on <= on - timedelta(days=settings.REGISTRATION_LOOK_DAYS):
        days = settings.REGISTRATION_LOOK_DAYS
        yield f"the register was last looked at on {_day(look.looked_on)}, and {days} days are over."
    elif look.expires_on and look.expires_on < on:
        yield f"the registration ran out on {_day(look.expires_on)}."


def _references_in_the_way(application, on):
    """Say whether the references that came and were accepted are enough."""
    if not has_enough_references(application):
        yield (
            f"fewer than {settings.REFERENCES_NEEDED} have come and been accepted, the last employer’s "
            "among them."
        )


# What else must be there besides a confirmed check, by its nature: functions (application, on) that yield
# what stands in the way.
BESIDES_THE_CHECK = {
    CheckNature.REGISTRATION: _register_in_the_way,
    CheckNature.REFERENCES: _references_in_the_way,
}


def latest_look(application):
    """Return the last RegistrationCheck that is about the applicant and the number they have now, or None."""
    looks = application.registration_checks.counting().filter(
        number=application.registration_number
    )
    return looks.order_by("-looked_on", "-read_at", "-pk").first()


def may_start_without_title(application, role=None):
    """Say whether somebody who waits to be registered may start already, in `role` or in the job's own.

    Only where the role has no protected title, such as "social worker": the catalogue of roles says which
    have one. Whatever else is open, what_is_open(application, on, without_registration=True) tells.
    """
    role = role or application.vacancy.role
    return application.registration == Registration.AWAITING and not role.protected_title


def open_checks():
    """Return the open checks of everybody who has an offer, the one that has lain longest first."""
    return (
        Check.objects.under_way()
        .select_related("kind", "application__vacancy__role")
        .defer("application__vacancy__search_vector", "application__vacancy__search_heads")
        .order_by("held_since", "pk")
    )


def right_to_work_running_out(on):
    """Return the confirmed checks of a right to work that is to be looked at again by now, or runs out soon.

    Of people with an offer and of those who were appointed, the first to run out first.
    """
    soon = on + timedelta(days=settings.RIGHT_TO_WORK_WARNED_DAYS)
    return (
        Check.objects.filter(
            Q(follow_up_on__lte=on) | Q(expires_on__lte=soon),
            kind__nature=CheckNature.RIGHT_TO_WORK,
            state=CheckState.CONFIRMED,
            application__state__in=[*WITH_CHECKS, ApplicationState.HIRED],
            application__blanked_at__isnull=True,
        )
        .select_related("kind", "application__vacancy")
        .defer("application__vacancy__search_vector", "application__vacancy__search_heads")
        .order_by("expires_on", "follow_up_on", "pk")
    )


def details_past_their_date(on):
    """Return the checks whose certificate details should have been destroyed before the date `on`."""
    return (
        Check.objects.with_details_past_their_date(on)
        .select_related("kind", "application__vacancy")
        .defer("application__vacancy__search_vector", "application__vacancy__search_heads")
        .order_by("destroy_on", "pk")
    )


def details_due(on):
    """Return the checks whose number and words are to be destroyed on the date `on`, or should have been.

    Those of DBS certificates on their own date, all others where no job came of the application, from the
    first midnight after its withdrawal could be taken back.
    """
    before = start_of(on) - timedelta(hours=settings.WITHDRAWAL_UNDO_HOURS)
    due = Q(destroy_on__lte=on)
    due |= Q(application__state=ApplicationState.UNSUCCESSFUL, application__decided_at__lt=before)
    due |= Q(application__state=ApplicationState.WITHDRAWN, application__withdrawn_at__lt=before)
    return Check.objects.filter(due, destroyed_at__isnull=True)


def with_checks():
    """Return the applications whose checks are under way, with their job and role."""
    return (
        Application.objects.filter(state__in=WITH_CHECKS)
        .select_related("vacancy__role")
        .defer("vacancy__search_vector", "vacancy__search_heads", "vacancy__body")
    )


def _day(day):
    return date_format(day, "j F Y")


def with_or_past_checks():
    """Return the applications that have come to their checks, or had some, and are still held."""
    has_checks = Exists(Check.objects.filter(application=OuterRef("pk")))
    return Application.objects.filter(
        Q(state__in=[*WITH_CHECKS, ApplicationState.HIRED]) | Q(has_checks),
        blanked_at__isnull=True,
    ).select_related("vacancy__role", "applicant")


def kinds():
    """Return all kinds of checks, in their order."""
    return list(CheckKind.objects.all())


def steps_of(application):
    """Return what was done about the checks of an application, the first step first."""
    return list(
        CheckStep.objects.filter(check_of__application=application).select_related("done_by")
    )


def appointed():
    """Return the applications that ended in a job and are still held, with their checks, the newest first."""
    people = ["kind", "seen_by", "second_by", "confirmed_by"]
    return (
        Application.objects.filter(state=ApplicationState.HIRED, blanked_at__isnull=True)
        .select_related("vacancy__role", "applicant")
        .prefetch_related(Prefetch("checks", Check.objects.select_related(*people)))
        .defer("vacancy__search_vector", "vacancy__search_heads", "vacancy__body")
        .order_by("-decided_at", "-pk")
    )
