"""What the pages of an application show: its sections as tasks and as answers."""

from django.urls import reverse
from django.utils import timezone

from applications.sections import missing, sections_by_group, sections_of


def check_url(application):
    return reverse("applications:application-check", args=[application.reference])


def onward(request, application):
    """Return where a section leads when it is saved: to the tasks, or back to the answers it came from."""
    if "change" in request.GET:
        return check_url(application)
    return application.get_absolute_url()


def task_groups(held):
    """Return the task list of a draft, group by group, with sending it at the end."""
    groups = [
        {"title": title, "tasks": [_task(section) for section in sections]}
        for title, sections in sections_by_group(held)
    ]
    last = {"text": "Check your answers and send", "status": "Cannot start yet", "colour": ""}
    url = check_url(held.application)
    if not missing(held):
        last |= {"url": url, "status": "Ready", "colour": "blue"}
    elif only_copied(held):
        last |= {"url": url, "status": "Check what was copied first", "colour": "gold"}
    groups.append({"title": "Send the application", "tasks": [last]})
    return [{**group, "prefix": f"group-{n}"} for n, group in enumerate(groups, 1)]


def _task(section):
    status, colour = section.status
    return {"text": section.task, "url": section.url(), "status": status, "colour": colour}


def parts(held, *, change=False):
    """Return the answers section by section, for reading; with links to change them while it is a draft."""
    return [
        section.part(change=change)
        | {"to_check": section.copied_words if change and section.is_copied else ""}
        for section in sections_of(held)
    ]


def only_copied(held):
    """Return the sections that wait to be checked when nothing else is in the way,
    as words with the address of each.
    """
    waiting = missing(held)
    if any(section.missing() or not section.is_copied for section in waiting):
        return []
    return [{"text": section.task, "url": section.url(change=True)} for section in waiting]


def closed_early(vacancy):
    """Say whether a vacancy that is closed was taken down before its closing day was over."""
    closed_at = vacancy.closed_at
    return closed_at is not None and timezone.localdate(closed_at) <= vacancy.closes_on
