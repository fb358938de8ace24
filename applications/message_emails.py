"""Letters that HR writes themselves, and the reminders of the timetable."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from applications import progress
from notifications import outbox


def hr_message(message):
    """Send an applicant what HR wrote. The subject is HR's, with the reference behind it."""
    application = message.application
    _to_applicant(
        application,
        "hr_message",
        f"hr_message:{message.pk}",
        subject=message.subject,
        words=message.words,
    )


def draft_unfinished(application, *, step, days_left):
    """Tell somebody that the job they have begun to apply for closes in `days_left` days."""
    _to_applicant(
        application,
        "draft_unfinished",
        f"draft_unfinished:{application.pk}:{step}",
        when=date_format(application.vacancy.closes_on, "l j F Y"),
        days_left=days_left,
    )


def not_forgotten(application, *, step):
    """Tell an applicant who has heard nothing for long that their application is not forgotten."""
    _to_applicant(
        application,
        "not_forgotten",
        f"not_forgotten:{application.pk}:{step}",
        stage=application.get_state_display(),
        what_next=progress.of_state(application.state).what_next,
    )


def applications_unread(vacancy, *, number, step):
    """Tell the HR mailbox that nobody has begun to consider applications for a job that is closed."""
    outbox.put(
        template="applications/emails/applications_unread",
        to=settings.HR_MAILBOX,
        context={
            **_of_vacancy(vacancy),
            "number": number,
            "working_days": step,
            "path": _list_of(vacancy, "submitted"),
        },
        about=vacancy,
        key=f"applications_unread:{vacancy.pk}:{step}",
    )


def panel_late(vacancy, *, to, greeting, number, step, path):
    """Tell the lead of a panel, or the HR mailbox, how many applications are not scored by all."""
    outbox.put(
        template="applications/emails/panel_late",
        to=to,
        context={
            **_of_vacancy(vacancy),
            "greeting": greeting,
            "number": number,
            "working_days": step,
            "path": path,
        },
        about=vacancy,
        key=f"panel_late:{vacancy.pk}:{step}",
    )


def _list_of(vacancy, state):
    url = reverse("admin:applications_application_changelist")
    return f"{url}?state__exact={state}&vacancy__id__exact={vacancy.pk}"


def _of_vacancy(vacancy):
    return {"vacancy_title": vacancy.title, "vacancy_reference": vacancy.reference}


def _to_applicant(application, name, key, **facts):
    """Queue a letter, unless they gave no address."""
    if not application.applicant.can_be_written_to:
        return
    outbox.put(
        template=f"applications/emails/{name}",
        to=application.applicant.email,
        context={
            **_of_vacancy(application.vacancy),
            "greeting": application.full_name or application.applicant.full_name,
            "reference": application.reference,
            "path": application.get_absolute_url(),
            **facts,
        },
        about=application,
        key=key,
    )
