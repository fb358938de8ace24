"""What the pages of an application show: its answers as rows, its parts as tasks, its steps in order."""

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from applications import rules
from applications.actions.answering import DETAIL_FIELDS

STEPS = ["details", "statement", "cv", "check"]


def address(application, step, *, change=False):
    url = reverse(f"applications:application-{step}", args=[application.reference])
    return f"{url}?change=1" if change else url


def onward(request, application, step):
    """Return where to go after a step: the next one, or back to the answers when one was changed."""
    if "change" in request.GET:
        return address(application, "check")
    return address(application, STEPS[STEPS.index(step) + 1])


def back(request, application, step):
    if "change" in request.GET:
        return address(application, "check")
    place = STEPS.index(step)
    return address(application, STEPS[place - 1]) if place else application.get_absolute_url()


def answers_for_form(application):
    """Return the details as the form shows them, with the version they have."""
    saved = {name: getattr(application, name) for name in DETAIL_FIELDS}
    for name in ("right_to_work", "needs_sponsorship"):
        saved[name] = {True: "yes", False: "no", None: None}[saved[name]]
    return {**saved, "version": application.details_version}


def tasks(application, cv):
    """Return the task list of a draft."""
    missing = rules.parts_missing(application)
    rows = [
        _task(application, "details", "Tell us about you", "details" not in missing),
        _task(application, "statement", "Write your statement", "statement" not in missing),
        _task(application, "cv", "Add a CV", cv is not None, unfinished="Optional"),
    ]
    last = {"text": "Check your answers and send", "status": "Cannot start yet", "colour": ""}
    if not missing:
        last |= {"url": address(application, "check"), "status": "Ready", "colour": "blue"}
    return [*rows, last]


def _task(application, step, text, complete, *, unfinished="Not finished"):
    return {
        "text": text,
        "url": address(application, step),
        "status": "Completed" if complete else unfinished,
        "colour": "blue" if unfinished == "Not finished" and not complete else "",
    }


def answers(application, cv, *, change=False):
    """Return the answers part by part, for reading; with links to change them while it is a draft."""
    return [
        {
            "title": "About you",
            "rows": _with_links(application, "details", detail_rows(application), change),
        },
        {"title": "Your statement", **statement_part(application, change=change)},
        {"title": "Your CV", "rows": _with_links(application, "cv", cv_rows(cv), change)},
    ]


def detail_rows(application):
    rows = [
        ("Full name", application.full_name),
        ("E-mail", application.applicant.email),
        ("Phone number", application.phone),
        ("Address", application.address),
        ("Town or city", application.town),
        ("Postcode", application.postcode),
        ("Right to work in the UK", yes_or_no(application.right_to_work)),
        ("Needs a visa sponsored", yes_or_no(application.needs_sponsorship)),
    ]
    if application.vacancy.needs_registration:
        registration = application.get_registration_display()
        rows += [
            ("Registered with Social Work England", registration),
            ("Registration number", application.registration_number),
        ]
    return [{"key": key, "value": value} for key, value in rows]


def statement_part(application, *, change=False):
    """Return the statement as running text: it is too long for a row."""
    url = address(application, "statement", change=True) if change else ""
    return {"words": application.statement, "url": url}


def cv_rows(cv):
    words = f"{cv.original_name} ({filesizeformat(cv.size)})" if cv else ""
    if cv and cv.is_refused:
        words = f"{cv.original_name}: refused by our virus scan and deleted"
    return [{"key": "CV", "value": words}]


def closed_early(vacancy):
    """Say whether a vacancy that is closed was taken down before its closing day was over."""
    closed_at = vacancy.closed_at
    return closed_at is not None and timezone.localdate(closed_at) <= vacancy.closes_on


def yes_or_no(answer):
    return {True: "Yes", False: "No", None: ""}[answer]


def _with_links(application, step, rows, change):
    if not change:
        return rows
    url = address(application, step, change=True)
    # The e-mail address is the account's, and is changed there.
    return [row if row["key"] == "E-mail" else {**row, "url": url} for row in rows]
