"""What the pages about checks show: HR's, the applicant's, the inspection file and the central record."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from applications.queries import checks as check_queries
from applications.rules import checks as check_rules
from applications.sections import Held
from applications.sections.history import EmploymentHistory
from applications.states import CheckHolder, CheckNature, CheckState, Registration

COLOUR = {
    CheckState.WAITING: "grey",
    CheckState.HELD: "blue",
    CheckState.SEEN: "gold",
    CheckState.CONFIRMED: "green",
    CheckState.DOUBTFUL: "rose",
    CheckState.LEAVING: "gold",
    CheckState.UNNEEDED: "grey",
}
# How the applicant reads the states: nothing of what was seen, and no word of ours.
FOR_APPLICANT = {
    CheckState.WAITING: "To do",
    CheckState.HELD: "Under way",
    CheckState.SEEN: "Nearly done",
    CheckState.CONFIRMED: "Done",
    CheckState.DOUBTFUL: "We are looking into it",
    CheckState.LEAVING: "Nearly done",
    CheckState.UNNEEDED: "Not needed",
}
WHO_HAS_IT = {
    CheckHolder.APPLICANT: "You",
    CheckHolder.MANAGER: "Your new manager",
    CheckHolder.REFEREE: "Your referees",
}
# With these it helps when the applicant does what the kind of check says.
THE_APPLICANT_CAN_HELP = {
    CheckHolder.APPLICANT,
    CheckHolder.REFEREE,
    CheckHolder.REGULATOR,
    CheckHolder.HEALTH,
}
WE_HAVE_IT = "There is nothing you need to do now."
WE_RING = "The recruitment team will get in touch with you if they need anything."
AWAITING = (
    "You told us that you wait to be registered. The offer stays conditional until you are on the "
    "register: give us your number here as soon as you have it."
)
EARLY = (
    "You may be able to start before that in this job, since it does not have a protected title."
)
NOT_EARLY = (
    "Only registered people may call themselves social workers, by law, so you cannot start in this job "
    "before. Ask the recruitment team: you may be able to start in another post until then."
)


@dataclass(frozen=True)
class Line:
    """One check as HR sees it: its facts, what was done about it, and what this person can do now."""

    check: object
    colour: str
    facts: list
    steps: list
    links: list
    days: int | None
    never_left_out: str


def lines(application, user, on, needs):
    """Return a Line for each check of an application; `needs` is what its role needs on the date `on`."""
    return [_line(check, application, user, on, needs) for check in _with_steps(application)]


def _with_steps(application):
    checks = check_queries.checks_of(application)
    steps = check_queries.steps_of(application)
    for check in checks:
        check.application = application
        check.told = [step for step in steps if step.check_of_id == check.pk]
    return checks


def _line(check, application, user, on, needs):
    return Line(
        check=check,
        colour=COLOUR[CheckState(check.state)],
        facts=facts_of(check),
        steps=check.told,
        links=_links(check, application, user, needs),
        days=days_since(check, on),
        never_left_out="" if check.is_done else check_rules.why_not_left_out(check, needs),
    )


def days_since(check, on):
    """Return for how many days a check has lain where it is, or None."""
    return (on - timezone.localdate(check.held_since)).days if check.held_since else None


def facts_of(check):
    """Return what is known of a check, in words, as (name, value). Never a bare tick."""
    held = check.destroyed_at is None
    destroyed = f"Destroyed on {_day(timezone.localdate(check.destroyed_at))}" if not held else ""
    rows = [
        ("What was seen", destroyed or check.what_was_seen),
        ("Seen on", _day(check.seen_on)),
        ("Seen by", check.seen_by),
        (check.kind.number_is or "Number", check.number),
        ("Which way", check.get_way_display()),
        ("Level", check.get_level_display()),
        ("Decided", check.get_outcome_display()),
        ("Issued on", _day(check.issued_on)),
        ("Runs out on", _day(check.expires_on)),
        ("Looked at again on", _day(check.follow_up_on)),
        ("Confirmed by", check.confirmed_by),
        ("Confirmed on", _moment(check.confirmed_at)),
        ("Second person", check.second_by),
        ("Why", check.reason),
        ("Details are destroyed on", _day(check.destroy_on) if held else ""),
    ]
    return [(name, value) for name, value in rows if value]


def _links(check, application, user, needs):
    if not check_rules.can_record_checks(user, application):
        return []
    again = check.state in (CheckState.SEEN, CheckState.CONFIRMED)
    able = [
        ("confirm", "Confirm it", check_rules.can_confirm_check(user, check)),
        (
            "seen",
            "Put right, or see it again" if again else "Note what was seen",
            check_rules.can_note_what_was_seen(check),
        ),
        ("hand-on", "Say who has it now", check_rules.can_hand_on(check)),
        ("problem", "There is a problem", check.can_become(CheckState.DOUBTFUL)),
        ("not-needed", "Not needed", check_rules.can_leave_out(check, needs)),
        (
            "confirm-not-needed",
            "Confirm that it is not needed",
            check_rules.can_confirm_left_out(user, check, _said_not_needed_by(check)),
        ),
        ("undo", "Take the confirmation back", check_rules.can_undo_check(user, check)),
        ("take-up", "Take it up again", check_rules.can_take_check_up(user, check)),
    ]
    return [
        (reverse("admin:applications_check_step", args=[check.pk, step]), words)
        for step, words, can in able
        if can
    ]


def _said_not_needed_by(check):
    said = [step.done_by for step in check.told if step.to_state == CheckState.LEAVING]
    return said[-1] if said else None


def card(application, user):
    """Return what the applicant reads about their checks, or None while there are none to read about."""
    if application.state not in check_queries.WITH_CHECKS or application.blanked_at:
        return None
    checks = check_queries.checks_of(application)
    if not checks:
        return None
    rows = [_for_applicant(check) for check in checks]
    can_give = check_rules.can_give_registration_number(user, application)
    return {
        "rows": rows,
        "done": sum(check.is_done for check in checks),
        "can_give_number": can_give,
        "number": application.registration_number,
        "awaiting": _awaiting(application) if can_give else [],
    }


def _for_applicant(check):
    state, holder = CheckState(check.state), check.holder
    is_open = not check.is_done
    what_you_do = WE_RING if state == CheckState.DOUBTFUL else WE_HAVE_IT
    if is_open and holder in THE_APPLICANT_CAN_HELP:
        what_you_do = check.kind.what_you_do
    return {
        "name": check.kind.name,
        "what_it_is": check.kind.what_it_is,
        "status": FOR_APPLICANT[state],
        "colour": COLOUR[state],
        "who": WHO_HAS_IT.get(holder, check.get_holder_display()) if is_open else "",
        "since": check.held_since if is_open else None,
        "what_you_do": what_you_do if is_open else "",
    }


def _awaiting(application):
    if application.registration != Registration.AWAITING:
        return []
    early = check_queries.may_start_without_title(application)
    return [AWAITING, EARLY if early else NOT_EARLY]


def inspection(application):
    """Return the file of one appointed person: checks, history with its gaps, steps, and the register."""
    history = EmploymentHistory(Held(application))
    return {
        "application": application,
        "checks": [(check, facts_of(check), check.told) for check in _with_steps(application)],
        "rows": history.part(change=False)["rows"],
        "unexplained": history.history.unexplained,
        "moves": application.moves.select_related("moved_by"),
        "looks": application.registration_checks.counting().select_related(
            "looked_by", "confirmed_by"
        ),
    }


RECORD_HEADINGS = ["Name", "Application", "Job", "Role", "Appointed on"]


def record(applications):
    """Return the central record: its headings, and a row of words for each person who was appointed."""
    kinds = check_queries.kinds()
    rows = []
    for application in applications:
        checks = {check.kind_id: check for check in application.checks.all()}
        row = [
            application.full_name,
            application.reference,
            application.vacancy.title,
            application.vacancy.role.name,
            _day(timezone.localdate(application.decided_at)),
        ]
        rows.append((application, row + [_in_short(checks.get(kind.pk)) for kind in kinds]))
    return [*RECORD_HEADINGS, *[kind.name for kind in kinds]], rows


def _in_short(check):
    """Return a check as it stands in one cell: who and when, never only that."""
    if check is None:
        return "None was asked for"
    if check.state == CheckState.UNNEEDED:
        return "Not needed"
    if check.state != CheckState.CONFIRMED:
        return f"Open: {check.get_state_display().lower()}"
    words = f"Seen {_day(check.seen_on)} by {check.seen_by}"
    if check.second_by:
        words = f"{words}, second person {check.second_by}"
    if check.kind.nature == CheckNature.DBS:
        words = f"{words}, {check.get_level_display().lower()}, issued {_day(check.issued_on)}"
    if check.expires_on:
        words = f"{words}, runs out {_day(check.expires_on)}"
    return words


def _day(day):
    return date_format(day, "j F Y") if day else ""


def _moment(moment):
    return date_format(timezone.localtime(moment), "j F Y, H:i") if moment else ""
