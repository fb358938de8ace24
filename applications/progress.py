"""What an applicant is told in each state: one table, read by the pages and the e-mails alike."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from applications.states import HAPPY_PATH, UNDOING, ApplicationState
from vacancies.states import VacancyState

# In these nobody has decided yet whom to meet.
READING = (ApplicationState.SUBMITTED, ApplicationState.SHORTLISTING)
RESERVE = "There is nothing you need to do. You stay on the list until its last day, or until you withdraw."


@dataclass(frozen=True)
class Progress:
    """The words for one state: the colour of its tag, what has happened, and what happens next."""

    colour: str
    happened: str
    what_next: str


PROGRESS = {
    ApplicationState.DRAFT: Progress(
        "gold",
        "You have begun this application. Nobody but you can see it.",
        "Finish each part, check your answers and send it before the closing date.",
    ),
    ApplicationState.SUBMITTED: Progress(
        "blue",
        "We have your application.",
        "After the closing date the panel reads every application. We write to you either way.",
    ),
    ApplicationState.SHORTLISTING: Progress(
        "blue",
        "The panel has started to read the applications for this job, and yours is one of them.",
        "We write to you when the panel has chosen whom to meet, whether or not that is you.",
    ),
    ApplicationState.INTERVIEW: Progress(
        "rose",
        "We liked your application and we would like to meet you.",
        "We write to you when the times are there: you choose yours on the page of this application, and "
        "you can change it until the day we say. After the interview we write to you either way.",
    ),
    ApplicationState.OFFERED: Progress(
        "green",
        "We would like to offer you this job.",
        "Read the offer and say yes or no, or ask us about it. It depends on some checks, so please do "
        "not give notice in your present job yet.",
    ),
    ApplicationState.CHECKS: Progress(
        "green",
        "You have said yes to our offer, and we have begun the checks that come before a first day.",
        "They cover who you are, your right to work, your references and a DBS check with the "
        "children's barred list. Please keep your present job until we write that all are done.",
    ),
    ApplicationState.HIRED: Progress(
        "green",
        "Every check is done and the job is yours. Welcome.",
        "Your offer says when and where your first day begins, whom to ask for and what to bring.",
    ),
    ApplicationState.UNSUCCESSFUL: Progress(
        "grey",
        "Thank you for applying. We are not taking your application further this time.",
        "You can ask the recruitment team why. We hope you will look at our other jobs.",
    ),
    ApplicationState.WITHDRAWN: Progress(
        "grey",
        "You have withdrawn this application.",
        "There is nothing more to do.",
    ),
}


def of_state(state):
    return PROGRESS[ApplicationState(state)]


def what_next(application, *, since, now, interviews=(), on_reserve_list=False, has_another=False):
    """Say what happens next with a sent application and by when, at the moment `now`.

    `since` is the day on which it came where it is, `interviews` are its invitations in the interview
    state, each with its booking or None, `has_another` says whether they applied for the job once more.
    """
    state, vacancy, on = application.state, application.vacancy, timezone.localdate(now)
    if on_reserve_list:
        return RESERVE
    if state in READING and vacancy.state != VacancyState.WITHDRAWN:
        return _reading(application, since, on)
    if state == ApplicationState.INTERVIEW:
        return _interview(vacancy, interviews, now)
    if state == ApplicationState.WITHDRAWN and vacancy.is_open(on) and not has_another:
        return f"There is nothing more to do. You can apply again until {_day(vacancy.closes_on)}."
    return of_state(state).what_next


def _reading(application, since, on):
    """The panel reads on sift days where an advert stays open, otherwise once it is closed."""
    vacancy, is_waiting = application.vacancy, application.state == ApplicationState.SUBMITTED
    first, from_day = "The panel reads the applications now.", since
    if is_waiting and vacancy.is_open(on):
        sift = vacancy.sift_dates.filter(sift_on__gte=on).first() if vacancy.rolling else None
        from_day = sift.sift_on if sift else vacancy.closes_on
        first = f"The job closes on {_day(from_day)}. After that the panel reads every application."
        if sift:
            first = f"The panel reads what has come so far on {_day(from_day)}."
    elif is_waiting:
        from_day = timezone.localdate(vacancy.closed_at) if vacancy.closed_at else vacancy.closes_on
        first = "The job is closed, and the panel reads every application."
    within = settings.HOLDING_AFTER_WORKING_DAYS
    last = (
        f"You hear from us within {within} working days of {_day(from_day)}, even if only to say that it "
        "takes longer."
    )
    return " ".join([first, *_planned(vacancy, on), last])


def _interview(vacancy, interviews, now):
    if any(row.booking is None and row.can_choose for row in interviews):
        return "Choose a time for your interview, or ask us for another one."
    if any(row.booking is None for row in interviews):
        return "The time to choose is over. Please ring us, and we look for a time together."
    if not interviews:
        words = PROGRESS[ApplicationState.INTERVIEW].what_next
        return " ".join([*_planned(vacancy, timezone.localdate(now)), words])
    if all(row.booking.slot.ends_at <= now for row in interviews):
        return "Thank you for coming. We write to you either way, as soon as we have met everybody."
    return (
        "Come at the time you chose: your interview page says where, and what to bring. Afterwards we "
        "write to you either way."
    )


def _planned(vacancy, on):
    day = vacancy.interview_on
    return [f"Interviews are planned for {_day(day)}."] if day and day >= on else []


def _day(day):
    return date_format(day, "j F Y")


def timeline(application, moves):
    """Return the entries of the timeline of a sent application: what was, what is, what may come.

    `moves` are the application's own, oldest first. A decision that was undone and its undoing are one
    entry, without the words of the decision.
    """
    entries = []
    for move in moves:
        is_undoing = (move.from_state, move.to_state) in UNDOING
        if is_undoing and entries:
            entries.pop()
        entries.append(
            {
                "title": "Looked at again" if is_undoing else move.get_to_state_display(),
                "when": date_format(timezone.localtime(move.moved_at), "j F Y, H:i"),
                "text": move.words,
                "state": "",
            }
        )
    if entries and not application.is_over:
        entries[-1]["state"] = "now"
    return entries + [
        {"title": state.label, "when": "", "text": "", "state": "next"}
        for state in states_ahead(application.state)
    ]


def states_ahead(state):
    """Return the states still to come when all goes well."""
    return HAPPY_PATH[HAPPY_PATH.index(state) + 1 :] if state in HAPPY_PATH else []
